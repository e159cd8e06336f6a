//! The copy of the team's documents on this computer, for browsing and searching with or without a network. It can be
//! thrown away and built again from [`Records::changes`](super::Records::changes).

use async_trait::async_trait;

use super::{ChangePage, Cursor, PortError};
use crate::model::{
    Client, DropId, DropSummary, EventId, EventKind, FileHash, Matter, MatterId, MatterStatus, MetadataHash,
    MetadataRecord, Timestamp, UploadEvent, UserId,
};

/// A matter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterSummary {
    /// The matter.
    pub matter: Matter,
    /// The name of its client.
    pub client_name: Option<String>,
    /// Metadata records in it.
    pub files: u64,
    /// Time of its last stored file.
    pub last_filed: Option<Timestamp>,
}

/// Which matters to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// All that are not removed.
    #[default]
    Present,
    /// Those with one status.
    Only(MatterStatus),
    /// The removed ones, to bring one back.
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
    /// Records in it and in the folders below.
    pub files: u64,
}

/// One page of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderContents {
    /// The folders inside, by name; all of them, with the first page only.
    pub folders: Vec<FolderEntry>,
    /// Records that stand directly in it, by name.
    pub records: Vec<MetadataRecord>,
    /// How many records stand directly in it.
    pub total: u64,
    /// Where the next page begins, if there is one; opaque.
    pub next: Option<String>,
}

/// What a search found, each list best first and of at most the length asked for.
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

/// One page of a history of drops, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropsPage {
    /// The drops. One that has no summary (yet) is told from its events.
    pub drops: Vec<DropSummary>,
    /// Where the next page begins, if there is one.
    pub next: Option<DropId>,
}

/// One page of events, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsPage {
    /// The events.
    pub events: Vec<UploadEvent>,
    /// Where the next page begins, if there is one.
    pub next: Option<EventId>,
}

/// Everything known of one content: each record of it, and each event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Hash of the content.
    pub file_hash: FileHash,
    /// The records, by matter and time of arrival.
    pub records: Vec<MetadataRecord>,
    /// The events, oldest first.
    pub events: Vec<UploadEvent>,
}

/// The copy of the team's documents.
#[async_trait]
pub trait Mirror: Send + Sync {
    /// How far the copy has come; `None` if it is empty.
    async fn cursor(&self) -> Result<Option<Cursor>, PortError>;

    /// Takes in changes and the cursor after them, in one step. Changes that are known already change nothing.
    async fn apply(&self, page: &ChangePage) -> Result<(), PortError>;

    /// Forgets everything, to be built again.
    async fn clear(&self) -> Result<(), PortError>;

    /// Clients by name; with `removed`, the removed ones instead.
    async fn clients(&self, removed: bool) -> Result<Vec<Client>, PortError>;

    /// Matters by number, `general` first.
    async fn matters(&self, filter: StatusFilter) -> Result<Vec<MatterSummary>, PortError>;

    /// The matter with this id or else with this number (compared without case); removed ones only by id.
    async fn find_matter(&self, id_or_number: &str) -> Result<Option<MatterSummary>, PortError>;

    /// The client with this id or else with this name (compared without case); removed ones only by id.
    async fn find_client(&self, id_or_name: &str) -> Result<Option<Client>, PortError>;

    /// One page of a folder; `from` is the `next` of the page before.
    async fn folder(&self, folder: &FolderKey, from: Option<&str>, limit: usize) -> Result<FolderContents, PortError>;

    /// Finds what `text` begins words of, in names of clients, matters, folders and files, at most `limit` of each.
    async fn search(&self, text: &str, limit: usize) -> Result<SearchHits, PortError>;

    /// Drops, newest first, of one matter or all, those before `before`.
    async fn drops(
        &self,
        matter: Option<&MatterId>,
        before: Option<DropId>,
        limit: usize,
    ) -> Result<DropsPage, PortError>;

    /// Events of a drop, all or of one kind, those after `after`.
    async fn drop_events(
        &self,
        drop: DropId,
        kind: Option<EventKind>,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<EventsPage, PortError>;

    /// The content with this hash.
    async fn document(&self, hash: FileHash) -> Result<Option<Document>, PortError>;

    /// Contents whose file hash or metadata hash begins with these hexadecimal digits, at most `limit`.
    async fn contents_by_prefix(&self, digits: &str, limit: usize) -> Result<Vec<FileHash>, PortError>;

    /// The record with this identity.
    async fn record(&self, matter: &MatterId, id: MetadataHash) -> Result<Option<MetadataRecord>, PortError>;

    /// What a person is called.
    async fn display_name(&self, user: &UserId) -> Result<Option<String>, PortError>;
}
