//! The summaries of drops, and their folders.

use vault_core::model::{DropFolder, DropId, DropSummary, MatterId};

use super::open_matters::require;
use super::refusal::{Writing, explain};
use super::wire::{DROP_FIELDS, drop_fields, folder_value, page_fields, read_drop, read_folders, read_pages};
use super::writes::replace;
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::{Document, Value};
use crate::firestore::{Doc, Read, port_error, text};

/// Folders of one document, in bytes on the wire: small enough that a history of drops stays cheap to read.
const MOST_BYTES: usize = 300_000;

/// Pages of one commit, so that it stays below 10 MiB.
const PAGES: usize = 20;

/// Writes a summary and its folders, instead of what was there. The pages come first: until the summary says how many
/// there are, nobody reads them.
pub(super) async fn put(records: &FirebaseRecords, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
    let openness = require(records, &summary.matter, false).await?;
    let mut pages = in_pages(folders).into_iter();
    let first = pages.next().unwrap_or_default();
    let further: Vec<Vec<Value>> = pages.collect();
    let team = &records.person.team;
    let name = records.names.drop(&summary.matter, summary.id);
    let fields = drop_fields(summary, first, further.len(), team, openness);
    let mut writes = vec![replace(name, fields, &["updatedAt"])];
    if !further.is_empty() {
        // A page is its drop's filer's to write, so the drop has to be there, without pages yet.
        let fields = drop_fields(summary, Vec::new(), 0, team, openness);
        let there = replace(records.names.drop(&summary.matter, summary.id), fields, &["updatedAt"]);
        send(records, &summary.matter, vec![there]).await?;
    }
    let mut numbered = further.into_iter().enumerate().peekable();
    while numbered.peek().is_some() {
        let commit = numbered.by_ref().take(PAGES).map(|(page, folders)| {
            replace(records.names.page(&summary.matter, summary.id, page), page_fields(folders), &["updatedAt"])
        });
        send(records, &summary.matter, commit.collect()).await?;
    }
    send(records, &summary.matter, std::mem::take(&mut writes)).await
}

async fn send(records: &FirebaseRecords, matter: &MatterId, writes: Vec<crate::firestore::wire::Write>) -> Answer<()> {
    match records.firestore.commit(writes, Vec::new()).await {
        Ok(_) => Ok(()),
        Err(status) => Err(explain(records, &status, Writing::Summary(matter)).await),
    }
}

fn in_pages(folders: &[DropFolder]) -> Vec<Vec<Value>> {
    use prost::Message as _;
    let (mut pages, mut page, mut bytes) = (Vec::new(), Vec::new(), 0);
    for folder in folders {
        let value = folder_value(folder);
        let size = value.encoded_len() + 8;
        if bytes + size > MOST_BYTES && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            bytes = 0;
        }
        bytes += size;
        page.push(value);
    }
    pages.push(page);
    pages
}

async fn find(records: &FirebaseRecords, id: DropId, fields: &[&str]) -> Answer<Option<Document>> {
    let query = records.across("drops").equal("batchId", text(id.to_string())).select(fields).limit(1);
    let (found, _) = records.firestore.query(query, &Read::Now).await.map_err(|status| port_error(&status))?;
    Ok(found.into_iter().next())
}

/// The summary of a drop.
pub(super) async fn summary(records: &FirebaseRecords, id: DropId) -> Answer<Option<DropSummary>> {
    find(records, id, &DROP_FIELDS).await?.map(|document| read_drop(Doc::of(&document))).transpose()
}

/// The folders of a drop, in the order they were written.
pub(super) async fn folders(records: &FirebaseRecords, id: DropId) -> Answer<Vec<DropFolder>> {
    let Some(document) = find(records, id, &["folders", "folderPages"]).await? else { return Ok(Vec::new()) };
    let doc = Doc::of(&document);
    let mut folders = read_folders(doc)?;
    let names: Vec<String> = (0..read_pages(doc)?).map(|page| format!("{}/folders/{page:06}", document.name)).collect();
    for some in names.chunks(PAGES) {
        let pages =
            records.firestore.get(some.to_vec(), &Read::Now, &[]).await.map_err(|status| port_error(&status))?;
        for name in some {
            let page = pages.get(name).ok_or_else(|| doc.wrong("folders"))?;
            folders.extend(read_folders(Doc::of(page))?);
        }
    }
    Ok(folders)
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
            last_modified: LastModified(n.into()),
        };
        let folders: Vec<DropFolder> = (0..20_000).map(folder).collect();
        let pages = in_pages(&folders);
        assert!(pages.len() > 5);
        assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), folders.len());
        for page in &pages {
            assert!(crate::firestore::array(page.clone()).encoded_len() < 1_000_000);
        }
        assert_eq!(in_pages(&[]).len(), 1);
    }
}
