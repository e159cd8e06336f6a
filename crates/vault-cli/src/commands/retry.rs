//! `strongroom retry`: retries files that failed.

use std::sync::Arc;

use vault_core::ports::{DropPhase, JournaledDrop};
use vault_core::{Vault, VaultError};

use super::chosen::{chosen, not_getting_on};
use super::filing::{Both, filing_lock, stands};
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Retry the files of a drop that failed, or wait for a retry
///
/// Use it once the cause is fixed: a file was closed in Word, a drive connected again, permission to read granted. A
/// folder that could not be read is read again. `strongroom locate` gives the new place of missing files, and
/// `strongroom skip` skips files whose problem cannot be fixed.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom retry --batch latest"
    "strongroom retry --batch 0199c0de \"Box/Contract.docx\""
])]
pub(crate) struct Args {
    /// The drop: its id, the beginning or end of it, or `latest` for the last one with failed files
    #[arg(long, short, value_name = "BATCH")]
    batch: String,
    /// Only these files or folders, as `strongroom history --batch` lists them
    #[arg(value_name = "FILE")]
    files: Vec<String>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    let interrupt = Interrupt::listen();
    let _right = filing_lock(session, &opened, &interrupt).await?;
    let drop = to_try_again(vault, &args.batch).await?;
    let seqs = if args.files.is_empty() {
        Vec::new()
    } else {
        chosen(&not_getting_on(vault, drop.new.id).await?, &args.files, "needs to be tried again")?
    };
    let drop = if drop.attention == 0 && drop.waiting == 0 {
        session.output.note("None of its files needs a retry.");
        drop
    } else {
        try_again(session, vault, &interrupt, drop, &seqs).await?
    };
    let outcome = Outcome::of(vault, drop).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(outcome.exit_of_filing())
}

/// The requested drop, if files of it can be retried.
pub(super) async fn to_try_again(vault: &Vault, batch: &str) -> Result<JournaledDrop, Failure> {
    let mut candidates = vault.drops_needing_attention().await?;
    candidates.extend(vault.unfinished_drops().await?.into_iter().filter(|drop| drop.attention + drop.later > 0));
    let drop = resolve::queued(vault, batch, &candidates).await?;
    let id = drop.new.id;
    match drop.phase {
        DropPhase::Preparing => {
            let message = format!("The folders of drop {id} are not read yet. `strongroom resume` continues it.");
            Err(Failure::invalid(message))
        }
        DropPhase::Cancelled => {
            let message =
                format!("Drop {id} was cancelled. File its folders again: stored content is not stored twice.");
            Err(Failure::invalid(message))
        }
        DropPhase::Filing | DropPhase::Finished => Ok(drop),
    }
}

/// Retries these files; if there are none, all that need attention or wait.
pub(super) async fn try_again(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    drop: JournaledDrop,
    seqs: &[u64],
) -> Result<JournaledDrop, Failure> {
    let both = Arc::<Both>::default();
    let _line = session.watch(interrupt, "Filing", both.clone());
    match vault.retry(drop.new.id, seqs, Arc::clone(&both.intake), Arc::clone(&both.filing)).await {
        Ok(finished) => Ok(stands(finished)),
        Err(VaultError::Stopped) => Ok(drop),
        Err(VaultError::Port(error)) => Err(error.into()),
    }
}
