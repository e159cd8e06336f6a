//! The queue of this computer: which drops were accepted and how far each of their files is. Never lost, never
//! deleted; every write is durable when it returns.

use std::path::PathBuf;

use async_trait::async_trait;

use super::{PortError, UploadSession};
use crate::filing::ItemState;
use crate::model::{
    DropCounts, DropFolder, DropId, EventId, EventKind, FileHash, LastModified, MatterId, PathText, Timestamp,
};
use crate::queue::PauseReason;

/// A drop as it is accepted, before its folders are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDrop {
    /// Identity.
    pub id: DropId,
    /// The matter to file to.
    pub matter: MatterId,
    /// The dropped folders and files, absolute.
    pub sources: Vec<PathBuf>,
    /// When it was handed over.
    pub started: Timestamp,
}

/// What reading a file gave.
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
    /// Its name.
    pub name: PathText,
    /// What was read; none for a file that could not be read.
    pub read: Option<Reading>,
    /// The id of its event.
    pub event: EventId,
    /// [`ItemState::Queued`], or [`ItemState::NeedsAttention`] for a file that could not be read.
    pub state: ItemState,
    /// Where a person said it stands now; none for where it was dropped from.
    pub moved_to: Option<PathBuf>,
}

/// A file of a drop in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its place in the drop, from 0; items with the same content stand together.
    pub seq: u64,
    /// The rest.
    pub file: NewItem,
}

/// A change to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemUpdate {
    /// Which.
    pub seq: u64,
    /// Its new state.
    pub state: ItemState,
    /// What was read, where that changed.
    pub read: Option<Reading>,
    /// The id of a new attempt's event.
    pub event: Option<EventId>,
}

/// An entry of a drop that was left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutEntry {
    /// Where it stood, dropped folder included.
    pub path: PathText,
    /// Why, as a sentence for a person.
    pub reason: String,
}

/// How far a drop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropPhase {
    /// Accepted; its folders are being read, or were when the computer stopped.
    Preparing,
    /// Its files are in the queue.
    Filing,
    /// Every file has come to an end, or needs a person.
    Finished,
    /// Given up by a person; what was filed until then stays.
    Cancelled,
}

/// A drop in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournaledDrop {
    /// What was accepted.
    pub new: NewDrop,
    /// How far it is.
    pub phase: DropPhase,
    /// When the last file was done.
    pub finished: Option<Timestamp>,
    /// How its files stand now; one that needs a person counts as failed.
    pub counts: DropCounts,
    /// Files that are still to be done by themselves (queued, under way, waiting).
    pub waiting: u64,
    /// Those of them that wait to be tried again, each for a reason of its own ([`ItemState::Waiting`]).
    pub later: u64,
    /// Files that need a person.
    pub attention: u64,
    /// Files that a person took out.
    pub cancelled: u64,
    /// Why filing is paused as a whole, if it is.
    pub paused: Option<PauseReason>,
}

impl JournaledDrop {
    /// Whether a person has yet to look through the drop and say *File*, or paused it: what goes on with drops by itself
    /// leaves it.
    pub fn waits_for_user(&self) -> bool {
        let unread = self.phase == DropPhase::Preparing && self.paused.is_some() && !self.is_cancelling();
        unread || self.is_paused_by_user()
    }

    /// Whether a person wants nothing more of it filed, for now or for good.
    pub fn is_stopped_by_user(&self) -> bool {
        self.is_paused_by_user() || self.is_cancelling()
    }

    /// Whether a person gave it up, though it has not ended yet.
    pub fn is_cancelling(&self) -> bool {
        self.is_paused_for(&PauseReason::Cancelling)
    }

    /// Whether a person paused it, until one says that it goes on.
    pub fn is_paused_by_user(&self) -> bool {
        self.is_paused_for(&PauseReason::ByUser)
    }

    fn is_paused_for(&self, reason: &PauseReason) -> bool {
        matches!(self.phase, DropPhase::Preparing | DropPhase::Filing) && self.paused.as_ref() == Some(reason)
    }
}

/// The queue. Items move as [`ItemState::next`] allows; the journal stores what it is told.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Accepts a drop, in phase [`DropPhase::Preparing`].
    async fn accept(&self, drop: &NewDrop) -> Result<(), PortError>;

    /// Puts the files of an accepted drop into the queue, in one step, and moves the drop on to
    /// [`DropPhase::Filing`]. Items get their `seq` in the order given. Replaces nothing: a drop is enqueued once.
    async fn enqueue(
        &self,
        drop: DropId,
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError>;

    /// Takes these items out of a drop that was enqueued, and puts others, and entries that were left out, in their place,
    /// in one step: what a folder that could not be read turned out to hold. The new items get numbers of their own;
    /// folders that the drop has already stay as they are.
    async fn replace(
        &self,
        drop: DropId,
        seqs: &[u64],
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError>;

    /// The drop with its counts.
    async fn drop_by_id(&self, drop: DropId) -> Result<Option<JournaledDrop>, PortError>;

    /// Drops in phase preparing or filing, in the order in which they were taken in.
    async fn unfinished(&self) -> Result<Vec<JournaledDrop>, PortError>;

    /// Finished drops that have files which need a person, the last taken in first.
    async fn needing_attention(&self) -> Result<Vec<JournaledDrop>, PortError>;

    /// Items that go on by themselves (queued, under way, waiting; not those that need a person), by `seq`, those
    /// from `from_seq` on.
    async fn open_items(&self, drop: DropId, from_seq: u64, limit: usize) -> Result<Vec<Item>, PortError>;

    /// Items that need a person, by `seq`.
    async fn attention_items(&self, drop: DropId) -> Result<Vec<Item>, PortError>;

    /// Items that wait by themselves to be tried again, by `seq`.
    async fn waiting_items(&self, drop: DropId) -> Result<Vec<Item>, PortError>;

    /// Moves items on, in one step. Those that a person has taken out stay so; returns their numbers.
    async fn advance(&self, drop: DropId, changes: &[ItemUpdate]) -> Result<Vec<u64>, PortError>;

    /// Keeps where a person says that these items stand now.
    async fn relocate(&self, drop: DropId, places: &[(u64, PathBuf)]) -> Result<(), PortError>;

    /// Records that these items are done, by which kind of event; the same as [`advance`](Self::advance) for the most
    /// frequent change. It holds for an item that was taken out meanwhile, too: the vault has it.
    async fn done(&self, drop: DropId, seqs: &[(u64, EventKind)]) -> Result<(), PortError>;

    /// Says why filing of a drop is paused as a whole; nothing, of a drop that has ended. What a user asked for
    /// ([`PauseReason::is_by_user`]) is replaced only by what a user asks for, and [`PauseReason::Cancelling`] by nothing.
    async fn pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError>;

    /// Says that a drop goes on, unless it is being cancelled: a user asks for it.
    async fn resume(&self, drop: DropId) -> Result<(), PortError>;

    /// Says that a drop goes on which was paused for this reason. One that is paused for another reason by now stays so: a
    /// user may have paused it in this moment.
    async fn clear_pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError>;

    /// Closes a drop: keeps its counts and the items that need a person, and forgets those that are done (the vault's
    /// events tell of them). Returns the final counts.
    async fn close(&self, drop: DropId, phase: DropPhase, at: Timestamp) -> Result<DropCounts, PortError>;

    /// Takes a finished drop up again, so that items that needed a person can be tried once more.
    async fn reopen(&self, drop: DropId) -> Result<(), PortError>;

    /// What was left out of a drop.
    async fn left_out(&self, drop: DropId) -> Result<Vec<LeftOutEntry>, PortError>;

    /// The folders of a drop.
    async fn folders(&self, drop: DropId) -> Result<Vec<DropFolder>, PortError>;

    /// Keeps how far the upload of an item that is being uploaded has come.
    async fn keep_session(&self, drop: DropId, seq: u64, session: &UploadSession) -> Result<(), PortError>;

    /// Writes a copy of the queue to be kept before something risky is done to it.
    async fn backup(&self) -> Result<PathBuf, PortError>;
}
