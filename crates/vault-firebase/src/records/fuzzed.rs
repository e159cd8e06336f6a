//! Arbitrary bytes as a Firestore document.

use prost::Message as _;
use vault_core::model::{FolderPaths, TeamId};
use vault_core::ports::{PortError, RecordWrite};

use super::wire::{
    Listed, Visibility, client_fields, drop_fields, event_fields, folder_value, matter_fields, page_fields,
    read_client, read_drop, read_event, read_folders, read_matter, read_pages, read_record, read_source_pages,
    record_fields, standing_of,
};
use crate::firestore::wire::Document;
use crate::firestore::{Doc, Fields, text, timestamp};

/// A document that can be read survives a round trip; otherwise the error is one of our own messages.
pub fn document(bytes: &[u8]) {
    let Ok(document) = Document::decode(bytes) else { return };
    let doc = Doc::of(&document);
    let team = TeamId::new("team").expect("an id");
    if let Some(client) = said(read_client(doc)) {
        let mut fields = client_fields(&client.fields);
        fields.extend(client.removed.map(|removed| ("removed".to_owned(), timestamp(removed))));
        again(&document, with_time(fields, client.updated_at), |doc| read_client(doc) == Ok(client.clone()));
    }
    if let Some((matter, visibility)) = said(read_matter(doc)) {
        let mut fields = matter_fields(&matter.fields);
        fields.insert("openTo".to_owned(), visibility.value(&team));
        fields.extend(matter.removed.map(|removed| ("removed".to_owned(), timestamp(removed))));
        let fields = with_time(fields, matter.updated_at);
        again(&document, fields, |doc| read_matter(doc) == Ok((matter.clone(), visibility)));
    }
    if let Some(event) = said(read_event(doc)) {
        let mut fields = event_fields(&event, Visibility::Team);
        fields.insert("timestamp".to_owned(), timestamp(event.timestamp));
        again(&document, fields, |doc| read_event(doc) == Ok(event.clone()));
    }
    let _ = said(standing_of(doc));
    records(&document, doc, &team);
    drops(&document, doc, &team);
}

fn records(document: &Document, doc: Doc<'_>, team: &TeamId) {
    let Some(record) = said(read_record(doc)) else { return };
    let written = RecordWrite {
        metadata_hash: record.metadata_hash,
        original_name: record.original_name.clone(),
        last_modified: record.last_modified,
        file_hash: record.file_hash,
        size: record.size,
        folder_paths: FolderPaths::one(""),
        storage_path: record.storage_path.clone(),
    };
    let fields =
        record_fields(&written, &record.folder_paths.to_string(), &record.uploaded_by, team, Visibility::Walled);
    again(document, with_time(fields, record.updated_at), |doc| read_record(doc) == Ok(record.clone()));
}

fn drops(document: &Document, doc: Doc<'_>, team: &TeamId) {
    let (pages, folders) = (said(read_pages(doc)), read_folders(doc));
    let fields = page_fields(Vec::new(), folders.iter().map(folder_value).collect());
    again(document, fields, |doc| read_folders(doc) == folders);
    let Some(drop) = said(read_drop(doc)) else { return };
    let folders = folders.iter().map(folder_value).collect();
    let sources = drop.sources.iter().map(text).collect();
    let source_pages = said(read_source_pages(doc)).unwrap_or_default();
    let listed = Listed { sources, source_pages, folders, pages: pages.unwrap_or_default() };
    let mut fields = drop_fields(&drop, listed, team, Visibility::Team);
    fields.insert("startedAt".to_owned(), timestamp(drop.started));
    fields.extend(drop.finished.map(|at| ("finishedAt".to_owned(), timestamp(at))));
    again(document, fields, |doc| read_drop(doc) == Ok(drop.clone()));
}

/// The value; an error must be a sentence.
fn said<T>(read: Result<T, PortError>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(error) => {
            assert!(error.to_string().ends_with('.'), "{error}");
            None
        }
    }
}

fn with_time(mut fields: Fields, updated_at: vault_core::model::Timestamp) -> Fields {
    fields.insert("updatedAt".to_owned(), timestamp(updated_at));
    fields
}

/// Reads the written fields under the same name and time.
fn again(document: &Document, fields: Fields, same: impl Fn(Doc<'_>) -> bool) {
    let written = Document { fields, ..document.clone() };
    assert!(same(Doc::of(&written)), "{written:?}");
}
