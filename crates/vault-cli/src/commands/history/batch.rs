//! One drop, with everything about it.

use serde::Serialize;
use vault_core::Vault;
use vault_core::model::{DropId, DropSummary, EventKind, MatterId, PathText};
use vault_core::ports::JournaledDrop;

use super::events::{of_drop, print, to_json};
use crate::errors::Failure;
use crate::format::{count, moment, printable, size};
use crate::json::{DropJson, EventJson, ListedJson, WaitsJson};
use crate::lists::{Listed, Waits, print_left_out, print_problems, print_waiting};
use crate::names::Names;
use crate::resolve;
use crate::session::Session;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    drop: DropJson,
    waiting: u64,
    paused: Option<String>,
    events: Vec<EventJson>,
    left_out_files: Vec<ListedJson>,
    problem_files: Vec<ListedJson>,
    waiting_files: Vec<WaitsJson>,
}

/// Shows a drop, if it was filed to `matter`.
pub(super) async fn show(
    session: &Session<'_>,
    vault: &Vault,
    id: DropId,
    matter: Option<&MatterId>,
    kind: Option<EventKind>,
    limit: usize,
) -> Result<(), Failure> {
    let queued = vault.queued_drop(id).await?;
    let drop = summary(vault, id, queued.as_ref()).await?.filter(|drop| matter.is_none_or(|m| drop.matter == *m));
    let drop = drop
        .ok_or_else(|| Failure::not_found(format!("There is no batch {id} here. `strongroom history` lists them.")))?;
    let left_out: Vec<Listed> = vault.left_out_of(id).await?.iter().map(Listed::from).collect();
    let failed = vault.files_needing_attention(id).await?;
    let problems: Vec<Listed> = failed.iter().filter_map(Listed::from_item).collect();
    let waits: Vec<Waits> = vault.waiting_files(id).await?.iter().filter_map(Waits::from_item).collect();
    let (events, more) = of_drop(vault, id, kind, limit).await?;
    let mut names = Names::new(vault);
    let (waiting, paused) =
        queued.map_or((0, None), |queued| (queued.waiting, queued.paused.map(|reason| reason.to_string())));
    let output = session.output;
    if output.is_json() {
        let document = Document {
            drop: DropJson::new(drop, &mut names).await?,
            waiting,
            paused,
            events: to_json(events, &mut names).await?,
            left_out_files: left_out.iter().map(ListedJson::from).collect(),
            problem_files: problems.iter().map(ListedJson::from).collect(),
            waiting_files: waits.iter().map(WaitsJson::from).collect(),
        };
        output.document(&document);
        return Ok(());
    }
    print_facts(session, &drop, waiting, paused.as_deref(), &mut names).await?;
    print_left_out(output, &left_out);
    print_problems(output, "Could not be filed:", &problems);
    print_waiting(output, &waits);
    if !events.is_empty() {
        output.report("\nFiles:");
    }
    print(output, &events);
    if more {
        output.report("… there are more; --verbose shows all of them.");
    }
    Ok(())
}

/// The drop from the history, or else from the queue, before anything of it was filed.
async fn summary(vault: &Vault, id: DropId, queued: Option<&JournaledDrop>) -> Result<Option<DropSummary>, Failure> {
    let filed = resolve::summary(vault, id).await?;
    let Some(queued) = queued else { return Ok(filed) };
    if filed.as_ref().is_some_and(|filed| filed.finished.is_some() && queued.finished.is_some()) {
        return Ok(filed);
    }
    // Until it is finished, the queue is more complete than the history.
    let person = vault.person().await?;
    Ok(Some(DropSummary {
        id,
        matter: queued.new.matter.clone(),
        user: person.user,
        device: person.device,
        sources: queued.new.sources.iter().map(|source| PathText::from_os(source.as_os_str()).to_string()).collect(),
        started: queued.new.started,
        finished: queued.finished,
        counts: queued.counts,
    }))
}

async fn print_facts(
    session: &Session<'_>,
    drop: &DropSummary,
    waiting: u64,
    paused: Option<&str>,
    names: &mut Names<'_>,
) -> Result<(), Failure> {
    let output = session.output;
    let who = names.person(&drop.user).await?.unwrap_or_else(|| drop.user.to_string());
    let matter = names.matter_name(&drop.matter).await?;
    let finished = drop.finished.map_or_else(|| "not finished".to_owned(), |time| format!("done {}", moment(time)));
    let counts = drop.counts;
    output.line(format_args!("Batch    {}", drop.id));
    output.line(format_args!("Matter   {}", printable(&matter)));
    output.line(format_args!("Who      {} on {}", printable(&who), drop.device));
    output.line(format_args!("When     {}, {finished}", moment(drop.started)));
    for source in &drop.sources {
        output.line(format_args!("From     {}", printable(source)));
    }
    output.line(format_args!(
        "Files    {} stored ({}), {} already in the vault, {} failed, {} left out; {} in all",
        count(counts.stored),
        size(counts.bytes_stored),
        count(counts.skipped),
        count(counts.failed),
        count(counts.left_out),
        size(counts.bytes)
    ));
    if waiting > 0 {
        let paused = paused.map(|reason| format!(" ({reason})")).unwrap_or_default();
        output.line(format_args!("Waiting  {}{paused}; `strongroom resume` continues", count(waiting)));
    }
    Ok(())
}
