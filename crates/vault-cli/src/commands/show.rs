//! `strongroom show`: shows the origin of a document.

use serde::Serialize;
use vault_core::ports::Document;

use super::history::{to_json, with_sources, word};
use crate::args::examples;
use crate::errors::{Exit, Failure};
use crate::format::{modified, moment, printable, size};
use crate::json::{EventJson, LocationJson, RecordJson};
use crate::names::Names;
use crate::resolve;
use crate::session::Session;

/// Show everything known about one document
///
/// Every name, path and date it came with, who filed it, when and from which computer.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom show 26eb771d6826"
    "sha256sum Contract.pdf | cut -c1-64 | xargs strongroom show"
])]
pub(crate) struct Args {
    /// Its file hash (SHA-256) or metadata hash, or the first digits of it, at least 4
    #[arg(value_name = "DOCUMENT")]
    document: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentJson {
    file_hash: String,
    size: u64,
    records: Vec<RecordJson>,
    events: Vec<EventJson>,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let document = resolve::document(&opened.vault, &args.document).await?;
    let mut names = Names::new(&opened.vault);
    if session.output.is_json() {
        session.output.document(&json(document, &mut names).await?);
    } else {
        print(session, &document, &mut names).await?;
    }
    Ok(Exit::Well)
}

fn size_of(document: &Document) -> u64 {
    let by_record = document.records.first().map(|record| record.size);
    by_record.or_else(|| document.events.first().map(|event| event.size)).unwrap_or_default()
}

async fn json(document: Document, names: &mut Names<'_>) -> Result<DocumentJson, Failure> {
    let size = size_of(&document);
    let Document { file_hash, records, events, sources } = document;
    let events: Vec<_> = with_sources(events, &sources).collect();
    let all = LocationJson::by_record(&events);
    let mut json = DocumentJson {
        file_hash: file_hash.to_string(),
        size,
        records: Vec::with_capacity(records.len()),
        events: to_json(events, names).await?,
    };
    for record in records {
        let number = names.number(&record.matter).await?;
        let locations = all.get(&(record.matter.clone(), record.metadata_hash)).cloned().unwrap_or_default();
        json.records.push(RecordJson::new(record, number, locations));
    }
    Ok(json)
}

async fn print(session: &Session<'_>, document: &Document, names: &mut Names<'_>) -> Result<(), Failure> {
    let output = session.output;
    output.line(format_args!("SHA-256  {}", document.file_hash));
    output.line(format_args!("Size     {}", size(size_of(document))));
    for record in &document.records {
        let matter = names.matter_name(&record.matter).await?;
        output.line("");
        output.line(format_args!("Name     {}", printable(&record.original_name)));
        output.line(format_args!("Matter   {}", printable(&matter)));
        output.line(format_args!("Modified {}", modified(record.last_modified)));
        for folder in record.folder_paths.iter().filter(|folder| !folder.is_empty()) {
            output.line(format_args!("Folder   {}", printable(folder)));
        }
        output.line(format_args!("Record   {}", record.metadata_hash));
    }
    output.line("\nHistory:");
    for event in &document.events {
        let who = names.person(&event.user).await?.unwrap_or_else(|| event.user.to_string());
        let path = event.folder_path.join(&event.file_name);
        let (when, what) = (moment(event.timestamp), word(event.kind));
        let (path, who, device) = (printable(path.text()), printable(&who), &event.device);
        let reason = event.reason.as_deref().map(|reason| format!(": {}", printable(reason))).unwrap_or_default();
        let from = document.sources.of(event).map(|from| format!(", from {}", printable(from))).unwrap_or_default();
        output.line(format_args!("  {when}  {what:<11}  {path}{from}, by {who} on {device}{reason}"));
    }
    Ok(())
}
