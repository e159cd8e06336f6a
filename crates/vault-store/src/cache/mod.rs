//! `cache.db`: a copy of the team's documents, for browsing and searching with or without a network, the hashes of
//! local files, and which content of the vault was verified here.
//!
//! A page of changes is applied as a whole: each kind of document is looked up, compared and written for all changes of
//! the page together. Counts (of folders, matters, drops) are updated with it, so that showing them reads one row.

mod apply;
mod clients;
mod document;
mod drops;
mod event_rows;
mod events;
mod filed;
mod fingerprints;
mod folder_tree;
mod folders;
mod forms;
mod keys;
mod listing;
mod locations;
mod matters;
mod md5s;
mod name_words;
mod open;
mod people;
mod placements;
mod progress;
mod record_rows;
mod records;
mod search;
mod sort_key;
mod sources;
mod spelling;
mod unreadable;
mod verifications;
mod waiting;
mod wanted;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use vault_core::model::{
    BlobRef, Client, ClientId, ContentMd5, DropId, EventId, EventKind, FileHash, Matter, MatterId, MetadataHash,
    MetadataRecord, Timestamp, UserId,
};
use vault_core::ports::{
    ChangePage, Cursor, Document, DropEntry, DropsPage, EventsPage, FileStamp, Fingerprint, Fingerprints, FolderEntry,
    FolderKey, Known, ListQuery, Location, MatterSummary, Mirror, PortError, SearchHits, StatusFilter, Unreadable,
    Verifications, WaitingEdit,
};

use crate::db::Connections;
use crate::error::{Result, StoreError, Which};
use name_words::NameWords;

/// The local copy of the team's documents, in a file.
#[derive(Debug, Clone)]
pub struct CacheDb {
    db: Connections,
    name_words: NameWords,
    file: PathBuf,
}

impl CacheDb {
    /// Opens `cache.db` at `file`, or creates it; its folder must exist. A file that is damaged or does not fit this
    /// version is set aside as `cache.db.damaged-<time>`, and replaced by an empty one.
    ///
    /// # Errors
    /// [`PortError`] if the file cannot be made or opened.
    pub async fn open(file: &Path) -> std::result::Result<Self, PortError> {
        let db = open::open(file).await.map_err(|error| error.for_person(Which::Cache))?;
        Ok(Self { db, name_words: NameWords::default(), file: file.to_owned() })
    }

    /// Closes the file, so that the caller can move it; later reads fail.
    ///
    /// # Errors
    /// [`PortError`] if the last pages could not be written; they are in the log beside the file.
    pub async fn close_file(&self) -> std::result::Result<(), PortError> {
        self.answer(self.db.close().await)
    }

    /// Converts a result for callers. Damage is recorded, so that the next start rebuilds the copy.
    fn answer<T>(&self, result: Result<T>) -> std::result::Result<T, PortError> {
        result.map_err(|error: StoreError| {
            if error.is_damage() {
                open::remember_damage(&self.file);
            }
            error.for_person(Which::Cache)
        })
    }
}

type Answer<T> = std::result::Result<T, PortError>;

#[async_trait]
impl Mirror for CacheDb {
    async fn cursor(&self) -> Answer<Option<Cursor>> {
        self.answer(progress::cursor(&self.db).await)
    }

    async fn apply(&self, page: &ChangePage) -> Answer<()> {
        self.answer(apply::apply(&self.db, page).await)
    }

    async fn clear(&self) -> Answer<()> {
        self.answer(progress::clear(&self.db).await)
    }

    async fn show_waiting(&self, edits: &[WaitingEdit]) -> Answer<()> {
        self.answer(waiting::show(&self.db, edits).await)
    }

    async fn waiting_clients(&self) -> Answer<BTreeSet<ClientId>> {
        self.answer(clients::waiting(&self.db).await)
    }

    async fn client_beneath(&self, id: &ClientId) -> Answer<Option<Client>> {
        self.answer(clients::beneath(&self.db, id).await)
    }

    async fn server_matter(&self, id: &MatterId) -> Answer<Option<Matter>> {
        self.answer(matters::beneath(&self.db, id).await)
    }

    async fn clients(&self, removed: bool) -> Answer<Vec<Client>> {
        self.answer(clients::all(&self.db, removed).await)
    }

    async fn matters(&self, filter: StatusFilter) -> Answer<Vec<MatterSummary>> {
        self.answer(matters::all(&self.db, filter).await)
    }

    async fn matters_called(&self, id_or_number: &str) -> Answer<Vec<MatterSummary>> {
        self.answer(matters::called(&self.db, id_or_number).await)
    }

    async fn clients_called(&self, id_or_name: &str) -> Answer<Vec<Client>> {
        self.answer(clients::called(&self.db, id_or_name).await)
    }

    async fn folders(&self, folder: &FolderKey) -> Answer<Vec<FolderEntry>> {
        self.answer(folders::inside(&self.db, folder).await)
    }

    async fn list(&self, query: &ListQuery) -> Answer<Vec<MetadataHash>> {
        self.answer(listing::list(&self.db, query).await)
    }

    async fn records(&self, matter: &MatterId, ids: &[MetadataHash]) -> Answer<Vec<MetadataRecord>> {
        self.answer(record_rows::of(&self.db, matter, ids).await)
    }

    async fn search(&self, text: &str, limit: usize) -> Answer<SearchHits> {
        self.answer(search::search(&self.db, &self.name_words, text, limit).await)
    }

    async fn drops(&self, matter: Option<&MatterId>, before: Option<DropId>, limit: usize) -> Answer<DropsPage> {
        self.answer(drops::page(&self.db, matter, before, limit).await)
    }

    async fn drop_entry(&self, id: DropId) -> Answer<Option<DropEntry>> {
        self.answer(drops::one(&self.db, id).await)
    }

    async fn newest(&self) -> Answer<Option<Timestamp>> {
        self.answer(drops::newest(&self.db).await)
    }

    async fn drop_events(
        &self,
        drop: DropId,
        kinds: &[EventKind],
        after: Option<EventId>,
        limit: usize,
    ) -> Answer<EventsPage> {
        self.answer(events::page(&self.db, drop, kinds, after, limit).await)
    }

    async fn document(&self, hash: FileHash) -> Answer<Option<Document>> {
        self.answer(document::of(&self.db, hash).await)
    }

    async fn locations_of(&self, records: &[(&MatterId, MetadataHash)], limit: usize) -> Answer<Vec<Vec<Location>>> {
        self.answer(sources::of_records(&self.db, records, limit).await)
    }

    async fn known(&self, hashes: &[FileHash]) -> Answer<Vec<Known>> {
        self.answer(document::known(&self.db, hashes).await)
    }

    async fn contents_by_prefix(&self, digits: &str, limit: usize) -> Answer<Vec<FileHash>> {
        self.answer(document::by_prefix(&self.db, digits, limit).await)
    }

    async fn unreadable(&self) -> Answer<Vec<Unreadable>> {
        self.answer(unreadable::all(&self.db).await)
    }

    async fn display_name(&self, user: &UserId) -> Answer<Option<String>> {
        self.answer(people::display_name(&self.db, user).await)
    }
}

#[async_trait]
impl Fingerprints for CacheDb {
    async fn recall(&self, files: &[([u8; 16], FileStamp)]) -> Answer<Vec<Option<FileHash>>> {
        self.answer(fingerprints::recall(&self.db, files).await)
    }

    async fn remember(&self, read: &[Fingerprint]) -> Answer<()> {
        self.answer(fingerprints::remember(&self.db, read).await)
    }
}

#[async_trait]
impl Verifications for CacheDb {
    async fn recall(&self, blobs: &[BlobRef]) -> Answer<Vec<bool>> {
        self.answer(verifications::recall(&self.db, blobs).await)
    }

    async fn remember(&self, verified: &[BlobRef]) -> Answer<()> {
        self.answer(verifications::remember(&self.db, verified).await)
    }

    async fn md5_of(&self, contents: &[FileHash]) -> Answer<Vec<Option<ContentMd5>>> {
        self.answer(md5s::of(&self.db, contents).await)
    }

    async fn remember_md5(&self, computed: &[(FileHash, ContentMd5)]) -> Answer<()> {
        self.answer(md5s::remember(&self.db, computed).await)
    }
}
