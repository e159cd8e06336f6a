//! Closes, reopens and removes matters.

use vault_core::Vault;
use vault_core::model::MatterStatus;

use super::say;
use crate::args::examples;
use crate::errors::Failure;
use crate::session::Session;
use crate::{resolve, waiting};

/// Which matter.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom matters close 2024-001"
    "strongroom matters reopen 2024-001"
    "strongroom matters remove 2024-001"
    "strongroom matters bring-back 2024-001"
])]
pub(crate) struct One {
    /// The matter: its id or number
    matter: String,
}

/// The change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Status(MatterStatus),
    Remove,
    BringBack,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, vault: &Vault, one: &One, change: Change) -> Result<(), Failure> {
    let found = match change {
        Change::BringBack => resolve::removed_matter(vault, &one.matter).await?,
        _ => resolve::matter(vault, &one.matter).await?,
    };
    let id = &found.matter.id;
    waiting::none_undecided(vault, waiting::about_matter(id)).await?;
    let matter = match change {
        Change::Status(status) => vault.set_matter_status(id, status).await?,
        Change::Remove => vault.remove_matter(id).await?,
        Change::BringBack => vault.bring_back_matter(id).await?,
    };
    let did = match change {
        Change::Status(MatterStatus::Closed) => "Closed",
        Change::Status(MatterStatus::Active) => "Reopened",
        Change::Status(MatterStatus::OnHold) => "Put on hold:",
        Change::Remove => "Removed",
        Change::BringBack => "Brought back",
    };
    say(session, vault, &matter, did).await
}
