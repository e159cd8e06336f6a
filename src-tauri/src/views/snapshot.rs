//! Everything the page needs when it loads.

use serde::Serialize;
use specta::Type;

use super::{MattersView, SettingsView, WorkView};

/// Everything the page needs when it loads; what changes afterwards comes as events.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The version of this program, as in `0.1.0`.
    pub version: String,
    /// Which system it runs on, for the names of keys and of folders.
    pub system: System,
    /// The vault that is open.
    pub workspace: Workspace,
    /// What the person chose.
    pub settings: SettingsView,
    /// Clients and matters.
    pub matters: MattersView,
    /// What is under way, what ended since the program started, and drops of earlier days with files that need a
    /// person.
    pub work: Vec<WorkView>,
    /// Whether the person has seen the first-start page and gone on from it.
    pub welcomed: bool,
}

/// The system this program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum System {
    /// Linux and its relatives.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// The vault that is open.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Whether it is the embedded vault of this computer.
    pub local: bool,
    /// What the firm is called; empty for the vault of this computer.
    pub name: String,
    /// The id of the person at work.
    pub user: String,
    /// What the person is called.
    pub person: String,
    /// What this computer is called.
    pub device: String,
}
