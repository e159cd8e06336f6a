//! What another program on this computer makes of a note in the queue that stops the drop it reads or files.

use std::time::{Duration, Instant};

use vault_core::model::DropId;
use vault_core::ports::{DropPhase, FilingGuard};
use vault_home::Opened;

use crate::errors::Failure;

/// How often it is looked.
const LOOKED_AT: Duration = Duration::from_millis(100);

/// How it stands with the other program.
pub(super) enum Stopped {
    /// Nobody files any more.
    Free(FilingGuard),
    /// The drop has come to an end.
    Ended,
    /// It files still, this drop or another.
    NotYet,
}

/// Waits until nobody files, or the drop has come to an end, but no longer than `most`.
pub(super) async fn until_stopped(opened: &Opened, drop: DropId, most: Duration) -> Result<Stopped, Failure> {
    let since = Instant::now();
    loop {
        let now = opened.vault.journal.drop_by_id(drop).await?;
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
