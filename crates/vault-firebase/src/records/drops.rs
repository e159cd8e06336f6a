//! The summaries of drops, with their sources, and their folders.

use std::ops::Range;

use prost_types::Timestamp as Moment;
use tonic::Status;
use vault_core::model::{DropFolder, DropId, DropKey, DropSummary, MatterId, untold_folders};
use vault_core::ports::PortError;

use super::contention::Contention;
use super::open_matters::{or_no_matter, require};
use super::pages::{folder_pages, source_pages};
use super::refusal::{Writing, explain};
use super::set_aside::readable;
use super::wire::{
    COUNTS, DROP_FIELDS, Listed, Visibility, drop_fields, page_fields, read_drop, read_folders, read_pages,
    read_source_pages, read_sources,
};
use super::writes::{change, create, replace};
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::{Document, Write};
use crate::firestore::{Doc, Query, Read, is_conflict, is_denied, port_error, reference};

/// Pages of one commit; limits it to less than 10 MiB.
const PAGES: usize = 20;

/// The stored state of a drop.
struct StoredDrop {
    finished: bool,
    has_sources: bool,
    lists_folders: bool,
    source_pages: usize,
    pages: usize,
    as_of: Moment,
}

impl StoredDrop {
    /// Whether any of its folders was written.
    const fn has_folders(&self) -> bool {
        self.lists_folders || self.pages > self.source_pages
    }
}

/// Writes a summary and its folders, as [`put_drop`](vault_core::ports::Records::put_drop) says.
pub(super) async fn put(records: &FirebaseRecords, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
    let visibility = require(records, &summary.matter, false).await?;
    let mut contention = Contention::new();
    loop {
        let done = match standing(records, summary).await? {
            None => create_it(records, summary, folders, visibility).await,
            Some(standing) => {
                let told =
                    if standing.has_folders() { self::folders(records, &summary.key()).await? } else { Vec::new() };
                let untold = untold_folders(folders, &told);
                tell_the_rest(records, summary, &untold, &standing, visibility).await
            }
        };
        match done {
            Ok(true) => return Ok(()),
            // The lists of a new drop must still be written.
            Ok(false) => {}
            // Another program of the same user was faster; the rules see an edit.
            Err(status) if is_conflict(&status) || (contention.is_first() && is_denied(&status)) => {
                if !contention.again().await {
                    return Err(PortError::later("Another program tells of the same drop just now."));
                }
            }
            Err(status) => return Err(explain(records, &status, Writing::Summary(&summary.matter)).await),
        }
    }
}

async fn standing(records: &FirebaseRecords, summary: &DropSummary) -> Answer<Option<StoredDrop>> {
    let name = records.names.drop(&summary.matter, summary.id);
    let found = records.firestore.get(vec![name.clone()], &Read::Now, &[]).await;
    let found = or_no_matter(records, &summary.matter, found).await?.unwrap_or_default();
    let Some(document) = found.get(&name) else { return Ok(None) };
    let doc = Doc::of(document);
    if doc.text("userId")? != summary.user.as_str() {
        return Err(somebody_elses(summary));
    }
    Ok(Some(StoredDrop {
        finished: doc.some_time("finishedAt")?.is_some(),
        has_sources: !doc.texts("sources")?.is_empty(),
        lists_folders: doc.has_values("folders"),
        source_pages: read_source_pages(doc)?,
        pages: read_pages(doc)?,
        as_of: document.update_time.unwrap_or_default(),
    }))
}

/// Ids are random, so a collision is deliberate: the new drop gets another id.
fn somebody_elses(summary: &DropSummary) -> PortError {
    PortError::invalid(format!(
        "A drop of somebody else has the id of this one ({}) in the firm's vault, so nothing can be filed in it. Cancel it, \
         drop the folder again, and tell your administrator.",
        summary.id
    ))
}

/// Which times of a drop the server sets.
fn times<'a>(summary: &DropSummary, others: &[&'a str]) -> Vec<&'a str> {
    let finished = summary.finished.map(|_| "finishedAt");
    others.iter().copied().chain(finished).chain(["updatedAt"]).collect()
}

/// Creates a drop's document; returns whether it is complete. Lists that do not fit into it are written once it exists.
async fn create_it(
    records: &FirebaseRecords,
    summary: &DropSummary,
    folders: &[DropFolder],
    visibility: Visibility,
) -> Result<bool, Status> {
    let (sources, further_sources) = source_pages(summary);
    let (folders, further_folders) = folder_pages(folders);
    let is_whole = further_sources.is_empty() && further_folders.is_empty();
    let unfinished = DropSummary { finished: None, ..summary.clone() };
    let (summary, listed) = if is_whole {
        (summary, Listed { sources, folders, ..Listed::default() })
    } else {
        (&unfinished, Listed::default())
    };
    let fields = drop_fields(summary, listed, &records.person.team, visibility);
    let name = records.names.drop(&summary.matter, summary.id);
    send(records, vec![create(name, fields, &times(summary, &["startedAt"]))]).await?;
    Ok(is_whole)
}

/// Writes what is missing of a drop. Once it is finished, only its counts change, and folders are added that could not
/// be read before. The pages are written first: until the summary counts them, no program reads them, and they can be
/// written again.
async fn tell_the_rest(
    records: &FirebaseRecords,
    summary: &DropSummary,
    folders: &[DropFolder],
    standing: &StoredDrop,
    visibility: Visibility,
) -> Result<bool, Status> {
    let (mut mask, mut listed, mut pages) = (COUNTS.to_vec(), Listed::default(), Vec::new());
    let lists_are_open = !standing.finished && !standing.has_folders();
    if lists_are_open && !standing.has_sources && standing.pages == 0 {
        let (sources, further) = source_pages(summary);
        (listed.sources, listed.source_pages) = (sources, further.len());
        pages.extend(further.into_iter().map(|sources| page_fields(sources, Vec::new())));
        mask.push("sources");
        if listed.source_pages > 0 {
            mask.push("sourcePages");
        }
    }
    let (first, mut further) = folder_pages(folders);
    if lists_are_open {
        listed.folders = first;
        mask.push("folders");
    } else if !first.is_empty() {
        further.insert(0, first);
    }
    pages.extend(further.into_iter().map(|folders| page_fields(Vec::new(), folders)));
    listed.pages = standing.pages + pages.len();
    if !pages.is_empty() {
        mask.push("folderPages");
    }
    let mut numbered = (standing.pages..).zip(pages).peekable();
    while numbered.peek().is_some() {
        let commit = numbered.by_ref().take(PAGES).map(|(page, fields)| {
            replace(records.names.page(&summary.matter, summary.id, page), fields, &["updatedAt"])
        });
        send(records, commit.collect()).await?;
    }
    let mut fields = drop_fields(summary, listed, &records.person.team, visibility);
    fields.retain(|field, _| mask.contains(&field.as_str()));
    let name = records.names.drop(&summary.matter, summary.id);
    let times = if standing.finished { vec!["updatedAt"] } else { times(summary, &[]) };
    send(records, vec![change(name, fields, &mask, standing.as_of, &times)]).await?;
    Ok(true)
}

async fn send(records: &FirebaseRecords, writes: Vec<Write>) -> Result<(), Status> {
    records.firestore.commit(writes, Vec::new()).await.map(|_| ())
}

/// The document of a drop, if it belongs to this user.
async fn find(records: &FirebaseRecords, drop: &DropKey, fields: &[&str]) -> Answer<Option<Document>> {
    let name = records.names.drop(&drop.matter, drop.id);
    let found = records.firestore.get(vec![name.clone()], &Read::Now, fields).await;
    let mut found = or_no_matter(records, &drop.matter, found).await?.unwrap_or_default();
    Ok(found.remove(&name).filter(|document| Doc::of(document).text("userId") == Ok(drop.user.as_str())))
}

/// The summary of a drop.
pub(super) async fn summary(records: &FirebaseRecords, drop: &DropKey) -> Answer<Option<DropSummary>> {
    match find(records, drop, &DROP_FIELDS).await? {
        Some(document) => readable(read(records, &document, &Read::Now).await),
        None => Ok(None),
    }
}

/// The drops of a matter by id, those after `after`.
pub(super) async fn of_matter(
    records: &FirebaseRecords,
    matter: &MatterId,
    after: Option<DropId>,
    limit: usize,
) -> Answer<Vec<DropSummary>> {
    let query = Query::of(records.names.matter(matter), "drops").ascending("__name__").select(&DROP_FIELDS);
    let mut after = after.map(|after| records.names.drop(matter, after));
    let mut drops = Vec::new();
    // Fewer than `limit` only if there are no more: unreadable documents do not count.
    loop {
        let wanted = limit - drops.len();
        let next = query.clone().limit(wanted);
        let next = after.iter().fold(next, |next, after| next.after(vec![reference(after.clone())]));
        let found = records.firestore.query(next, &Read::Now).await;
        let (found, _) = or_no_matter(records, matter, found).await?.unwrap_or_default();
        for document in &found {
            drops.extend(readable(read(records, document, &Read::Now).await)?);
        }
        let ended = found.len() < wanted;
        after = found.into_iter().next_back().map(|document| document.name);
        if ended || drops.len() >= limit {
            return Ok(drops);
        }
    }
}

/// Reads a summary with all its sources, including those on pages.
pub(super) async fn read(records: &FirebaseRecords, document: &Document, as_of: &Read) -> Answer<DropSummary> {
    let doc = Doc::of(document);
    let mut summary = read_drop(doc)?;
    for page in pages(records, document, (0..read_source_pages(doc)?, "sources"), as_of).await? {
        summary.sources.extend(read_sources(Doc::of(&page))?);
    }
    Ok(summary)
}

/// The folders of a drop, in the order they were written.
pub(super) async fn folders(records: &FirebaseRecords, drop: &DropKey) -> Answer<Vec<DropFolder>> {
    let fields = ["userId", "folders", "folderPages", "sourcePages"];
    let Some(document) = find(records, drop, &fields).await? else { return Ok(Vec::new()) };
    let doc = Doc::of(&document);
    let mut folders = read_folders(doc);
    let of_folders = (read_source_pages(doc)?..read_pages(doc)?, "folders");
    for page in pages(records, &document, of_folders, &Read::Now).await? {
        folders.extend(read_folders(Doc::of(&page)));
    }
    Ok(folders)
}

/// These pages of a drop, with their list of this name, up to the first missing one: pages are written in order and
/// counted once they exist, so a higher count is wrong.
async fn pages(
    records: &FirebaseRecords,
    drop: &Document,
    (numbers, list): (Range<usize>, &str),
    as_of: &Read,
) -> Answer<Vec<Document>> {
    let names: Vec<String> = numbers.map(|page| format!("{}/folders/{page:06}", drop.name)).collect();
    let mut all = Vec::with_capacity(names.len());
    for some in names.chunks(PAGES) {
        let mut found =
            records.firestore.get(some.to_vec(), as_of, &[list]).await.map_err(|status| port_error(&status))?;
        for name in some {
            let Some(page) = found.remove(name) else { return Ok(all) };
            all.push(page);
        }
    }
    Ok(all)
}
