//! What a person asks of a drop in another program than the one that reads or files it: a note in the queue.

use std::time::Duration;

use crate::model::DropId;
use crate::ports::{DropPhase, Journal};

/// How often it is looked whether a person paused the drop, or gave it up, in another program.
const LOOKED_AT: Duration = Duration::from_millis(500);

/// Waits until the queue says that a user paused the drop, or gave it up, and maybe ended it by that. What cannot be asked now is asked the next time.
pub(crate) async fn stop_is_noted(journal: &dyn Journal, drop: DropId) {
    loop {
        tokio::time::sleep(LOOKED_AT).await;
        if is_stop_noted(journal, drop).await {
            return;
        }
    }
}

/// Whether the queue says so.
pub(crate) async fn is_stop_noted(journal: &dyn Journal, drop: DropId) -> bool {
    let drop = journal.drop_by_id(drop).await;
    drop.is_ok_and(|drop| drop.is_some_and(|drop| drop.is_stopped_by_user() || drop.phase == DropPhase::Cancelled))
}
