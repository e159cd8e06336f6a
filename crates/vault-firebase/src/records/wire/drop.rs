//! `/teams/{t}/matters/{m}/drops/{batchId}`, and `…/folders/{page}` below it for lists that do not fit into one
//! document.

use vault_core::model::{DeviceId, DropCounts, DropFolder, DropSummary, LastModified, MatterId, TeamId, UserId};
use vault_core::ports::PortError;

use super::event::some_source;
use super::{Visibility, read_path};
use crate::firestore::wire::Value;
use crate::firestore::{Doc, Fields, array, bytes, integer, map, none, text, whole};

/// The fields of a summary: all except the folders, of which there may be thousands.
pub(in crate::records) const DROP_FIELDS: [&str; 13] = [
    "userId",
    "deviceId",
    "sources",
    "sourcePages",
    "startedAt",
    "finishedAt",
    "stored",
    "skipped",
    "failed",
    "leftOut",
    "bytes",
    "bytesStored",
    "updatedAt",
];

/// The counts of its files by result, which may be counted again.
pub(in crate::records) const COUNTS: [&str; 6] = ["stored", "skipped", "failed", "leftOut", "bytes", "bytesStored"];

/// The parts of a drop's lists that are in its own document, and the number of pages with the rest: first the sources,
/// then the folders.
#[derive(Default)]
pub(in crate::records) struct Listed {
    pub(in crate::records) sources: Vec<Value>,
    pub(in crate::records) source_pages: usize,
    pub(in crate::records) folders: Vec<Value>,
    pub(in crate::records) pages: usize,
}

/// A drop's fields, except the times, which the server sets.
pub(in crate::records) fn drop_fields(
    drop: &DropSummary,
    listed: Listed,
    team: &TeamId,
    visibility: Visibility,
) -> Fields {
    let DropSummary { id, matter: _, user, device, sources: _, started: _, finished: _, counts } = drop;
    let DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored } = counts;
    let mut fields = Fields::from([
        ("batchId".to_owned(), text(id.to_string())),
        ("userId".to_owned(), text(user.as_str())),
        ("deviceId".to_owned(), text(device.as_str())),
        ("sources".to_owned(), array(listed.sources)),
        ("finishedAt".to_owned(), none()),
        ("stored".to_owned(), whole(*stored)),
        ("skipped".to_owned(), whole(*skipped)),
        ("failed".to_owned(), whole(*failed)),
        ("leftOut".to_owned(), whole(*left_out)),
        ("bytes".to_owned(), whole(*bytes)),
        ("bytesStored".to_owned(), whole(*bytes_stored)),
        ("folders".to_owned(), array(listed.folders)),
        ("folderPages".to_owned(), whole(listed.pages as u64)),
        ("openTo".to_owned(), visibility.value(team)),
    ]);
    if listed.source_pages > 0 {
        fields.insert("sourcePages".to_owned(), whole(listed.source_pages as u64));
    }
    fields
}

/// A further page of sources or folders, except `updatedAt`.
pub(in crate::records) fn page_fields(sources: Vec<Value>, folders: Vec<Value>) -> Fields {
    let mut fields = Fields::from([("folders".to_owned(), array(folders))]);
    if !sources.is_empty() {
        fields.insert("sources".to_owned(), array(sources));
    }
    fields
}

/// A folder in a drop's list.
pub(in crate::records) fn folder_value(folder: &DropFolder) -> Value {
    let DropFolder { path, source, last_modified } = folder;
    let mut fields =
        Fields::from([("path".to_owned(), text(path.text())), ("lastModified".to_owned(), integer(last_modified.0))]);
    fields.extend(source.iter().map(|source| ("source".to_owned(), whole(u64::from(*source)))));
    fields.extend(path.exact().map(|exact| ("pathBytes".to_owned(), bytes(exact))));
    map(fields)
}

/// Reads a summary.
pub(in crate::records) fn read_drop(doc: Doc<'_>) -> Result<DropSummary, PortError> {
    let counts = DropCounts {
        stored: doc.whole("stored")?,
        skipped: doc.whole("skipped")?,
        failed: doc.whole("failed")?,
        left_out: doc.whole("leftOut")?,
        bytes: doc.whole("bytes")?,
        bytes_stored: doc.whole("bytesStored")?,
    };
    Ok(DropSummary {
        id: doc.id().parse().map_err(|_| doc.wrong("id"))?,
        matter: MatterId::new(doc.parent_id()).map_err(|_| doc.wrong("id"))?,
        user: doc.parsed("userId", |user| UserId::new(user).ok())?,
        device: doc.parsed("deviceId", |device| DeviceId::new(device).ok())?,
        sources: read_sources(doc)?,
        started: doc.time("startedAt")?,
        finished: doc.some_time("finishedAt")?,
        counts,
    })
}

/// Reads the folders of a drop's document, or of a page. Invalid entries are skipped: the rules cannot check a list of
/// thousands.
pub(in crate::records) fn read_folders(doc: Doc<'_>) -> Vec<DropFolder> {
    let folder = |doc: Doc<'_>| {
        let path = read_path(doc, "path", "pathBytes")?;
        let source = some_source(doc)?;
        Ok::<_, PortError>(DropFolder { path, source, last_modified: LastModified(doc.integer("lastModified")?) })
    };
    doc.maps("folders").filter_map(|map| folder(map).ok()).collect()
}

/// Reads the sources of a drop's document, or of a page.
pub(in crate::records) fn read_sources(doc: Doc<'_>) -> Result<Vec<String>, PortError> {
    Ok(doc.texts("sources")?.into_iter().map(str::to_owned).collect())
}

/// Reads how many pages there are.
pub(in crate::records) fn read_pages(doc: Doc<'_>) -> Result<usize, PortError> {
    number_of(doc, "folderPages", doc.some_whole("folderPages")?.unwrap_or_default())
}

/// Reads how many of the pages, at the start, contain sources.
pub(in crate::records) fn read_source_pages(doc: Doc<'_>) -> Result<usize, PortError> {
    number_of(doc, "sourcePages", doc.some_whole("sourcePages")?.unwrap_or_default())
}

fn number_of(doc: Doc<'_>, field: &str, pages: u64) -> Result<usize, PortError> {
    usize::try_from(pages).ok().filter(|pages| *pages <= 1_000_000).ok_or_else(|| doc.wrong(field))
}
