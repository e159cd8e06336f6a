//! Drops: what a user dropped at once, as the history shows it.

use std::collections::HashSet;

use super::{DeviceId, DropId, LastModified, MatterId, PathText, Timestamp, UploadEvent, UserId};

/// How many sources of a drop its events and folders can refer to.
pub const MOST_SOURCES: u32 = 100_000;

/// The number of a source, if events and folders can refer to it.
pub fn nameable_source(source: u32) -> Option<u32> {
    (source < MOST_SOURCES).then_some(source)
}

/// How many files of a drop ended in which way. Every file that was found counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DropCounts {
    /// Files whose content was new.
    pub stored: u64,
    /// Files whose content was in the vault already, or occurred more than once in the drop.
    pub skipped: u64,
    /// Files that could not be filed.
    pub failed: u64,
    /// Entries left out on purpose: system files, links, devices.
    pub left_out: u64,
    /// Length of all files in bytes.
    pub bytes: u64,
    /// Length of the new content in bytes.
    pub bytes_stored: u64,
}

/// The summary of a drop. It is written before the first of its files, and with its counts when filing ends; until then
/// its events, and the journal of the computer that files it, are more up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropSummary {
    /// Identity; `batchId` of its events.
    pub id: DropId,
    /// The matter filed to.
    pub matter: MatterId,
    /// The user who filed it.
    pub user: UserId,
    /// The computer it was filed from.
    pub device: DeviceId,
    /// The dropped folders and files on that computer, as readable paths.
    pub sources: Vec<String>,
    /// When the vault first received it, by the vault's clock.
    pub started: Timestamp,
    /// When filing first ended, by the vault's clock; `None` while it is under way or was interrupted.
    pub finished: Option<Timestamp>,
    /// How the files ended.
    pub counts: DropCounts,
}

/// The key of a drop: who filed it, and to which matter. The id alone is not enough, because any user can write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DropKey {
    /// The matter filed to.
    pub matter: MatterId,
    /// The user who filed it.
    pub user: UserId,
    /// `batchId` of its events.
    pub id: DropId,
}

impl DropKey {
    /// Whether an event belongs to this drop.
    pub fn has(&self, event: &UploadEvent) -> bool {
        event.batch == self.id && event.user == self.user && event.matter == self.matter
    }
}

impl DropSummary {
    /// The key of this drop.
    pub fn key(&self) -> DropKey {
        DropKey { matter: self.matter.clone(), user: self.user.clone(), id: self.id }
    }
}

/// A folder of a drop, kept so that a restore includes empty folders, and the times of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropFolder {
    /// Path, dropped folder included.
    pub path: PathText,
    /// Index of the source that it is, or lies under; `None` as for [events](super::UploadEvent::source).
    pub source: Option<u32>,
    /// When the folder was last modified.
    pub last_modified: LastModified,
}

/// The folders of a drop, by path and source, that are not recorded yet: recorded ones never change.
pub fn untold_folders(folders: &[DropFolder], told: &[DropFolder]) -> Vec<DropFolder> {
    let known: HashSet<_> = told.iter().map(|folder| (&folder.path, folder.source)).collect();
    folders.iter().filter(|folder| !known.contains(&(&folder.path, folder.source))).cloned().collect()
}
