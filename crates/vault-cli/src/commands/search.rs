//! `strongroom search`: searches by name.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use serde::Serialize;
use vault_core::Vault;
use vault_core::model::MetadataRecord;
use vault_core::ports::{FolderKey, Location, MatterSummary, SearchHits};

use crate::args::{at_least_one, examples};
use crate::errors::{Exit, Failure};
use crate::format::{modified, printable, size};
use crate::json::{ClientJson, MatterJson, RecordJson};
use crate::names::{Names, title_of};
use crate::session::Session;
use crate::table::{Set, Table};

/// Find clients, matters, folders and files by name
///
/// All words must match, in any order: whole words come first, then beginnings of words, then parts of words.
#[derive(Debug, clap::Args)]
#[command(after_help = examples![
    "strongroom search engagement letter"
    "strongroom search 2024-0"
    "strongroom search invoice --json | jq '.documents[].folderPaths'"
])]
pub(crate) struct Args {
    /// What to look for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// The maximum number of results of each kind
    #[arg(long, short = 'n', value_name = "N", default_value = "20", value_parser = at_least_one)]
    limit: NonZeroUsize,
}

/// How many places of a document are printed. `show` prints all.
const LOCATIONS: usize = 20;

#[derive(Debug, Serialize)]
struct SearchJson {
    clients: Vec<ClientJson>,
    matters: Vec<MatterJson>,
    folders: Vec<FolderJson>,
    documents: Vec<RecordJson>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct FolderJson {
    matter_id: String,
    matter_number: Option<String>,
    path: String,
}

/// Performs the command.
pub(super) async fn run(session: &Session<'_>, args: &Args) -> Result<Exit, Failure> {
    let opened = session.open().await?;
    let hits = opened.vault.mirror.search(&args.text.join(" "), args.limit.get()).await?;
    let mut names = Names::new(&opened.vault);
    if session.output.is_json() {
        session.output.document(&document(hits, &opened.vault, &mut names).await?);
    } else {
        print(session, hits, &opened.vault, &mut names).await?;
    }
    Ok(Exit::Well)
}

/// The places of each of these documents.
async fn locations(vault: &Vault, records: &[MetadataRecord]) -> Result<Vec<Vec<Location>>, Failure> {
    let of: Vec<_> = records.iter().map(|record| (&record.matter, record.metadata_hash)).collect();
    Ok(vault.mirror.locations_of(&of, LOCATIONS).await?)
}

async fn document(hits: SearchHits, vault: &Vault, names: &mut Names<'_>) -> Result<SearchJson, Failure> {
    let SearchHits { clients, matters, folders, records } = hits;
    let mut json = SearchJson {
        clients: clients.into_iter().map(ClientJson::from).collect(),
        matters: matters.into_iter().map(MatterJson::from).collect(),
        folders: Vec::with_capacity(folders.len()),
        documents: Vec::with_capacity(records.len()),
    };
    for FolderKey { matter, path } in folders {
        let matter_number = names.number(&matter).await?;
        json.folders.push(FolderJson { matter_id: matter.to_string(), matter_number, path });
    }
    let locations = locations(vault, &records).await?;
    for (record, locations) in records.into_iter().zip(locations) {
        let number = names.number(&record.matter).await?;
        json.documents.push(RecordJson::new(record, number, locations));
    }
    Ok(json)
}

async fn print(session: &Session<'_>, hits: SearchHits, vault: &Vault, names: &mut Names<'_>) -> Result<(), Failure> {
    let output = session.output;
    if hits == SearchHits::default() {
        output.report("Nothing found.");
        return Ok(());
    }
    for client in &hits.clients {
        output.line(format_args!("Client  {}", printable(&client.fields.name)));
    }
    for MatterSummary { matter, .. } in &hits.matters {
        output.line(format_args!("Matter  {}", printable(&title_of(matter))));
    }
    for FolderKey { matter, path } in &hits.folders {
        output.line(format_args!("Folder  {} in {}", printable(path), printable(&names.short(matter).await?)));
    }
    if hits.records.is_empty() {
        return Ok(());
    }
    if hits.clients.len() + hits.matters.len() + hits.folders.len() > 0 {
        output.line("");
    }
    let mut table = Table::new([
        ("DOCUMENT", Set::Left),
        ("NAME", Set::Left),
        ("MODIFIED", Set::Left),
        ("SIZE", Set::Right),
        ("MATTER", Set::Left),
        ("FOLDER", Set::Left),
        ("FROM", Set::Left),
    ]);
    let locations = locations(vault, &hits.records).await?;
    for (record, locations) in hits.records.into_iter().zip(locations) {
        let folders: Vec<&str> = record.folder_paths.iter().collect();
        let from: BTreeSet<String> = locations.into_iter().filter_map(|location| location.source).collect();
        table.row([
            record.metadata_hash.to_string()[..12].to_owned(),
            record.original_name.clone(),
            modified(record.last_modified),
            size(record.size),
            names.short(&record.matter).await?,
            folders.join(", "),
            from.into_iter().collect::<Vec<_>>().join(", "),
        ]);
    }
    table.print(output);
    Ok(())
}
