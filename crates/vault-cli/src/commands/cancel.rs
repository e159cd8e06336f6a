//! `strongroom cancel`: giving up what is left of a drop.

use vault_core::ports::DropPhase;

use super::filing::right_to_file;
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Give up what is left of a drop; what was filed stays
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom cancel --batch latest"
    "strongroom cancel --batch 0199c0de"
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
    if drop.phase == DropPhase::Finished {
        return Err(Failure::invalid(format!("Drop {} is finished: nothing of it waits.", drop.new.id)));
    }
    let finished = vault.cancel(drop.new.id).await?;
    let outcome = Outcome::of(vault, finished.drop).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        session.output.report(outcome.sentence());
    }
    Ok(Exit::Well)
}
