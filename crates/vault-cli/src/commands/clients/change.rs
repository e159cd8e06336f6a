//! Making clients inactive and active, removing them and bringing them back.

use vault_core::Vault;
use vault_core::model::ClientStatus;

use super::say;
use crate::args::examples;
use crate::errors::Failure;
use crate::format::printable;
use crate::session::Session;
use crate::{resolve, waiting};

/// Which client.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom clients close \"ABC Corp\""
    "strongroom clients reopen \"ABC Corp\""
    "strongroom clients remove \"ABC Corp\""
    "strongroom clients bring-back \"ABC Corp\""
])]
pub(crate) struct One {
    /// The client: its id or name
    client: String,
}

/// The change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Status(ClientStatus),
    Remove,
    BringBack,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, vault: &Vault, one: &One, change: Change) -> Result<(), Failure> {
    let found = match change {
        Change::BringBack => resolve::removed_client(vault, &one.client).await?,
        _ => resolve::client(vault, &one.client).await?,
    };
    waiting::none_undecided(vault, waiting::about_client(&found.id)).await?;
    let client = match change {
        Change::Status(status) => vault.set_client_status(&found.id, status).await?,
        Change::Remove => vault.remove_client(&found.id).await?,
        Change::BringBack => vault.bring_back_client(&found.id).await?,
    };
    if change == Change::BringBack
        && let Some(other) = vault.namesakes(&client.fields.name).await?.iter().find(|other| other.id != client.id)
    {
        session.output.warn(format_args!(
            "There is another client “{}”: {}. Give one of them another name, or name each by its id.",
            printable(&other.fields.name),
            other.id
        ));
    }
    let did = match change {
        Change::Status(ClientStatus::Inactive) => "No longer active:",
        Change::Status(ClientStatus::Active) => "Active again:",
        Change::Remove => "Removed",
        Change::BringBack => "Brought back",
    };
    say(session, vault, client, did).await
}
