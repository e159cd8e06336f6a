//! `strongroom file`: the main command, from a folder to the vault.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use vault_core::Progress;
use vault_core::intake::IntakeProgress;
use vault_core::model::{DropId, MatterId};
use vault_core::ports::{DropPhase, JournaledDrop, PortError};
use vault_core::preflight::PreflightCounts;
use vault_core::{SameName, Vault, VaultError};

use super::filing::{announce, filing_lock, go_on_with_others, stands};
use super::outcome::Outcome;
use super::preflight::{PreflightJson, sentence};
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::filed::as_it_turned_out;
use crate::interrupt::Interrupt;
use crate::json::drop_state;
use crate::lists::print_same_names;
use crate::names::Names;
use crate::resolve;
use crate::session::Session;

/// File folders and files to a matter
///
/// Every content is stored once; every name, date and location is recorded. Unfinished drops are continued first.
/// Ctrl-C stops cleanly; `strongroom resume` continues.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom file ~/Desktop/Box --matter 2024-001"
    "strongroom file Letters invoice.pdf -m 2024-001"
    "strongroom file /media/usb -m general --json | jq .problemFiles"
])]
pub(crate) struct Args {
    /// Folders and files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The matter to file to: its id or number
    #[arg(long, short, value_name = "MATTER")]
    matter: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FileJson {
    batch_id: String,
    matter_id: String,
    matter_number: Option<String>,
    state: &'static str,
    #[serde(flatten)]
    preflight: PreflightJson,
    stored: u64,
    skipped: u64,
    failed: u64,
    bytes_stored: u64,
    waiting: u64,
    later: u64,
    cancelled: u64,
    paused: Option<String>,
}

/// The counts of the pre-flight; `None` if reading was stopped.
#[derive(Debug, Default)]
struct Planned {
    counts: PreflightCounts,
    same_names: Vec<SameName>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let sources = session.home.sources(&args.paths)?;
    let opened = session.open_for_intake().await?;
    let vault = &opened.vault;
    let matter = resolve::matter(vault, &args.matter).await?.matter.id;
    let interrupt = Interrupt::listen();
    let _right = filing_lock(session, &opened, &interrupt).await?;
    let id = match not_read_yet(vault, &matter, &sources).await? {
        Some(before) => {
            announce(session, vault, &before).await?;
            before.new.id
        }
        None => vault.accept(&matter, sources).await?,
    };
    go_on_with_others(session, vault, &interrupt, id).await?;
    let (planned, drop) = perform(session, vault, &interrupt, id).await?;
    let outcome = Outcome::of(vault, drop).await?;
    if session.output.is_json() {
        session.output.document(&document(vault, planned, &outcome).await?);
    } else {
        outcome.print(session.output);
    }
    Ok(outcome.exit_of_filing())
}

/// The same drop, accepted by a program that ended before it had read anything: repeating the command makes no second
/// drop.
async fn not_read_yet(vault: &Vault, matter: &MatterId, sources: &[PathBuf]) -> Result<Option<JournaledDrop>, Failure> {
    let unfinished = vault.unfinished_drops().await?;
    let is_the_same = |drop: &JournaledDrop| drop.new.matter == *matter && drop.new.sources == sources;
    let is_free = |drop: &JournaledDrop| drop.phase == DropPhase::Preparing && drop.paused.is_none();
    Ok(unfinished.into_iter().find(|drop| is_the_same(drop) && is_free(drop)))
}

/// Reads and files an accepted drop. The counts are those of the pre-flight; there are none if reading was stopped.
async fn perform(
    session: &Session<'_>,
    vault: &Vault,
    interrupt: &Interrupt,
    id: DropId,
) -> Result<(Option<Planned>, JournaledDrop), Failure> {
    let accepted = vault.queued_drop(id).await?.ok_or_else(|| gone(id))?;
    let progress = Arc::<IntakeProgress>::default();
    let line = session.watch(interrupt, "Reading", progress.clone());
    let planned = vault.read(&accepted, progress).await;
    drop(line);
    let preflight = match planned {
        Ok(preflight) => preflight,
        Err(VaultError::Stopped) => {
            return match vault.stopped_reading(id).await {
                Ok(given_up) => Ok((None, given_up.drop)),
                // Its current state: it may have been paused.
                Err(VaultError::Stopped) => Ok((None, vault.queued_drop(id).await?.unwrap_or(accepted))),
                Err(VaultError::Port(error)) => Err(stays_in_queue(error)),
            };
        }
        Err(VaultError::Port(error)) => return Err(stays_in_queue(error)),
    };
    let (counts, same_names) = (preflight.counts, preflight.same_names());
    session.output.report(sentence(counts));
    print_same_names(session.output, &same_names);
    let progress = Arc::new(Progress::expecting(counts.bytes_to_store));
    let line = session.watch(interrupt, "Filing", progress.clone());
    let finished = vault.file(id, preflight, progress).await;
    drop(line);
    let finished = finished.map_err(stays_in_queue)?;
    Ok((Some(Planned { counts, same_names }), stands(finished)))
}

fn gone(id: DropId) -> Failure {
    Failure::from(PortError::damaged(format!("Drop {id} is no longer in the queue.")))
}

fn stays_in_queue(error: PortError) -> Failure {
    Failure::from(error).and("The drop stays in the queue. To continue: strongroom resume")
}

async fn document(vault: &Vault, planned: Option<Planned>, outcome: &Outcome) -> Result<FileJson, Failure> {
    let drop = &outcome.drop;
    let turned_out = |planned: Planned| Planned { counts: as_it_turned_out(planned.counts, drop), ..planned };
    let Planned { counts, same_names } = planned.map(turned_out).unwrap_or_default();
    Ok(FileJson {
        batch_id: drop.new.id.to_string(),
        matter_number: Names::new(vault).number(&drop.new.matter).await?,
        matter_id: drop.new.matter.to_string(),
        state: drop_state(drop.phase),
        preflight: PreflightJson::new(counts, &same_names, &outcome.left_out, &outcome.problems),
        stored: drop.counts.stored,
        skipped: drop.counts.skipped,
        failed: drop.counts.failed,
        bytes_stored: drop.counts.bytes_stored,
        waiting: drop.waiting,
        later: drop.later,
        cancelled: drop.cancelled,
        paused: drop.paused.as_ref().map(ToString::to_string),
    })
}
