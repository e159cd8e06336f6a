//! The mirror: the local copy of the team's documents, for browsing and searching with or without a network. It can be
//! discarded and rebuilt from [`Records::changes`](super::Records::changes).

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;

use super::{ChangePage, Cursor, Known, PortError, Unreadable, WaitingEdit};
use crate::model::{
    Client, ClientId, DropId, DropKey, DropSummary, EventId, EventKind, FileHash, Matter, MatterId, MatterStatus,
    MetadataHash, MetadataRecord, PathText, Timestamp, UploadEvent, UserId,
};

/// A matter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterSummary {
    /// The matter.
    pub matter: Matter,
    /// The name of its client.
    pub client_name: Option<String>,
    /// Number of metadata records in it.
    pub files: u64,
    /// Time of its last stored file.
    pub last_filed: Option<Timestamp>,
    /// Whether it shows an edit that is still to be sent to the vault.
    pub waiting: bool,
}

/// Which matters to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// All that are not removed.
    #[default]
    Present,
    /// Those with one status.
    Only(MatterStatus),
    /// The removed ones, for restoring one.
    Removed,
}

/// A folder of a matter: its path in readable form, `""` for the top.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FolderKey {
    /// The matter.
    pub matter: MatterId,
    /// The path, `/`-separated.
    pub path: String,
}

/// A folder inside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name.
    pub name: String,
    /// Number of records in it and in the folders below.
    pub files: u64,
    /// Whether there are folders in it.
    pub has_folders: bool,
}

/// Which records of a matter to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Records in this folder.
    pub folder: FolderKey,
    /// Also those in the folders below; from the top, that is the whole matter.
    pub deep: bool,
    /// Only records whose name or path below the folder (name included) contains this, ignoring case and diacritics.
    /// The empty text matches every record.
    pub containing: String,
    /// The sort key.
    pub sort: SortBy,
    /// Descending order.
    pub descending: bool,
}

/// What a list is sorted by. Ties are ordered by name, then by order of arrival, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortBy {
    /// By name: ignoring case and diacritics, numbers by value.
    #[default]
    Name,
    /// By modification time.
    Modified,
    /// By length.
    Size,
    /// By the time of the record's last change.
    Filed,
}

/// The results of a search, each list best match first and at most as long as requested.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchHits {
    /// Clients by name.
    pub clients: Vec<Client>,
    /// Matters by number and title.
    pub matters: Vec<MatterSummary>,
    /// Folders by name.
    pub folders: Vec<FolderKey>,
    /// Records by name and folders.
    pub records: Vec<MetadataRecord>,
}

/// A drop in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropEntry {
    /// The drop. If it has no summary (yet), the fields come from its events.
    pub summary: DropSummary,
    /// Files whose transfer began and has not ended since: no later attempt stored them, and none failed.
    pub interrupted: u64,
}

/// One page of a history of drops, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropsPage {
    /// The drops.
    pub drops: Vec<DropEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<DropId>,
}

/// Where events came from: the dropped folders and files on the computers they were dropped on, as readable paths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourcePaths(BTreeMap<(DropKey, u32), String>);

impl SourcePaths {
    /// Records the path of a source of a drop.
    pub fn insert(&mut self, drop: DropKey, source: u32, path: String) {
        self.0.insert((drop, source), path);
    }

    /// The source path of `event`; `None` if it was filed by a version that did not record sources.
    pub fn of(&self, event: &UploadEvent) -> Option<&str> {
        self.0.get(&(event.drop_key(), event.source?)).map(String::as_str)
    }
}

/// One page of events, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsPage {
    /// The events.
    pub events: Vec<UploadEvent>,
    /// Where they came from.
    pub sources: SourcePaths,
    /// Where the next page begins, if there is one.
    pub next: Option<EventId>,
}

/// Where a document was when it was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The folder, exactly, dropped folder included; empty for a file dropped by itself.
    pub folder: PathText,
    /// The dropped folder or file that it came from, as a readable path; `None` if it was filed by a version that did
    /// not record sources.
    pub source: Option<String>,
}

/// Everything known of one content: all of its records and events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Hash of the content.
    pub file_hash: FileHash,
    /// The records, by matter and time of arrival.
    pub records: Vec<MetadataRecord>,
    /// The events, oldest first.
    pub events: Vec<UploadEvent>,
    /// Where they came from.
    pub sources: SourcePaths,
}

/// The local copy of the team's documents. Unsent edits are shown as if the vault had them
/// ([`show_waiting`](Self::show_waiting)); [`server_matter`](Self::server_matter) returns the server version. Errors
/// are those of this computer's database.
#[async_trait]
pub trait Mirror: Send + Sync {
    /// How far the mirror is synchronized; `None` if it is empty.
    async fn cursor(&self) -> Result<Option<Cursor>, PortError>;

    /// Applies a page of changes and its cursor, in one step. Changes that were applied before have no effect.
    async fn apply(&self, page: &ChangePage) -> Result<(), PortError>;

    /// Deletes everything, to be rebuilt; afterwards [`show_waiting`](Self::show_waiting) has to be called again.
    async fn clear(&self) -> Result<(), PortError>;

    /// Shows exactly these unsent edits, in one step, in every query about clients and matters.
    async fn show_waiting(&self, edits: &[WaitingEdit]) -> Result<(), PortError>;

    /// The clients that have unsent edits; for a matter see [`MatterSummary::waiting`].
    async fn waiting_clients(&self) -> Result<BTreeSet<ClientId>, PortError>;

    /// The server version of the client, without unsent edits; `None` if the vault does not have it.
    async fn client_beneath(&self, id: &ClientId) -> Result<Option<Client>, PortError>;

    /// The server version of the matter, as [`client_beneath`](Self::client_beneath).
    async fn server_matter(&self, id: &MatterId) -> Result<Option<Matter>, PortError>;

    /// Clients by name; with `removed`, only the removed ones.
    async fn clients(&self, removed: bool) -> Result<Vec<Client>, PortError>;

    /// Matters by number, `general` first.
    async fn matters(&self, filter: StatusFilter) -> Result<Vec<MatterSummary>, PortError>;

    /// The matter with this id or else those with this number, compared by [`name_key`](crate::rules::name_key);
    /// removed ones only by id. There may be several, ordered by id, if older versions or two offline computers used a
    /// number twice.
    async fn matters_called(&self, id_or_number: &str) -> Result<Vec<MatterSummary>, PortError>;

    /// The client with this id or else those with this name, as [`matters_called`](Self::matters_called).
    async fn clients_called(&self, id_or_name: &str) -> Result<Vec<Client>, PortError>;

    /// The one matter that [`matters_called`](Self::matters_called) finds; `None` if there are several.
    async fn find_matter(&self, id_or_number: &str) -> Result<Option<MatterSummary>, PortError> {
        Ok(the_one(self.matters_called(id_or_number).await?))
    }

    /// The one client that [`clients_called`](Self::clients_called) finds; `None` if there are several.
    async fn find_client(&self, id_or_name: &str) -> Result<Option<Client>, PortError> {
        Ok(the_one(self.clients_called(id_or_name).await?))
    }

    /// The folders directly in a folder, by name; empty if there is no such folder.
    async fn folders(&self, folder: &FolderKey) -> Result<Vec<FolderEntry>, PortError>;

    /// The ids of the records that match the query, each once, in the requested order. A list can have a million of
    /// them; the visible ones are read with [`records`](Self::records).
    async fn list(&self, query: &ListQuery) -> Result<Vec<MetadataHash>, PortError>;

    /// These records of a matter, in the order given; missing ones are skipped.
    async fn records(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>, PortError>;

    /// Finds names of clients, matters, folders and files in which each word of `text` is the beginning of a word; at
    /// most `limit` of each.
    async fn search(&self, text: &str, limit: usize) -> Result<SearchHits, PortError>;

    /// Drops of one matter or all, the last recorded first, starting before `before`. The order is that of
    /// [`Records::changes`](super::Records::changes), independent of clocks. Of several drops with one id only the
    /// first recorded counts: a later writer copied the id.
    async fn drops(
        &self,
        matter: Option<&MatterId>,
        before: Option<DropId>,
        limit: usize,
    ) -> Result<DropsPage, PortError>;

    /// The drop with this id, if anything was recorded of it; if there are several, the first.
    async fn drop_entry(&self, id: DropId) -> Result<Option<DropEntry>, PortError>;

    /// The vault's timestamp of the newest entry. A computer whose clock is behind it is set wrong.
    async fn newest(&self) -> Result<Option<Timestamp>, PortError>;

    /// At most `limit` events of a drop after `after`, of these kinds or, if `kinds` is empty, of all.
    async fn drop_events(
        &self,
        drop: DropId,
        kinds: &[EventKind],
        after: Option<EventId>,
        limit: usize,
    ) -> Result<EventsPage, PortError>;

    /// All records and events of this content; `None` if there are none.
    async fn document(&self, hash: FileHash) -> Result<Option<Document>, PortError>;

    /// Where each of these records was when it was filed: one list for each record, in order, each place once by folder
    /// and source, at most `limit` for each record. Empty for an unknown record.
    async fn locations_of(
        &self,
        records: &[(&MatterId, MetadataHash)],
        limit: usize,
    ) -> Result<Vec<Vec<Location>>, PortError>;

    /// Where the team stores content with these hashes, as far as the mirror knows; unknown hashes are absent from the
    /// result. Mirrors hold nothing from behind a wall, so no result is walled.
    async fn known(&self, hashes: &[FileHash]) -> Result<Vec<Known>, PortError>;

    /// At most `limit` contents whose file hash or metadata hash begins with these hexadecimal digits.
    async fn contents_by_prefix(&self, digits: &str, limit: usize) -> Result<Vec<FileHash>, PortError>;

    /// The documents that cannot be read, by path. A document that becomes readable leaves the list.
    async fn unreadable(&self) -> Result<Vec<Unreadable>, PortError>;

    /// The user's display name, if it is known.
    async fn display_name(&self, user: &UserId) -> Result<Option<String>, PortError>;
}

fn the_one<T>(mut found: Vec<T>) -> Option<T> {
    if found.len() == 1 { found.pop() } else { None }
}
