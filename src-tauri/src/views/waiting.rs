//! Edits of clients and matters that have not reached the firm's vault.

use serde::Serialize;
use specta::Type;
use vault_core::Vault;
use vault_core::ports::PortError;

use super::{ClientView, MatterView};

/// An edit that waits for the firm's vault, or that it refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WaitingEditView {
    /// Identity.
    pub(crate) id: String,
    /// What the client or matter is called.
    pub(crate) name: String,
    /// When it was made.
    pub(crate) made: i64,
    /// Why the firm's vault refused it: a sentence; none while it waits.
    pub(crate) refused: Option<String>,
    /// What is edited.
    pub(crate) edit: EditView,
}

/// What is edited: as this person wants it, and as it stands in the firm's vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(crate) enum EditView {
    /// A client.
    Client {
        /// As the person wants it.
        mine: Box<ClientView>,
        /// As it stands; none if it is new.
        theirs: Option<Box<ClientView>>,
    },
    /// A matter.
    Matter {
        /// As the person wants it.
        mine: Box<MatterView>,
        /// As it stands; none if it is new.
        theirs: Option<Box<MatterView>>,
    },
}

/// Which version of an edit that was refused is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum KeepView {
    /// This person's.
    Mine,
    /// The one that stands in the firm's vault.
    Theirs,
}

/// What waits for the firm's vault, oldest first.
pub(crate) async fn waiting_edits(_vault: &Vault) -> Result<Vec<WaitingEditView>, PortError> {
    Ok(Vec::new())
}
