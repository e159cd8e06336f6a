//! What a person can choose.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the person chose.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// What can be changed with `save_settings`.
    #[serde(flatten)]
    pub chosen: SettingsForm,
    /// What is left out of drops: one pattern a line, `#` begins a remark.
    pub left_out: String,
    /// The folder everything of the vault is kept in, for a person to read.
    pub data_folder: String,
    /// Whether another folder was chosen that is used from the next start on.
    pub next_data_folder: Option<String>,
}

/// What the person can change at once.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsForm {
    /// File as soon as the folders are read, without asking.
    pub file_at_once: bool,
    /// Colours.
    pub theme: Theme,
    /// Language of the window.
    pub language: Language,
    /// Tell with the system's notifications when a drop is done or needs a person.
    pub notify: bool,
    /// What closing the window does while something is under way.
    pub on_close: OnClose,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// As the system.
    System,
    /// English.
    En,
    /// German.
    De,
}

/// What closing the window does while something is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OnClose {
    /// Ask each time.
    Ask,
    /// Keep filing, with an icon in the tray.
    KeepFiling,
    /// Pause, and end the program; it goes on at the next start.
    Pause,
}
