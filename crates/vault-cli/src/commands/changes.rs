//! `strongroom changes`: changes made offline, and decisions on them.

mod decide;
mod list;

use clap::Subcommand;

use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::session::Session;

pub(super) use list::heading;

/// List changes to clients and matters that the firm's vault does not have yet, and decide on them
///
/// A change made while the firm's vault cannot be reached waits on this computer, and is sent by the next command that
/// reaches it. If a colleague changed the same thing meanwhile, neither version overwrites the other: both are shown
/// here, and you choose. Without a command: the list.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom changes"
    "strongroom changes keep-mine 2024-001                   Replace the vault's version with mine"
    "strongroom changes keep-mine 2024-001 --number 2024-002 … with another number, if that one was taken"
    "strongroom changes take-theirs 2024-001                 Discard mine"
    "strongroom changes --json | jq '.changes[] | select(.state == \"refused\")'"
])]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List waiting changes, with both versions of those the vault has not accepted
    List,
    KeepMine(decide::KeepMine),
    /// Keep the firm's version, and discard the change
    TakeTheirs(decide::One),
    /// Discard a change that is not sent yet, or was not accepted
    Discard(decide::One),
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    match &args.command {
        None | Some(Command::List) => list::run(session, vault).await,
        Some(Command::KeepMine(args)) => decide::keep_mine(session, vault, args).await,
        Some(Command::TakeTheirs(one)) => decide::take_theirs(session, vault, one).await,
        Some(Command::Discard(one)) => decide::discard(session, vault, one).await,
    }
}
