//! `strongroom skip`: skips files that failed.

use vault_core::ports::DropPhase;

use super::chosen::chosen;
use super::outcome::Outcome;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::many;
use crate::resolve;
use crate::session::Session;

/// Skip failed files of a drop; the history still records the failure
///
/// For files whose problem cannot be fixed. Without FILE, all failed files of the drop.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom skip --batch latest"
    "strongroom skip --batch latest \"Box/~$Contract.docx\" \"Box/Locked\""
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
    let candidates = vault.drops_needing_attention().await?;
    let drop = resolve::queued(vault, &args.batch, &candidates).await?;
    let id = drop.new.id;
    if drop.phase == DropPhase::Cancelled {
        return Err(Failure::invalid(format!("The whole drop {id} was cancelled.")));
    }
    let failed = vault.files_needing_attention(id).await?;
    let seqs = chosen(&failed, &args.files, "has failed")?;
    // For the vault, an empty list means all.
    let drop = if seqs.is_empty() { drop } else { vault.dismiss_failed(id, &seqs).await? };
    session.output.note(format_args!("Skipped: {}.", many(seqs.len() as u64, "file")));
    let elsewhere = opened.right.try_take().await?.is_none();
    let outcome = Outcome::of(vault, drop).await?.while_filed_elsewhere(elsewhere);
    if session.output.is_json() {
        session.output.document(&outcome.json(vault).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(Exit::Well)
}
