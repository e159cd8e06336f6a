//! The queue of the real vault, which signals what is read from it and written to it, so that no test waits by the
//! clock.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::watch;
use vault_core::model::{DropCounts, DropFolder, DropId, EventKind, Timestamp};
use vault_core::ports::{
    DropPhase, Item, ItemUpdate, Journal, JournaledDrop, LeftOutEntry, NewDrop, NewItem, PortError, UploadSession,
};
use vault_core::queue::PauseReason;

use crate::scene::LIMIT;

/// What was read and written so far.
#[derive(Default)]
pub(crate) struct QueueSignals {
    /// How often a drop was read.
    reads: watch::Sender<usize>,
    /// How often a drop was read that is paused, or cancelled, by a user.
    stops: watch::Sender<usize>,
    /// Why drops were paused.
    pauses: watch::Sender<Vec<PauseReason>>,
}

impl QueueSignals {
    /// Waits until `so` is true; it is looked at after each reading of a drop.
    pub(crate) async fn read_until(&self, so: impl Fn() -> bool) {
        until(&self.reads, |_| so()).await;
    }

    /// Waits until a drop was read that a user has paused or cancelled.
    pub(crate) async fn stop_is_read(&self) {
        until(&self.stops, |count| *count > 0).await;
    }

    /// Waits until it is written that a drop is paused for this reason.
    pub(crate) async fn paused_for(&self, reason: &PauseReason) {
        until(&self.pauses, |pauses| pauses.contains(reason)).await;
    }
}

async fn until<T>(signal: &watch::Sender<T>, so: impl Fn(&T) -> bool) {
    let mut signal = signal.subscribe();
    let reached = signal.wait_for(so);
    tokio::time::timeout(LIMIT, reached).await.expect("this comes").expect("a queue");
}

/// A queue with its signals.
pub(crate) struct WatchedQueue {
    behind: Arc<dyn Journal>,
    signals: Arc<QueueSignals>,
}

impl WatchedQueue {
    pub(crate) fn before(behind: Arc<dyn Journal>, signals: Arc<QueueSignals>) -> Arc<Self> {
        Arc::new(Self { behind, signals })
    }
}

#[async_trait]
impl Journal for WatchedQueue {
    async fn drop_by_id(&self, drop: DropId) -> Result<Option<JournaledDrop>, PortError> {
        let found = self.behind.drop_by_id(drop).await;
        let stop = |drop: &JournaledDrop| drop.is_stopped_by_user() || drop.phase == DropPhase::Cancelled;
        if let Ok(Some(drop)) = &found
            && stop(drop)
        {
            self.signals.stops.send_modify(|count| *count += 1);
        }
        self.signals.reads.send_modify(|count| *count += 1);
        found
    }

    async fn pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError> {
        self.behind.pause(drop, reason).await?;
        self.signals.pauses.send_modify(|pauses| pauses.push(reason.clone()));
        Ok(())
    }

    async fn accept(&self, drop: &NewDrop) -> Result<(), PortError> {
        self.behind.accept(drop).await
    }

    async fn enqueue(
        &self,
        drop: DropId,
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError> {
        self.behind.enqueue(drop, items, left_out, folders).await
    }

    async fn replace(
        &self,
        drop: DropId,
        seqs: &[u64],
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError> {
        self.behind.replace(drop, seqs, items, left_out, folders).await
    }

    async fn unfinished(&self) -> Result<Vec<JournaledDrop>, PortError> {
        self.behind.unfinished().await
    }

    async fn needing_attention(&self) -> Result<Vec<JournaledDrop>, PortError> {
        self.behind.needing_attention().await
    }

    async fn open_items(&self, drop: DropId, from_seq: u64, limit: usize) -> Result<Vec<Item>, PortError> {
        self.behind.open_items(drop, from_seq, limit).await
    }

    async fn attention_items(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        self.behind.attention_items(drop).await
    }

    async fn waiting_items(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        self.behind.waiting_items(drop).await
    }

    async fn advance(&self, drop: DropId, changes: &[ItemUpdate]) -> Result<Vec<u64>, PortError> {
        self.behind.advance(drop, changes).await
    }

    async fn relocate(&self, drop: DropId, places: &[(u64, PathBuf)]) -> Result<(), PortError> {
        self.behind.relocate(drop, places).await
    }

    async fn done(&self, drop: DropId, seqs: &[(u64, EventKind)]) -> Result<(), PortError> {
        self.behind.done(drop, seqs).await
    }

    async fn resume(&self, drop: DropId) -> Result<(), PortError> {
        self.behind.resume(drop).await
    }

    async fn clear_pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError> {
        self.behind.clear_pause(drop, reason).await
    }

    async fn close(&self, drop: DropId, phase: DropPhase, at: Timestamp) -> Result<DropCounts, PortError> {
        self.behind.close(drop, phase, at).await
    }

    async fn reopen(&self, drop: DropId) -> Result<(), PortError> {
        self.behind.reopen(drop).await
    }

    async fn left_out(&self, drop: DropId) -> Result<Vec<LeftOutEntry>, PortError> {
        self.behind.left_out(drop).await
    }

    async fn folders(&self, drop: DropId) -> Result<Vec<DropFolder>, PortError> {
        self.behind.folders(drop).await
    }

    async fn keep_session(&self, drop: DropId, seq: u64, session: &UploadSession) -> Result<(), PortError> {
        self.behind.keep_session(drop, seq, session).await
    }

    async fn backup(&self) -> Result<PathBuf, PortError> {
        self.behind.backup().await
    }
}
