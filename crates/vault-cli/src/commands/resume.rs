//! `strongroom resume`: continues drops that were interrupted or paused.

use serde::Serialize;
use vault_core::filing::Finished;
use vault_core::ports::{DropPhase, JournaledDrop};
use vault_core::queue::PauseReason;
use vault_core::{Vault, VaultError};

use super::filing::{announce, filing_lock, go_on, stands};
use super::outcome::{Outcome, OutcomeJson};
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Continue drops that were interrupted or paused
///
/// Each continues from where it stopped; stored files are not sent again. Files that wait for a retry are tried at
/// once, and drops that a user paused continue, too. A drop that was cancelled without a network is ended.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom resume"
    "strongroom resume --batch 0199c0de"
    "strongroom resume --json | jq '.drops[].waiting'"
])]
pub(crate) struct Args {
    /// Only this drop: its id, the beginning or end of it, or `latest` for the last one that waits
    #[arg(long, short, value_name = "BATCH")]
    batch: Option<String>,
}

#[derive(Debug, Serialize)]
struct Document {
    drops: Vec<OutcomeJson>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open_for_intake().await?;
    let vault = &opened.vault;
    let interrupt = Interrupt::listen();
    let _right = filing_lock(session, &opened, &interrupt).await?;
    let mut drops = Vec::new();
    let mut exit = Exit::Well;
    let mut unfinished = vault.unfinished_drops().await?;
    if let Some(batch) = &args.batch {
        let drop = resolve::queued(vault, batch, &unfinished).await?;
        if matches!(drop.phase, DropPhase::Finished | DropPhase::Cancelled) {
            return Err(Failure::invalid(format!("Nothing of drop {} waits to be filed.", drop.new.id)));
        }
        unfinished = vec![drop];
    }
    if unfinished.is_empty() {
        session.output.report("Nothing is waiting.");
    }
    for drop in unfinished {
        let mut wanted = true;
        let stands = if interrupt.asked() {
            drop
        } else {
            // Another program may have paused or cancelled it while the drops before it were filed.
            let drop = vault.queued_drop(drop.new.id).await?.unwrap_or(drop);
            announce(session, vault, &drop).await?;
            wanted = !drop.is_cancelling();
            if drop.is_paused_by_user() {
                vault.end_pause(drop.new.id).await?;
            }
            let went = go_on(session, vault, &interrupt, &drop).await;
            stands_after(vault, went, drop).await?
        };
        let outcome = Outcome::of(vault, stands).await?;
        // A drop that was cancelled before is ended.
        let ended = if wanted { outcome.exit_of_filing() } else { outcome.exit() };
        if ended != Exit::Well {
            exit = Exit::SomeFailed;
        }
        if session.output.is_json() {
            drops.push(outcome.json(vault).await?);
        } else {
            outcome.print(session.output);
        }
    }
    session.output.document(&Document { drops });
    Ok(exit)
}

/// The state of a drop after continuing it. A drop that cannot continue must not hold up the others.
async fn stands_after(
    vault: &Vault,
    went: Result<Finished, VaultError>,
    before: JournaledDrop,
) -> Result<JournaledDrop, Failure> {
    match went {
        Ok(finished) => Ok(stands(finished)),
        // It may have been paused in another program.
        Err(VaultError::Stopped) => Ok(vault.queued_drop(before.new.id).await?.unwrap_or(before)),
        Err(VaultError::Port(error)) if error.is_damage() => Err(error.into()),
        Err(VaultError::Port(error)) => {
            Ok(JournaledDrop { paused: Some(PauseReason::Blocked(error.to_string())), ..before })
        }
    }
}
