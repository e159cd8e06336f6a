//! This computer's queue: the accepted drops, and the state of each of their files. Nothing is lost or deleted by
//! itself; every write is durable when it returns.

use std::path::PathBuf;

use async_trait::async_trait;

use super::{PortError, UploadSession};
use crate::filing::ItemState;
use crate::model::{
    DropCounts, DropFolder, DropId, EventId, EventKind, FileHash, LastModified, MatterId, PathText, Timestamp,
};
use crate::queue::PauseReason;

/// A drop when it is accepted, before its folders are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrop {
    /// Identity.
    pub id: DropId,
    /// The matter to file to.
    pub matter: MatterId,
    /// The dropped folders and files, absolute.
    pub sources: Vec<PathBuf>,
    /// When the user dropped it.
    pub started: Timestamp,
}

/// The result of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Length in bytes.
    pub size: u64,
    /// When it was last modified.
    pub last_modified: LastModified,
    /// Hash of its content.
    pub hash: FileHash,
}

/// A file of a drop as it is enqueued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// Which of the drop's sources it was found under.
    pub source: u32,
    /// Its folder, dropped folder included.
    pub folder: PathText,
    /// Its name, without the folder.
    pub name: PathText,
    /// What was read; `None` for a file that could not be read.
    pub read: Option<Reading>,
    /// The id of its event.
    pub event: EventId,
    /// [`ItemState::Queued`], or [`ItemState::NeedsAttention`] for a file that could not be read.
    pub state: ItemState,
    /// Where it is now, if the user located it there; `None` for where it was dropped from.
    pub moved_to: Option<PathBuf>,
}

/// A file of a drop in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number in the drop, from 0; items with the same content are adjacent.
    pub seq: u64,
    /// The file.
    pub file: NewItem,
}

/// A change to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemUpdate {
    /// The item's number.
    pub seq: u64,
    /// Its new state.
    pub state: ItemState,
    /// The new reading, where it changed.
    pub read: Option<Reading>,
    /// The event id of a new attempt.
    pub event: Option<EventId>,
}

/// An entry of a drop that was left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutEntry {
    /// Its path, dropped folder included.
    pub path: PathText,
    /// Why: a sentence to show to the user.
    pub reason: String,
}

/// How far a drop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropPhase {
    /// Accepted; its folders are being read, or were when the program stopped.
    Preparing,
    /// Its files are in the queue.
    Filing,
    /// Every file is done, or needs the user's attention.
    Finished,
    /// Cancelled by a user; what was filed before stays.
    Cancelled,
}

/// A drop in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournaledDrop {
    /// What was accepted.
    pub new: NewDrop,
    /// Its phase.
    pub phase: DropPhase,
    /// When the last file was done.
    pub finished: Option<Timestamp>,
    /// How its files ended so far; a file that needs attention counts as failed.
    pub counts: DropCounts,
    /// Files that still proceed without the user (queued, under way, waiting).
    pub waiting: u64,
    /// Those of them that wait for a retry, each for its own reason ([`ItemState::Waiting`]).
    pub later: u64,
    /// Files that need the user's attention.
    pub attention: u64,
    /// Files that a user removed.
    pub cancelled: u64,
    /// Why the whole drop is paused, if it is.
    pub paused: Option<PauseReason>,
}

impl JournaledDrop {
    /// Whether a user has yet to review the drop and choose *File*, or paused it: it is not resumed automatically.
    pub fn waits_for_user(&self) -> bool {
        let unread = self.phase == DropPhase::Preparing && self.paused.is_some() && !self.is_cancelling();
        unread || self.is_paused_by_user()
    }

    /// Whether a user paused or cancelled it.
    pub fn is_stopped_by_user(&self) -> bool {
        self.is_paused_by_user() || self.is_cancelling()
    }

    /// Whether a user cancelled it, and it has not ended yet.
    pub fn is_cancelling(&self) -> bool {
        self.is_paused_for(&PauseReason::Cancelling)
    }

    /// Whether a user paused it and has not resumed it.
    pub fn is_paused_by_user(&self) -> bool {
        self.is_paused_for(&PauseReason::ByUser)
    }

    fn is_paused_for(&self, reason: &PauseReason) -> bool {
        matches!(self.phase, DropPhase::Preparing | DropPhase::Filing) && self.paused.as_ref() == Some(reason)
    }
}

/// The queue. Callers move items as [`ItemState::next`] allows; the journal stores the states it is given. Errors are
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
