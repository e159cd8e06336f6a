//! The history: drops, and the events of each.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One page of drops, newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DropsPageView {
    /// The drops.
    pub drops: Vec<DropView>,
    /// What to ask for the next page with, if there is one.
    pub next: Option<String>,
}

/// A drop in the history.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DropView {
    /// Identity (the batch id).
    pub id: String,
    /// The matter it was filed to.
    pub matter: String,
    /// What whoever filed it is called.
    pub person: String,
    /// The computer it was filed from.
    pub device: String,
    /// The names of the dropped folders and files.
    pub names: Vec<String>,
    /// The places they stood at, for a person to read.
    pub places: Vec<String>,
    /// When it was handed over.
    pub started: i64,
    /// When the last file was done; none while it is under way or after an interruption.
    pub finished: Option<i64>,
    /// Files whose content was stored.
    pub stored: u64,
    /// Files whose content was in the vault already.
    pub already: u64,
    /// Files that failed.
    pub failed: u64,
    /// Files whose transfer was interrupted and not yet made good.
    pub interrupted: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Length of its files.
    pub bytes: u64,
    /// Length of the content that was stored.
    pub bytes_stored: u64,
    /// Whether it is in the queue of this computer, so that its problems can be tried again.
    pub here: bool,
    /// Files that need a person; only for a drop of this computer.
    pub attention: u64,
}

/// The four kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EventKindView {
    /// `upload_success`
    Stored,
    /// `upload_skipped_metadata_recorded`
    Already,
    /// `upload_failed`
    Failed,
    /// `upload_interrupted`
    Interrupted,
}

/// One page of the events of a drop, oldest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventsPageView {
    /// The events.
    pub events: Vec<EventView>,
    /// What to ask for the next page with, if there is one.
    pub next: Option<String>,
}

/// What happened to one file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    /// Identity.
    pub id: String,
    /// What happened.
    pub kind: EventKindView,
    /// When, by the vault's clock.
    pub at: i64,
    /// The drop it belongs to.
    pub drop: String,
    /// The matter it was filed to.
    pub matter: String,
    /// The name of the file.
    pub name: String,
    /// The exact folder it stood in, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes.
    pub size: u64,
    /// When the file was last modified.
    pub modified: i64,
    /// Hash of its content; empty if it could not be read.
    pub content: String,
    /// What whoever filed it is called.
    pub person: String,
    /// The computer it was filed from.
    pub device: String,
    /// The version of the program that filed it.
    pub app_version: String,
    /// For a failure: why.
    pub reason: Option<String>,
}
