//! `strongroom pause`: pauses a drop until it is resumed.

use std::time::Duration;

use vault_core::ports::DropPhase;
use vault_core::queue::PauseReason;

use super::elsewhere::{Stopped, until_stopped};
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::resolve;
use crate::session::Session;

/// How long to wait for another program, which stops within a second unless it files something else.
const MOST: Duration = Duration::from_secs(5);

/// Pause a drop until `strongroom resume` continues it
///
/// Stored files stay stored, and the rest waits. If the window is filing it, or another command reads or files it, that
/// stops within a second. A drop that is stopped by Ctrl-C instead is continued by the next `strongroom file`, or when
/// the window is opened; a paused one is not.
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
    // The program that reads or files it sees the record.
    let candidates = vault.unfinished_drops().await?;
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    let id = drop.new.id;
    if drop.is_cancelling() {
        return Err(Failure::invalid(format!("Drop {id} was cancelled. {}", PauseReason::Cancelling)));
    }
    if !matches!(drop.phase, DropPhase::Preparing | DropPhase::Filing) {
        return Err(Failure::invalid(format!("Nothing of drop {id} waits to be filed: there is nothing to pause.")));
    }
    if let (true, Some(reason)) = (drop.waits_for_user() && !drop.is_paused_by_user(), &drop.paused) {
        let message = format!("Drop {id} does not continue automatically: there is nothing to pause. {reason}");
        return Err(Failure::invalid(message));
    }
    vault.pause(id).await?;
    // Until it has stopped, the number of filed files can change.
    let elsewhere = matches!(until_stopped(&opened, id, MOST).await?, Stopped::NotYet);
    let drop = resolve::queued(vault, &id.to_string(), &[]).await?;
    let outcome = Outcome::of(vault, drop).await?.while_filed_elsewhere(elsewhere);
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    if matches!(outcome.drop.phase, DropPhase::Finished | DropPhase::Cancelled) {
        session.output.warn("It ended before it could be paused.");
        return Ok(Exit::SomeFailed);
    }
    if elsewhere {
        session
            .output
            .warn("Another Strongroom is still filing. Files of this drop that it has begun may still be stored.");
    }
    Ok(Exit::Well)
}
