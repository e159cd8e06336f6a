//! `strongroom cancel`: cancels the rest of a drop, or single files of it.

use std::time::Duration;

use vault_core::ports::{DropPhase, JournaledDrop};
use vault_home::Opened;

use super::chosen::{chosen, not_ended};
use super::elsewhere::{Stopped, until_stopped};
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::many;
use crate::resolve;
use crate::session::Session;

/// How long to wait for another program, which stops within a second unless it files something else.
const MOST: Duration = Duration::from_secs(10);

/// Cancel the rest of a drop, or single files of it; filed files stay filed
///
/// With FILE, only these files are removed, whether they are queued, wait or failed; the others continue. A drop that
/// is cancelled without a network ends only once the vault can be asked about files that were begun; nothing more of it
/// is filed in any case.
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
    // Cancelling files that never reached a firm's vault needs no access to it.
    let (opened, refused) = session.open_even_if_refused().await?;
    if let Some(error) = refused {
        session.output.warn(error);
    }
    let vault = &opened.vault;
    let mut candidates = vault.unfinished_drops().await?;
    if !args.files.is_empty() {
        candidates.extend(vault.drops_needing_attention().await?);
    }
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    if !args.files.is_empty() {
        return remove_files(session, &opened, drop, &args.files).await;
    }
    if drop.phase == DropPhase::Finished {
        return Err(Failure::invalid(format!("Drop {} is finished: nothing of it waits.", drop.new.id)));
    }
    let outcome = cancel_drop(session, &opened, drop).await?;
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else if outcome.drop.phase == DropPhase::Cancelled {
        session.output.report(outcome.sentence());
    } else {
        outcome.print(session.output);
    }
    if outcome.drop.phase == DropPhase::Finished {
        session.output.warn("It was finished before it could be cancelled.");
        return Ok(Exit::SomeFailed);
    }
    Ok(Exit::Well)
}

/// Cancels a drop. That is recorded first, and is final. A program that reads or files it sees the record and ends the
/// drop; otherwise it is ended here.
async fn cancel_drop(session: &Session<'_>, opened: &Opened, drop: JournaledDrop) -> Result<Outcome, Failure> {
    let (vault, id) = (&opened.vault, drop.new.id);
    vault.note_cancellation(id).await?;
    let (mut right, mut elsewhere) = (opened.right.try_take().await?, false);
    if right.is_none() {
        session.output.note("Another Strongroom is filing. If it is this drop, it stops.");
        match until_stopped(opened, id, MOST).await? {
            Stopped::Free(free) => right = Some(free),
            Stopped::Ended => {}
            Stopped::NotYet => elsewhere = true,
        }
    }
    let drop = if right.is_some() {
        let kept =
            |error| Failure::from(error).and("Nothing more of it is filed; it ends once the vault can be asked.");
        vault.cancel(id).await.map_err(kept)?.drop
    } else {
        vault.queued_drop(id).await?.unwrap_or(drop)
    };
    Ok(Outcome::of(vault, drop).await?.while_filed_elsewhere(elsewhere))
}

/// Removes single files.
async fn remove_files(
    session: &Session<'_>,
    opened: &Opened,
    drop: JournaledDrop,
    files: &[String],
) -> Result<Exit, Failure> {
    let vault = &opened.vault;
    // The holder of the filing lock knows that nothing is filed meanwhile.
    let right = opened.right.try_take().await?;
    let among = not_ended(vault, drop.new.id).await?;
    let seqs = chosen(&among, files, "is still to be filed or has failed")?;
    let elsewhere = right.is_none();
    let taken = vault.remove_files(drop.new.id, &seqs, elsewhere).await?;
    std::mem::drop(right);
    session.output.note(format_args!("Removed: {}.", many(taken.files, "file")));
    if taken.too_late > 0 {
        let too_late = many(taken.too_late, "file");
        session.output.warn(format_args!("Too late for {too_late}: already in the vault, or being filed now."));
    }
    let outcome = Outcome::of(vault, taken.drop).await?.while_filed_elsewhere(elsewhere);
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(if taken.too_late > 0 { Exit::SomeFailed } else { Exit::Well })
}
