//! `strongroom cancel`: giving up what is left of a drop, or single files of it.

use vault_core::Vault;
use vault_core::ports::{DropPhase, JournaledDrop};

use super::chosen::{chosen, not_ended};
use super::filing::right_to_file;
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::many;
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Give up what is left of a drop, or single files of it; what was filed stays
///
/// With FILE, only these files are taken out, whether they are still to be filed, wait or failed; the others go on.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom cancel --batch latest"
    "strongroom cancel --batch 0199c0de \"Box/Private/diary.docx\""
])]
pub(crate) struct Args {
    /// The drop: its id, the beginning or end of it, or `latest` for the last one that waits
    #[arg(long, short, value_name = "BATCH")]
    batch: String,
    /// Only these files, by their path in the drop
    #[arg(value_name = "FILE")]
    files: Vec<String>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    let interrupt = Interrupt::listen();
    let _right = right_to_file(session, &opened, &interrupt).await?;
    let mut candidates = vault.journal.unfinished().await?;
    if !args.files.is_empty() {
        candidates.extend(vault.journal.needing_attention().await?);
    }
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    if !args.files.is_empty() {
        return take_out(session, vault, drop, &args.files).await;
    }
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

/// Takes single files out.
async fn take_out(
    session: &Session<'_>,
    vault: &Vault,
    drop: JournaledDrop,
    files: &[String],
) -> Result<Exit, Failure> {
    let among = not_ended(vault, drop.new.id).await?;
    let seqs = chosen(&among, files, "is still to be filed or has failed")?;
    let taken = vault.take_out(drop.new.id, &seqs, false).await?;
    session.output.note(format_args!("Taken out: {}.", many(taken.files, "file")));
    let outcome = Outcome::of(vault, taken.drop).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(Exit::Well)
}
