//! What a person can choose.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::restore::Origin;
use vault_home::Home;

use crate::compose::folder_is_named;
use crate::settings::Settings;

/// Bytes a second that leave the line of a small office free for others: the settings say 7 GB an hour.
const SLOWLY: Option<NonZeroU64> = NonZeroU64::new(2_000_000);

/// What the person chose.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsView {
    /// What can be changed with `save_settings`.
    #[serde(flatten)]
    pub(crate) chosen: SettingsForm,
    /// What is left out of drops: one pattern a line, `#` begins a remark.
    pub(crate) left_out: String,
    /// The folder everything of the vault is kept in, for a person to read.
    pub(crate) data_folder: String,
    /// Whether another folder was chosen that is used from the next start on.
    pub(crate) next_data_folder: Option<String>,
}

/// What the person can change at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "each is a check box of its own")]
pub(crate) struct SettingsForm {
    /// File as soon as the folders are read, without asking.
    pub(crate) file_at_once: bool,
    /// Colours.
    pub(crate) theme: Theme,
    /// Language of the window.
    pub(crate) language: Language,
    /// Tell with the system's notifications when a drop is done or needs a person.
    pub(crate) notify: bool,
    /// What closing the window does while something is under way.
    pub(crate) on_close: OnClose,
    /// Check what is stored slowly, so that the line stays free for others.
    pub(crate) check_slowly: bool,
    /// Mark restored files as coming from outside, so that programs are careful with them.
    pub(crate) mark_restored: bool,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Theme {
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
pub(crate) enum Language {
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
pub(crate) enum OnClose {
    /// Ask each time.
    Ask,
    /// Keep filing, with an icon in the tray.
    KeepFiling,
    /// Pause, and end the program; it goes on at the next start.
    Pause,
}

impl SettingsForm {
    /// Whose the originals of restored files are.
    pub(crate) const fn origin(&self) -> Origin {
        if self.mark_restored { Origin::Outside } else { Origin::Trusted }
    }

    /// How many bytes a second a check may read; any number if the person does not mind.
    pub(crate) fn check_rate(&self) -> Option<NonZeroU64> {
        SLOWLY.filter(|_| self.check_slowly)
    }
}

impl SettingsView {
    /// What the person chose, for a vault that is kept in `home`. A list of what is left out that cannot be read is shown
    /// as empty; opening the vault has said so.
    pub(crate) fn of(settings: &Settings, home: &Home) -> Self {
        let here = home.folder();
        let next = settings.data_folder().filter(|next| !folder_is_named() && next != here);
        Self {
            chosen: settings.chosen(),
            left_out: home.left_out_text().unwrap_or_default(),
            data_folder: here.display().to_string(),
            next_data_folder: next.map(|folder| folder.display().to_string()),
        }
    }
}
