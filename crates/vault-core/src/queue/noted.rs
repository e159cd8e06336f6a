//! Requests that the user makes about a drop in another program: they are noted in the queue.

use std::time::Duration;

use super::DropPhase;
use crate::model::DropId;
use crate::ports::Journal;

/// How often to check whether a user paused or cancelled the drop in another program.
const LOOKED_AT: Duration = Duration::from_millis(500);

/// Waits until the queue records that a user paused or cancelled the drop, even if that has closed it already. A failed
/// query is repeated.
pub(crate) async fn stop_is_noted(journal: &dyn Journal, drop: DropId) {
    loop {
        tokio::time::sleep(LOOKED_AT).await;
        if is_stop_noted(journal, drop).await {
            return;
        }
    }
}

/// Whether the queue records that.
pub(crate) async fn is_stop_noted(journal: &dyn Journal, drop: DropId) -> bool {
    let drop = journal.drop_by_id(drop).await;
    drop.is_ok_and(|drop| drop.is_some_and(|drop| drop.is_stopped_by_user() || drop.phase == DropPhase::Cancelled))
}
