//! `strongroom unfiled`: files that wait on this computer and are not in the vault, and where they are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use vault_core::filing::{AtSource, Unfiled, UnfiledFile};
use vault_core::intake::IntakeProgress;
use vault_core::model::PathText;
use vault_core::ports::{DropPhase, JournaledDrop};
use vault_core::{Progress, SystemFault, Vault, VaultError};
use vault_home::Opened;

use super::filing::places;
use super::restore::{RestoreJson, print};
use crate::args::examples;
use crate::errors::{Code, Exit, Failure};
use crate::format::{many, moment, printable, size};
use crate::interrupt::Interrupt;
use crate::json::{QueuedJson, UnfiledJson};
use crate::names::Names;
use crate::output::Output;
use crate::resolve;
use crate::session::Session;

/// List the files that wait on this computer and are not in the vault, and copy them to a folder
///
/// They are still where they were dropped from. Each is read, to show whether it has changed since. This needs no
/// network and no access to the firm's vault: it also works for a user who has left the firm, or has signed out.
/// Skipped, cancelled and left-out files are not listed.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom unfiled"
    "strongroom unfiled --copy-to ~/Desktop/Not-filed"
    "strongroom unfiled --json | jq -r '.drops[].files[].source'"
])]
pub(crate) struct Args {
    /// Only this drop: its id, the beginning or end of it, or `latest` for the last one that has such files
    #[arg(long, short, value_name = "BATCH")]
    batch: Option<String>,
    /// Copy them into this folder, with their folders and times; existing files are not overwritten
    #[arg(long, value_name = "DEST")]
    copy_to: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Document {
    drops: Vec<DropJson>,
    copied: Option<RestoreJson>,
}

#[derive(Debug, Serialize)]
struct DropJson {
    #[serde(flatten)]
    drop: QueuedJson,
    files: Vec<UnfiledJson>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let queues = session.open_queues().await?;
    let interrupt = Interrupt::listen();
    let mut waiting = Vec::new();
    for (vault, drops) in chosen(&queues, args).await? {
        waiting.push((vault, look(session, vault, &interrupt, drops).await?));
    }
    let Some(dest) = &args.copy_to else {
        if session.output.is_json() {
            session.output.document(&Document { drops: json(&waiting).await?, copied: None });
        } else {
            print_all(session.output, &waiting).await?;
        }
        return Ok(Exit::Well);
    };
    let dest =
        std::path::absolute(dest).map_err(|error| Failure::invalid(SystemFault::of(&error).could_not("find", dest)))?;
    waiting.retain(|(_, unfiled)| unfiled.iter().any(|drop| !drop.files.is_empty() || !drop.folders.is_empty()));
    let drops = json(&waiting).await?;
    let mut waiting = waiting.into_iter();
    match (waiting.next(), waiting.next()) {
        (None, _) => Err(Failure::not_found(format!("{NOTHING} There is nothing to copy."))),
        (Some((vault, unfiled)), None) => copy(session, vault, &interrupt, unfiled, (drops, &dest)).await,
        (Some(_), Some(_)) => Err(Failure::new(
            Code::Ambiguous,
            "Files of several users wait on this computer. `strongroom unfiled` lists them; copy them drop by drop, with --batch.",
        )),
    }
}

/// Drops of a queue with their files that are not in the vault.
type Waiting<'a> = (&'a Vault, Vec<Unfiled>);

async fn json(waiting: &[Waiting<'_>]) -> Result<Vec<DropJson>, Failure> {
    let mut json = Vec::new();
    for (vault, unfiled) in waiting {
        let mut names = Names::new(vault);
        for Unfiled { drop, files, .. } in unfiled {
            let drop = QueuedJson::new(drop.clone(), &mut names).await?;
            json.push(DropJson { drop, files: files.iter().map(UnfiledJson::from).collect() });
        }
    }
    Ok(json)
}

const NOTHING: &str = "Nothing waits on this computer that is not in the vault.";

/// The requested drops, by queue.
async fn chosen<'a>(queues: &'a [Opened], args: &Args) -> Result<Vec<(&'a Vault, Vec<JournaledDrop>)>, Failure> {
    let mut all = Vec::with_capacity(queues.len());
    for Opened { vault, .. } in queues {
        all.push((vault, vault.unfiled_drops().await?));
    }
    let Some(text) = &args.batch else { return Ok(all) };
    let mut refused = None;
    for (vault, drops) in all {
        match one_of(vault, text, drops).await {
            Ok(drop) => return Ok(vec![(vault, vec![drop])]),
            Err(failure) => refused = Some(failure),
        }
    }
    Err(refused.unwrap_or_else(|| Failure::not_found(NOTHING)))
}

async fn one_of(vault: &Vault, text: &str, drops: Vec<JournaledDrop>) -> Result<JournaledDrop, Failure> {
    let id = resolve::queued(vault, text, &drops).await?.new.id;
    drops.into_iter().find(|drop| drop.new.id == id).ok_or_else(|| {
        Failure::not_found(format!(
            "Nothing of drop {id} waits: it is filed, or was cancelled. `strongroom history --batch {id}` shows it."
        ))
    })
}

/// Compares every file of these drops with its dropped content.
async fn look(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    drops: Vec<JournaledDrop>,
) -> Result<Vec<Unfiled>, Failure> {
    let progress = Arc::<IntakeProgress>::default();
    let _line = session.watch(interrupt, "Comparing", progress.clone());
    let mut unfiled = Vec::with_capacity(drops.len());
    for drop in drops {
        match vault.unfiled(drop, Arc::clone(&progress)).await {
            Ok(drop) => unfiled.push(drop),
            Err(VaultError::Stopped) => {
                let message = "Stopped before everything was compared. Nothing was changed.";
                return Err(Failure::new(Code::Interrupted, message));
            }
            Err(VaultError::Port(error)) => return Err(error.into()),
        }
    }
    Ok(unfiled)
}

async fn copy(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    unfiled: Vec<Unfiled>,
    (drops, dest): (Vec<DropJson>, &Path),
) -> Result<Exit, Failure> {
    let progress = Arc::<Progress>::default();
    let line = session.watch(interrupt, "Copying", progress.clone());
    let copied = vault.copy_unfiled(unfiled, dest, progress).await;
    drop(line);
    let copied = copied?;
    let document = Document { drops, copied: Some(RestoreJson::from(&copied)) };
    session.output.answer(&document, || print(session, &copied, "copied", dest));
    Ok(if copied.problems.is_empty() && !copied.stopped { Exit::Well } else { Exit::SomeFailed })
}

async fn print_all(output: &Output, waiting: &[Waiting<'_>]) -> Result<(), Failure> {
    let files = || waiting.iter().flat_map(|(_, unfiled)| unfiled).flat_map(|drop| &drop.files);
    if waiting.iter().all(|(_, unfiled)| unfiled.is_empty()) {
        output.line(NOTHING);
        return Ok(());
    }
    let bytes = files().filter_map(|file| file.file.read).map(|read| read.size).sum();
    let (count, verb) = (files().count() as u64, if files().count() == 1 { "is" } else { "are" });
    output.line(format_args!("{} {verb} not in the vault ({}).", many(count, "file"), size(bytes)));
    for (vault, unfiled) in waiting {
        let mut names = Names::new(vault);
        for drop in unfiled {
            print_drop(output, drop, &mut names).await?;
        }
    }
    output.line("\nTo copy them: strongroom unfiled --copy-to FOLDER");
    Ok(())
}

async fn print_drop(output: &Output, unfiled: &Unfiled, names: &mut Names<'_>) -> Result<(), Failure> {
    let Unfiled { drop, files, .. } = unfiled;
    let matter = names.matter_name(&drop.new.matter).await?;
    output.line(format_args!("\nDropped on {} at {}", printable(&matter), moment(drop.new.started)));
    output.line(format_args!("From {}", places(drop)));
    if drop.phase == DropPhase::Preparing {
        output.line("Not read when it was dropped; this is what is there now.");
    }
    for file in files {
        let place = PathText::from_os(file.place.as_os_str());
        let reason = file.problem().map(|reason| format!(" Not filed: {}", printable(&reason))).unwrap_or_default();
        output.line(format_args!("  {}: {}.{reason}", printable(place.text()), stands(file)));
    }
    Ok(())
}

/// The state of a file, as text.
fn stands(file: &UnfiledFile) -> &'static str {
    match file.now {
        AtSource::Unchanged => "there, unchanged",
        AtSource::Changed => "changed since it was dropped",
        AtSource::Missing => "no longer there",
        AtSource::NeverRead => "there; never read, so it is unknown whether it has changed",
        AtSource::FolderNeverRead => "a folder that could not be read",
    }
}
