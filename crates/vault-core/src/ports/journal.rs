//! This computer's queue: the accepted drops, and the state of each of their files. Nothing is lost or deleted by
//! itself; every write is durable when it returns.

use std::path::PathBuf;

use async_trait::async_trait;

use super::{PortError, UploadSession};
use crate::model::{DropCounts, DropFolder, DropId, EventKind, Timestamp};
use crate::queue::{DropPhase, Item, ItemUpdate, JournaledDrop, LeftOutEntry, NewDrop, NewItem, PauseReason};

/// The queue. Callers move items as [`ItemState::next`](crate::queue::ItemState::next) allows; the journal stores the states it is given. Errors are
/// those of this computer's database.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Accepts a drop, in phase [`DropPhase::Preparing`].
    async fn accept(&self, drop: &NewDrop) -> Result<(), PortError>;

    /// Puts the files of an accepted drop into the queue, in one step, and moves the drop to [`DropPhase::Filing`].
    /// Items get their `seq` in the order given. A drop is enqueued only once.
    async fn enqueue(
        &self,
        drop: DropId,
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError>;

    /// Replaces these items of an enqueued drop by others and by left-out entries, in one step: by what a folder that
    /// could not be read turned out to contain. The new items get new numbers; folders that the drop has already stay
    /// as they are.
    async fn replace(
        &self,
        drop: DropId,
        seqs: &[u64],
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError>;

    /// The drop with its counts; `None` if there is none with this id.
    async fn drop_by_id(&self, drop: DropId) -> Result<Option<JournaledDrop>, PortError>;

    /// Drops in phase preparing or filing, in the order in which they were accepted.
    async fn unfinished(&self) -> Result<Vec<JournaledDrop>, PortError>;

    /// Finished drops with files that need attention, the last accepted first.
    async fn needing_attention(&self) -> Result<Vec<JournaledDrop>, PortError>;

    /// At most `limit` items that proceed without the user (queued, under way, waiting), by `seq`, starting at
    /// `from_seq`.
    async fn open_items(&self, drop: DropId, from_seq: u64, limit: usize) -> Result<Vec<Item>, PortError>;

    /// Items that need attention, by `seq`.
    async fn attention_items(&self, drop: DropId) -> Result<Vec<Item>, PortError>;

    /// Items that wait for a retry, by `seq`.
    async fn waiting_items(&self, drop: DropId) -> Result<Vec<Item>, PortError>;

    /// Updates items, in one step. Items that a user has removed stay removed; returns their numbers.
    async fn advance(&self, drop: DropId, changes: &[ItemUpdate]) -> Result<Vec<u64>, PortError>;

    /// Stores where the user located these items.
    async fn relocate(&self, drop: DropId, places: &[(u64, PathBuf)]) -> Result<(), PortError>;

    /// Records that these items are done, and by which kind of event: [`advance`](Self::advance) for the most frequent
    /// change. It also applies to an item that was removed meanwhile, because the vault has it.
    async fn done(&self, drop: DropId, seqs: &[(u64, EventKind)]) -> Result<(), PortError>;

    /// Stores why a whole drop is paused; does nothing if it has ended. A user's request ([`PauseReason::is_by_user`])
    /// is replaced only by another one, and [`PauseReason::Cancelling`] never.
    async fn pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError>;

    /// Resumes a drop at the user's request, unless it is being cancelled.
    async fn resume(&self, drop: DropId) -> Result<(), PortError>;

    /// Resumes a drop that is paused for exactly this reason. Any other reason stays: a user may have paused it just
    /// now.
    async fn clear_pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError>;

    /// Closes a drop: keeps its counts and the items that need attention, and deletes those that are done (the vault's
    /// events record them). Returns the final counts.
    async fn close(&self, drop: DropId, phase: DropPhase, at: Timestamp) -> Result<DropCounts, PortError>;

    /// Reopens a finished drop, so that items that needed attention can be retried.
    async fn reopen(&self, drop: DropId) -> Result<(), PortError>;

    /// What was left out of a drop.
    async fn left_out(&self, drop: DropId) -> Result<Vec<LeftOutEntry>, PortError>;

    /// The folders of a drop.
    async fn folders(&self, drop: DropId) -> Result<Vec<DropFolder>, PortError>;

    /// Stores how far the upload of an item has come, if the item is being uploaded.
    async fn keep_session(&self, drop: DropId, seq: u64, session: &UploadSession) -> Result<(), PortError>;

    /// Writes a backup of the queue, before a risky change to it. Returns its path.
    async fn backup(&self) -> Result<PathBuf, PortError>;
}
