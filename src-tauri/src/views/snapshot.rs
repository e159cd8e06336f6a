//! Everything the page needs when it loads.

use serde::Serialize;
use specta::Type;
use vault_core::ClockBehind;
use vault_core::ports::{Person, PortError};
use vault_firm::Role;

use super::{FirmsView, MattersView, SettingsView, SyncView, WaitingEditView, WorkView, device_name};
use crate::compose::Open;

/// Everything the page needs when it loads; what changes afterwards comes as events.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Snapshot {
    /// The version of this program, as in `0.1.0`.
    pub(crate) version: String,
    /// Which system it runs on, for the names of keys and of folders.
    pub(crate) system: System,
    /// The vault that is open.
    pub(crate) workspace: Workspace,
    /// What the person chose.
    pub(crate) settings: SettingsView,
    /// Clients and matters.
    pub(crate) matters: MattersView,
    /// What is under way, what ended since the program started, and drops of earlier days with files that need a
    /// person.
    pub(crate) work: Vec<WorkView>,
    /// The firms this computer is connected to.
    pub(crate) firms: FirmsView,
    /// How the copy of the firm's vault stands to it; none for the vault of this computer.
    pub(crate) sync: Option<SyncView>,
    /// What waits for the firm's vault.
    pub(crate) waiting_edits: Vec<WaitingEditView>,
    /// How many entries of the firm's vault cannot be read; `unreadable` lists them.
    pub(crate) unreadable: u32,
    /// Whether the person has seen the first-start page and gone on from it.
    pub(crate) welcomed: bool,
    /// Whether the clock of this computer stands before the newest entry.
    pub(crate) clock_behind: Option<ClockView>,
}

/// The clock of this computer stands before the newest entry. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClockView {
    /// What the clock says.
    pub(crate) clock: i64,
    /// The time of the newest entry.
    pub(crate) newest: i64,
}

impl From<ClockBehind> for ClockView {
    fn from(ClockBehind { clock, newest }: ClockBehind) -> Self {
        Self { clock: clock.0, newest: newest.0 }
    }
}

/// The system this program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum System {
    /// Linux and its relatives.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

/// The vault that is open.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own for the page")]
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Workspace {
    /// Whether it is the embedded vault of this computer.
    pub(crate) local: bool,
    /// What the firm is called; empty for the vault of this computer.
    pub(crate) name: String,
    /// The id of the person at work.
    pub(crate) user: String,
    /// What the person is called.
    pub(crate) person: String,
    /// What this computer is called.
    pub(crate) device: String,
    /// The firm; none for the vault of this computer.
    pub(crate) firm: Option<String>,
    /// The person's e-mail address; empty where none is known.
    pub(crate) email: String,
    /// Whether the person may administer the firm's vault.
    pub(crate) admin: bool,
    /// Whether it is for training: nothing in it is the firm's work.
    pub(crate) training: bool,
    /// Whether the person stays signed in after the program ends.
    pub(crate) remembered: bool,
}

impl System {
    /// The system this program was built for.
    pub(crate) const fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Linux
        }
    }
}

impl Workspace {
    /// The vault that is open.
    pub(crate) async fn of(open: &Open) -> Result<Self, PortError> {
        let Person { user, team: _, display_name, device } = open.vault.person().await?;
        let mut workspace = Self {
            local: true,
            name: String::new(),
            user: user.to_string(),
            person: display_name,
            device: device_name(&device),
            firm: None,
            email: String::new(),
            admin: true,
            training: false,
            remembered: true,
        };
        if let Some(open) = &open.firm {
            let account = open.account().await;
            workspace.local = false;
            workspace.name.clone_from(&open.firm.connection.name);
            workspace.firm = Some(open.firm.id.to_string());
            workspace.email = account.email;
            workspace.admin = account.role == Role::Admin;
            workspace.training = open.firm.connection.is_training();
            workspace.remembered = open.is_remembered().await;
        }
        Ok(workspace)
    }
}
