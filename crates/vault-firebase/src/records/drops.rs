//! The summaries of drops, with their sources, and their folders.

use std::ops::Range;

use vault_core::model::{DropFolder, DropId, DropSummary, MatterId};

use super::open_matters::{or_no_matter, require};
use super::refusal::{Writing, explain};
use super::set_aside::readable;
use super::wire::{
    DROP_FIELDS, Listed, drop_fields, folder_value, page_fields, read_drop, read_folders, read_pages,
    read_source_pages, read_sources,
};
use super::writes::replace;
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::{Document, Value};
use crate::firestore::{Doc, Fields, Query, Read, port_error, reference, text};

/// A list of folders or sources in one document, in bytes on the wire: small enough that a history of drops stays cheap to read.
const MOST_BYTES: usize = 300_000;

/// Pages of one commit, so that it stays below 10 MiB.
const PAGES: usize = 20;

/// Writes a summary and its folders, instead of what was there. The pages come first: until the summary says how many
/// there are, nobody reads them.
pub(super) async fn put(records: &FirebaseRecords, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
    let openness = require(records, &summary.matter, false).await?;
    let (sources, further_sources) = in_pages(summary.sources.iter().map(text));
    let (folders, further_folders) = in_pages(folders.iter().map(folder_value));
    let source_pages = further_sources.len();
    let pages: Vec<Fields> = further_sources
        .into_iter()
        .map(|sources| page_fields(sources, Vec::new()))
        .chain(further_folders.into_iter().map(|folders| page_fields(Vec::new(), folders)))
        .collect();
    let team = &records.person.team;
    let name = records.names.drop(&summary.matter, summary.id);
    if !pages.is_empty() {
        // A page is its drop's filer's to write, so the drop has to be there, without pages yet.
        let fields = drop_fields(summary, Listed::default(), team, openness);
        send(records, &summary.matter, vec![replace(name.clone(), fields, &["updatedAt"])]).await?;
    }
    let listed = Listed { sources, source_pages, folders, pages: pages.len() };
    let mut numbered = pages.into_iter().enumerate().peekable();
    while numbered.peek().is_some() {
        let commit = numbered.by_ref().take(PAGES).map(|(page, fields)| {
            replace(records.names.page(&summary.matter, summary.id, page), fields, &["updatedAt"])
        });
        send(records, &summary.matter, commit.collect()).await?;
    }
    let whole = vec![replace(name, drop_fields(summary, listed, team, openness), &["updatedAt"])];
    send(records, &summary.matter, whole).await
}

async fn send(records: &FirebaseRecords, matter: &MatterId, writes: Vec<crate::firestore::wire::Write>) -> Answer<()> {
    match records.firestore.commit(writes, Vec::new()).await {
        Ok(_) => Ok(()),
        Err(status) => Err(explain(records, &status, Writing::Summary(matter)).await),
    }
}

/// A list in parts that fit into a document each: the first, and the others.
fn in_pages(values: impl Iterator<Item = Value>) -> (Vec<Value>, Vec<Vec<Value>>) {
    use prost::Message as _;
    let (mut pages, mut page, mut bytes) = (Vec::new(), Vec::new(), 0);
    for value in values {
        let size = value.encoded_len() + 8;
        if bytes + size > MOST_BYTES && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            bytes = 0;
        }
        bytes += size;
        page.push(value);
    }
    if pages.is_empty() {
        return (page, Vec::new());
    }
    pages.push(page);
    let further = pages.split_off(1);
    (pages.pop().unwrap_or_default(), further)
}

async fn find(records: &FirebaseRecords, id: DropId, fields: &[&str]) -> Answer<Option<Document>> {
    let query = records.across("drops").equal("batchId", text(id.to_string())).select(fields).limit(1);
    let (found, _) = records.firestore.query(query, &Read::Now).await.map_err(|status| port_error(&status))?;
    Ok(found.into_iter().next())
}

/// The summary of a drop.
pub(super) async fn summary(records: &FirebaseRecords, id: DropId) -> Answer<Option<DropSummary>> {
    match find(records, id, &DROP_FIELDS).await? {
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
    // Fewer than `limit` only if there are no more: what cannot be read does not count.
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

/// Reads a summary with all its sources, those of its pages, too.
pub(super) async fn read(records: &FirebaseRecords, document: &Document, as_of: &Read) -> Answer<DropSummary> {
    let doc = Doc::of(document);
    let mut summary = read_drop(doc)?;
    for page in pages(records, document, 0..read_source_pages(doc)?, as_of).await? {
        summary.sources.extend(read_sources(Doc::of(&page))?);
    }
    Ok(summary)
}

/// The folders of a drop, in the order they were written.
pub(super) async fn folders(records: &FirebaseRecords, id: DropId) -> Answer<Vec<DropFolder>> {
    let fields = ["folders", "folderPages", "sourcePages"];
    let Some(document) = find(records, id, &fields).await? else { return Ok(Vec::new()) };
    let doc = Doc::of(&document);
    let mut folders = read_folders(doc)?;
    for page in pages(records, &document, read_source_pages(doc)?..read_pages(doc)?, &Read::Now).await? {
        folders.extend(read_folders(Doc::of(&page))?);
    }
    Ok(folders)
}

/// These pages of a drop.
async fn pages(
    records: &FirebaseRecords,
    drop: &Document,
    numbers: Range<usize>,
    as_of: &Read,
) -> Answer<Vec<Document>> {
    let names: Vec<String> = numbers.map(|page| format!("{}/folders/{page:06}", drop.name)).collect();
    let mut all = Vec::with_capacity(names.len());
    for some in names.chunks(PAGES) {
        let mut found = records.firestore.get(some.to_vec(), as_of, &[]).await.map_err(|status| port_error(&status))?;
        for name in some {
            all.push(found.remove(name).ok_or_else(|| Doc::of(drop).wrong("folders"))?);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use vault_core::model::{LastModified, PathText};

    use super::*;

    #[test]
    fn a_million_folders_fit_page_by_page() {
        use prost::Message as _;
        let folder = |n: u32| DropFolder {
            path: PathText::plain(format!("Box/{n}/{}", "deep/".repeat(20))),
            source: Some(n),
            last_modified: LastModified(n.into()),
        };
        let folders: Vec<DropFolder> = (0..20_000).map(folder).collect();
        let (first, further) = in_pages(folders.iter().map(folder_value));
        assert!(further.len() > 5);
        let mut told = Vec::new();
        for page in std::iter::once(first).chain(further) {
            assert!(crate::firestore::array(page.clone()).encoded_len() < 400_000);
            told.extend(page);
        }
        assert_eq!(told, folders.iter().map(folder_value).collect::<Vec<_>>());
        assert_eq!(in_pages(std::iter::empty()), (Vec::new(), Vec::new()));
    }
}
