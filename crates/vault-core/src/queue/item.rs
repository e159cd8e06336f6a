//! A file of a drop in the queue.

use std::path::PathBuf;

use super::{ItemEvent, ItemState};
use crate::model::{EventId, FileHash, LastModified, PathText};

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

impl Item {
    /// Whether its bytes are being sent or its record is being written: only the vault knows what became of it.
    pub(crate) const fn is_under_way(&self) -> bool {
        matches!(self.file.state, ItemState::Uploading { .. } | ItemState::Recording)
    }

    /// The update that `event` makes; an event that is not allowed in its state changes nothing.
    pub(crate) fn after(&self, event: ItemEvent) -> ItemUpdate {
        let state = self.file.state.next(event).unwrap_or_else(|| self.file.state.clone());
        ItemUpdate { seq: self.seq, state, read: None, event: None }
    }
}
