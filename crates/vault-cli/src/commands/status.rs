//! `strongroom status`: what waits, and what needs attention.

use serde::Serialize;
use vault_core::Vault;
use vault_core::ports::{DropPhase, JournaledDrop, StatusFilter, Unreadable};
use vault_core::queue::PauseReason;

use super::changes::heading;
use super::filing::places;
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::{count, many, moment, printable};
use crate::json::{ChangeJson, QueuedJson};
use crate::lists::{Listed, Waits};
use crate::names::Names;
use crate::session::Session;

/// The number of waiting files of a drop that are listed by name.
const NAMED: usize = 5;

/// Show what is waiting, and what needs attention
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom status"
    "strongroom status --json | jq '[.unfinished[].waiting] | add'"
])]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusJson {
    home: String,
    user: String,
    user_name: String,
    team: String,
    device: String,
    unfinished: Vec<QueuedJson>,
    attention: Vec<QueuedJson>,
    /// Changes to clients and matters that have not reached the firm's vault.
    changes: Vec<ChangeJson>,
    /// Documents of the firm's vault that cannot be read and were set aside.
    unreadable: Vec<UnreadableJson>,
    counts: CountsJson,
}

#[derive(Debug, Serialize)]
struct UnreadableJson {
    document: String,
    reason: String,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct CountsJson {
    clients: u64,
    matters: u64,
    files: u64,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, _args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let vault = &opened.vault;
    let person = vault.person().await?;
    let unfinished = as_it_stands(vault, vault.unfinished_drops().await?).await?;
    let attention = vault.drops_needing_attention().await?;
    let mut changes = Vec::new();
    for edit in vault.waiting_edits().await? {
        changes.push(ChangeJson::of(vault, edit).await?);
    }
    let matters = vault.mirror.matters(StatusFilter::Present).await?;
    let counts = CountsJson {
        clients: vault.mirror.clients(false).await?.len() as u64,
        matters: matters.len() as u64,
        files: matters.iter().map(|matter| matter.files).sum(),
    };
    let unreadable = vault.mirror.unreadable().await?;
    let mut names = Names::new(vault);
    let home = session.home.folder().display().to_string();
    if session.output.is_json() {
        session.output.document(&StatusJson {
            home,
            user: person.user.to_string(),
            user_name: person.display_name,
            team: person.team.to_string(),
            device: person.device.to_string(),
            unfinished: queued(unfinished, &mut names).await?,
            attention: queued(attention, &mut names).await?,
            changes,
            unreadable: unreadable
                .into_iter()
                .map(|Unreadable { document, reason }| UnreadableJson { document, reason })
                .collect(),
            counts,
        });
        return Ok(Exit::Well);
    }
    let output = session.output;
    output.line(format_args!("Vault    {}", printable(&home)));
    output.line(format_args!("User     {} on {}", printable(&person.display_name), person.device));
    let (clients, matters) = (many(counts.clients, "client"), many(counts.matters, "matter"));
    output.line(format_args!("Holds    {}, {clients}, {matters}", many(counts.files, "document")));
    if unfinished.is_empty() && changes.is_empty() {
        output.line("\nNothing is waiting.");
    }
    print_changes(session, &changes);
    print_unreadable(session, &unreadable);
    for drop in &unfinished {
        let matter = names.matter_name(&drop.new.matter).await?;
        output.line(format_args!("\nWaiting: {}", what_waits(drop)));
        print_drop(session, drop, &matter);
        let waits: Vec<Waits> = vault.waiting_files(drop.new.id).await?.iter().filter_map(Waits::from_item).collect();
        for Waits { listed: Listed { path, reason }, until } in waits.iter().take(NAMED) {
            let (path, at) = (printable(path.text()), moment(*until));
            output.line(format_args!(
                "  Waits: {path}: {reason} Not retried before {at}, except by `strongroom resume`."
            ));
        }
        if waits.len() > NAMED {
            output.line(format_args!("  … and {} more that wait for a retry", count((waits.len() - NAMED) as u64)));
        }
    }
    if !unfinished.is_empty() {
        output.line("  To continue: strongroom resume");
    }
    for drop in &attention {
        let matter = names.matter_name(&drop.new.matter).await?;
        output.line(format_args!("\nCould not be filed: {}", many(drop.attention, "file")));
        print_drop(session, drop, &matter);
        let id = drop.new.id;
        output.line(format_args!("  Listed by `strongroom history --batch {id}`, retried by `… retry --batch {id}`"));
    }
    Ok(Exit::Well)
}

async fn queued(drops: Vec<JournaledDrop>, names: &mut Names<'_>) -> Result<Vec<QueuedJson>, Failure> {
    let mut json = Vec::with_capacity(drops.len());
    for drop in drops {
        json.push(QueuedJson::new(drop, names).await?);
    }
    Ok(json)
}

/// Drops with the reason why they cannot be filed now, if it differs from that of the last attempt: a colleague may
/// have closed the matter since.
async fn as_it_stands(vault: &Vault, mut drops: Vec<JournaledDrop>) -> Result<Vec<JournaledDrop>, Failure> {
    for drop in drops.iter_mut().filter(|drop| !drop.is_stopped_by_user()) {
        if let Some(reason) = vault.in_the_way(drop).await? {
            drop.paused = Some(PauseReason::Blocked(reason.to_string()));
        }
    }
    Ok(drops)
}

/// The documents that were set aside, a few of them with the reason.
fn print_unreadable(session: &Session<'_>, unreadable: &[Unreadable]) {
    if unreadable.is_empty() {
        return;
    }
    let output = session.output;
    output.line(format_args!(
        "\nSet aside: {} of the firm's vault cannot be read. Everything else is up to date.",
        many(unreadable.len() as u64, "document")
    ));
    let shown = if output.verbose { unreadable.len() } else { NAMED.min(unreadable.len()) };
    for Unreadable { document, reason } in &unreadable[..shown] {
        output.line(format_args!("  {}: {}", printable(document), printable(reason)));
    }
    if shown < unreadable.len() {
        output.line(format_args!("  … and {} more", count((unreadable.len() - shown) as u64)));
    }
}

/// The waiting changes, one per line.
fn print_changes(session: &Session<'_>, changes: &[ChangeJson]) {
    let output = session.output;
    let (refused, unsent): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.is_refused());
    for (changes, one, several) in [
        (unsent, "waits to be sent", "wait to be sent"),
        (refused, "waits for you to choose", "wait for you to choose"),
    ] {
        if changes.is_empty() {
            continue;
        }
        output.line(format_args!("\n{}:", heading(changes.len(), one, several)));
        for change in changes {
            output.line(format_args!("  {}", printable(&change.sentence())));
            if let Some(reason) = change.reason() {
                output.line(format_args!("    {}", printable(reason)));
            }
        }
        output.line("  Shown in full by `strongroom changes`");
    }
}

fn what_waits(drop: &JournaledDrop) -> String {
    if drop.is_cancelling() {
        return format!("{} of a drop that is being cancelled", many(drop.waiting, "file"));
    }
    match (drop.phase, &drop.paused) {
        (DropPhase::Preparing, None) => "a drop whose folders are not read yet".to_owned(),
        (DropPhase::Preparing, Some(reason)) => format!("a drop whose folders are not read yet. Paused: {reason}"),
        (_, None) => many(drop.waiting, "file"),
        (_, Some(reason)) => format!("{}. Paused: {reason}", many(drop.waiting, "file")),
    }
}

fn print_drop(session: &Session<'_>, drop: &JournaledDrop, matter: &str) {
    let output = session.output;
    output.line(format_args!("  Dropped on {} at {}", printable(matter), moment(drop.new.started)));
    output.line(format_args!("  From {}", places(drop)));
    if drop.phase != DropPhase::Preparing {
        let (stored, skipped) = (count(drop.counts.stored), count(drop.counts.skipped));
        output.line(format_args!("  So far {stored} stored, {skipped} already in the vault"));
    }
}
