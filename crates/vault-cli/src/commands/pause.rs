//! `strongroom pause`: a drop that nothing goes on with by itself.

use vault_core::ports::{DropPhase, GIVEN_UP, PAUSED};

use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::resolve;
use crate::session::Session;

/// Pause a drop: nothing goes on with it until `strongroom resume` does
///
/// What is stored stays stored, and the rest waits. If the window, or another command, is filing it, that stops within a
/// second. Ctrl-C pauses what this command line is filing; a drop stopped like that is gone on with by the next
/// `strongroom file`, or when the window is opened, and a paused one is not.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom pause --batch latest"
    "strongroom pause --batch 0199c0de"
])]
pub(crate) struct Args {
    /// The drop: its id, the beginning or end of it, or `latest` for the last one that waits
    #[arg(long, short, value_name = "BATCH")]
    batch: String,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    // Whoever files it sees that it is paused: there is nobody to wait for.
    let candidates = vault.journal.unfinished().await?;
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    let id = drop.new.id;
    if drop.is_given_up() {
        return Err(Failure::invalid(format!("Drop {id} was given up. {GIVEN_UP}")));
    }
    if drop.phase != DropPhase::Filing {
        return Err(Failure::invalid(format!("Nothing of drop {id} waits to be filed: there is nothing to pause.")));
    }
    vault.journal.pause(id, Some(PAUSED)).await?;
    let outcome = Outcome::of(vault, resolve::queued(vault, &id.to_string(), &[]).await?).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(Exit::Well)
}
