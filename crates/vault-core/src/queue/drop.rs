//! A drop in the queue.

use std::path::PathBuf;

use super::PauseReason;
use crate::model::{DropCounts, DropId, MatterId, PathText, Timestamp};

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
    /// Those of them that wait for a retry, each for its own reason ([`ItemState::Waiting`](super::ItemState::Waiting)).
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

/// An entry of a drop that was left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutEntry {
    /// Its path, dropped folder included.
    pub path: PathText,
    /// Why: a sentence to show to the user.
    pub reason: String,
}
