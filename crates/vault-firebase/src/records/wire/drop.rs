//! `/teams/{t}/matters/{m}/drops/{batchId}`, and `…/folders/{page}` below it for what does not fit into one document.

use vault_core::model::{
    DeviceId, DropCounts, DropFolder, DropSummary, LastModified, MatterId, PathText, TeamId, UserId,
};
use vault_core::ports::PortError;

use super::Openness;
use crate::firestore::wire::Value;
use crate::firestore::{Doc, Fields, array, bytes, integer, map, none, text, timestamp, whole};

/// What a summary is read from: everything but the folders, of which there may be thousands.
pub(in crate::records) const DROP_FIELDS: [&str; 12] = [
    "userId",
    "deviceId",
    "sources",
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

/// A drop's fields, but for `updatedAt`: with its first folders, and on how many pages the others are.
pub(in crate::records) fn drop_fields(
    drop: &DropSummary,
    folders: Vec<Value>,
    pages: usize,
    team: &TeamId,
    openness: Openness,
) -> Fields {
    let DropSummary { id, matter: _, user, device, sources, started, finished, counts } = drop;
    let DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored } = counts;
    Fields::from([
        ("batchId".to_owned(), text(id.to_string())),
        ("userId".to_owned(), text(user.as_str())),
        ("deviceId".to_owned(), text(device.as_str())),
        ("sources".to_owned(), array(sources.iter().map(text).collect())),
        ("startedAt".to_owned(), timestamp(*started)),
        ("finishedAt".to_owned(), finished.map_or_else(none, timestamp)),
        ("stored".to_owned(), whole(*stored)),
        ("skipped".to_owned(), whole(*skipped)),
        ("failed".to_owned(), whole(*failed)),
        ("leftOut".to_owned(), whole(*left_out)),
        ("bytes".to_owned(), whole(*bytes)),
        ("bytesStored".to_owned(), whole(*bytes_stored)),
        ("folders".to_owned(), array(folders)),
        ("folderPages".to_owned(), whole(pages as u64)),
        ("openTo".to_owned(), openness.value(team)),
    ])
}

/// A further page of folders, but for `updatedAt`.
pub(in crate::records) fn page_fields(folders: Vec<Value>) -> Fields {
    Fields::from([("folders".to_owned(), array(folders))])
}

/// A folder in a drop's list.
pub(in crate::records) fn folder_value(folder: &DropFolder) -> Value {
    let DropFolder { path, last_modified } = folder;
    let mut fields =
        Fields::from([("path".to_owned(), text(path.text())), ("lastModified".to_owned(), integer(last_modified.0))]);
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
        sources: doc.texts("sources")?.into_iter().map(str::to_owned).collect(),
        started: doc.time("startedAt")?,
        finished: doc.some_time("finishedAt")?,
        counts,
    })
}

/// Reads the folders of a drop's document, or of a page.
pub(in crate::records) fn read_folders(doc: Doc<'_>) -> Result<Vec<DropFolder>, PortError> {
    let folder = |doc: Doc<'_>| {
        let path = PathText::from_parts(doc.text("path")?.to_owned(), doc.some_bytes("pathBytes")?);
        Ok(DropFolder { path, last_modified: LastModified(doc.integer("lastModified")?) })
    };
    doc.maps("folders")?.into_iter().map(folder).collect()
}

/// Reads how many pages of folders there are.
pub(in crate::records) fn read_pages(doc: Doc<'_>) -> Result<usize, PortError> {
    let pages = doc.whole("folderPages")?;
    usize::try_from(pages).ok().filter(|pages| *pages <= 1_000_000).ok_or_else(|| doc.wrong("folderPages"))
}
