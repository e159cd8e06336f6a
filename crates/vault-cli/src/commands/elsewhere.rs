//! The reaction of another program on this computer to a record in the queue that stops the drop it reads or files.

use std::time::{Duration, Instant};

use vault_core::model::DropId;
use vault_core::ports::{DropPhase, FilingGuard};
use vault_home::Opened;

use crate::errors::Failure;

/// The polling interval.
const LOOKED_AT: Duration = Duration::from_millis(100);

/// The state of the other program.
pub(super) enum Stopped {
    /// No program is filing any more.
    Free(FilingGuard),
    /// The drop has ended.
    Ended,
    /// It is still filing, this drop or another.
    NotYet,
}

/// Waits until no program is filing or the drop has ended, but no longer than `most`.
pub(super) async fn until_stopped(opened: &Opened, drop: DropId, most: Duration) -> Result<Stopped, Failure> {
    let since = Instant::now();
    loop {
        let now = opened.vault.queued_drop(drop).await?;
        if now.is_none_or(|now| matches!(now.phase, DropPhase::Finished | DropPhase::Cancelled)) {
            return Ok(Stopped::Ended);
        }
        if let Some(right) = opened.right.try_take().await? {
            return Ok(Stopped::Free(right));
        }
        if since.elapsed() >= most {
            return Ok(Stopped::NotYet);
        }
        tokio::time::sleep(LOOKED_AT).await;
    }
}
