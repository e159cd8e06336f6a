//! Drops: what a person handed over in one go, as the history shows it.

use std::collections::HashSet;

use super::{DeviceId, DropId, LastModified, MatterId, PathText, Timestamp, UploadEvent, UserId};

/// Sources of a drop that its events and folders can name.
pub const MOST_SOURCES: u32 = 100_000;

/// The number of a source, if events and folders can name it.
pub fn nameable_source(source: u32) -> Option<u32> {
    (source < MOST_SOURCES).then_some(source)
}

/// How many of a drop's files ended how. Every found file is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DropCounts {
    /// Files whose content was new.
    pub stored: u64,
    /// Files whose content was in the vault, or stood in the drop more than once.
    pub skipped: u64,
    /// Files that could not be filed.
    pub failed: u64,
    /// Entries left out on purpose: system files, links, devices.
    pub left_out: u64,
    /// Length of all files in bytes.
    pub bytes: u64,
    /// Length of what was new in bytes.
    pub bytes_stored: u64,
}

/// One drop. It is told of before the first of its files, and with its counts when filing ends; until then its events, and
/// the journal of the computer that files, know more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSummary {
    /// Identity; `batchId` of its events.
    pub id: DropId,
    /// The matter filed to.
    pub matter: MatterId,
    /// Who.
    pub user: UserId,
    /// From which computer.
    pub device: DeviceId,
    /// From where on that computer: the dropped folders and files, as readable paths.
    pub sources: Vec<String>,
    /// When the vault was first told of it, by the vault's clock.
    pub started: Timestamp,
    /// When filing first ended, by the vault's clock; none while it is under way or was interrupted.
    pub finished: Option<Timestamp>,
    /// How the files ended.
    pub counts: DropCounts,
}

/// What makes a drop one: who filed it, and to which matter. An id alone is anybody's to write down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DropKey {
    /// The matter filed to.
    pub matter: MatterId,
    /// Who.
    pub user: UserId,
    /// `batchId` of its events.
    pub id: DropId,
}

impl DropKey {
    /// Whether an event is of this drop.
    pub fn has(&self, event: &UploadEvent) -> bool {
        event.batch == self.id && event.user == self.user && event.matter == self.matter
    }
}

impl DropSummary {
    /// Which drop it is of.
    pub fn key(&self) -> DropKey {
        DropKey { matter: self.matter.clone(), user: self.user.clone(), id: self.id }
    }
}

/// A folder of a drop: kept so that empty folders, and the times of all of them, come out again as they were received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropFolder {
    /// Path, dropped folder included.
    pub path: PathText,
    /// Which of the drop's sources it is, or lies under; none as for [events](super::UploadEvent::source).
    pub source: Option<u32>,
    /// When the folder was last modified.
    pub last_modified: LastModified,
}

/// Those of a drop's folders, by path and source, that are not told yet: what was told of one stays told.
pub fn untold_folders(folders: &[DropFolder], told: &[DropFolder]) -> Vec<DropFolder> {
    let known: HashSet<_> = told.iter().map(|folder| (&folder.path, folder.source)).collect();
    folders.iter().filter(|folder| !known.contains(&(&folder.path, folder.source))).cloned().collect()
}
