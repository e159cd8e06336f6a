//! `strongroom pause`: a drop that nothing goes on with by itself.

use vault_core::ports::{DropPhase, PAUSED};

use super::filing::right_to_file;
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Pause a drop: nothing goes on with it until `strongroom resume` does
///
/// What is stored stays stored, and the rest waits. Ctrl-C pauses what this command line is filing; a drop stopped like that
/// is gone on with by the next `strongroom file`, or when the window is opened, and a paused one is not.
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
    let interrupt = Interrupt::listen();
    let _right = right_to_file(session, &opened, &interrupt).await?;
    let candidates = vault.journal.unfinished().await?;
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    let id = drop.new.id;
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
