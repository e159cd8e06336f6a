//! `strongroom locate`: finds missing files at another place.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use vault_core::VaultError;
use vault_core::filing::Located;
use vault_core::intake::IntakeProgress;

use super::chosen::chosen;
use super::filing::filing_lock;
use super::outcome::{Outcome, OutcomeJson};
use super::retry::{to_try_again, try_again};
use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::{many, printable};
use crate::interrupt::Interrupt;
use crate::resolve;
use crate::session::Session;

/// Give the new place of missing files, and file them from there
///
/// PLACE is the folder that contains them now (the dropped one, one below it, or its parent), or one file. A file is
/// recognised by its content, and filed under the name, the folder and the time it was dropped with. If the file found
/// has other content, it is reported and left unchanged.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom locate --batch latest /media/other-stick/Box"
    "strongroom locate --batch latest ~/Moved/Letter.pdf Box/Letters/Letter.pdf"
])]
pub(crate) struct Args {
    /// The drop: its id, the beginning or end of it, or `latest` for the last one with failed files
    #[arg(long, short, value_name = "BATCH")]
    batch: String,
    /// Where they are now: a folder, or one file
    #[arg(value_name = "PLACE")]
    place: PathBuf,
    /// These files, as `strongroom history --batch` lists them. With a folder, all other missing files are
    /// searched for, too
    #[arg(value_name = "FILE")]
    files: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    found: u64,
    different: Vec<String>,
    missing: u64,
    #[serde(flatten)]
    drop: OutcomeJson,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let place = session.home.sources(std::slice::from_ref(&args.place))?;
    let opened = session.open().await?;
    let vault = &opened.vault;
    let interrupt = Interrupt::listen();
    let _right = filing_lock(session, &opened, &interrupt).await?;
    let drop = to_try_again(vault, &args.batch).await?;
    let failed = vault.files_needing_attention(drop.new.id).await?;
    // With a folder, all missing files are meant; a single file stands for the only missing one.
    let seqs = match (&args.files[..], place.iter().any(|place| place.is_dir())) {
        ([], true) => Vec::new(),
        (files, _) => chosen(&failed, files, "has failed")?,
    };
    let located = {
        let progress = Arc::<IntakeProgress>::default();
        let _line = session.watch(&interrupt, "Comparing", progress.clone());
        let at = place.first().ok_or_else(|| Failure::invalid("Name the folder they are in now."))?;
        vault.locate(drop.new.id, &seqs, at, progress).await
    };
    let Located { found, different, missing } = match located {
        Ok(located) => located,
        Err(VaultError::Stopped) => {
            return Err(Failure::new(
                Code::Interrupted,
                "Stopped before everything was compared. Nothing was changed.",
            ));
        }
        Err(VaultError::Port(error)) => return Err(error.into()),
    };
    for path in &different {
        let path = printable(path.text());
        session.output.warn(format_args!("{path}: the file found has other content. It was left unchanged."));
    }
    if missing > 0 {
        session.output.warn(format_args!("Not found: {}.", many(missing, "file")));
    }
    session.output.note(format_args!("Found: {}.", many(found.len() as u64, "file")));
    let drop = if found.is_empty() {
        resolve::queued(vault, &drop.new.id.to_string(), &[]).await?
    } else {
        try_again(session, vault, &interrupt, drop, &found).await?
    };
    let outcome = Outcome::of(vault, drop).await?;
    if session.output.is_json() {
        session.output.document(&Document {
            found: found.len() as u64,
            different: different.iter().map(|path| path.text().to_owned()).collect(),
            missing,
            drop: outcome.json(vault).await?,
        });
    } else {
        outcome.print(session.output);
    }
    Ok(outcome.exit_of_filing())
}
