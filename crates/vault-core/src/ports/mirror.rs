//! The copy of the team's documents on this computer, for browsing and searching with or without a network. It can be
//! thrown away and built again from [`Records::changes`](super::Records::changes).

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
    /// Metadata records in it.
    pub files: u64,
    /// Time of its last stored file.
    pub last_filed: Option<Timestamp>,
    /// Whether it is shown as it will be: the vault has not got the last change to it yet.
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
    /// Whether there are folders in it.
    pub has_folders: bool,
}

/// Which records of a matter to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Those that stand in this folder.
    pub folder: FolderKey,
    /// Also those that stand in the folders below: all of the matter, from its top.
    pub deep: bool,
    /// Only those whose name contains this, or whose path below the folder does, name included. Case and diacritics make
    /// no difference; the empty text is contained in everything.
    pub containing: String,
    /// By what.
    pub sort: SortBy,
    /// The other way round.
    pub descending: bool,
}

/// By what a list is sorted. What is equal stands by name, and what is called the same in order of arrival, in either
/// direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortBy {
    /// Name: without case and diacritics, numbers by their value.
    #[default]
    Name,
    /// When it was last modified.
    Modified,
    /// Length.
    Size,
    /// When the record last changed.
    Filed,
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

/// A drop in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropEntry {
    /// The drop. One that has no summary (yet) is told from its events.
    pub summary: DropSummary,
    /// Files whose transfer began and that have come to no end since: no later attempt stored them, and none failed.
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
    /// Says what a source of a drop is.
    pub fn insert(&mut self, drop: DropKey, source: u32, path: String) {
        self.0.insert((drop, source), path);
    }

    /// What `event` came from; `None` if a version filed it that did not say.
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

/// Where a document stood when it was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The folder, exactly, dropped folder included; empty for a file dropped by itself.
    pub folder: PathText,
    /// The dropped folder or file that it came from, as a readable path; none if a version filed it that did not say.
    pub source: Option<String>,
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
    /// Where they came from.
    pub sources: SourcePaths,
}

/// The copy of the team's documents. Changes that wait to be sent are shown as if they had been
/// ([`show_waiting`](Self::show_waiting)); what the vault has lies [beneath](Self::server_matter) them.
#[async_trait]
pub trait Mirror: Send + Sync {
    /// How far the copy has come; `None` if it is empty.
    async fn cursor(&self) -> Result<Option<Cursor>, PortError>;

    /// Takes in changes and the cursor after them, in one step. Changes that are known already change nothing.
    async fn apply(&self, page: &ChangePage) -> Result<(), PortError>;

    /// Forgets everything, to be built again; the changes that wait have to be [shown](Self::show_waiting) again.
    async fn clear(&self) -> Result<(), PortError>;

    /// Shows these changes and no others, in one step, in everything that is asked about clients and matters.
    async fn show_waiting(&self, edits: &[WaitingEdit]) -> Result<(), PortError>;

    /// The clients that are shown as they will be; a matter says so itself ([`MatterSummary::waiting`]).
    async fn waiting_clients(&self) -> Result<BTreeSet<ClientId>, PortError>;

    /// The client as the vault has it, without the change that waits; `None` if it has none.
    async fn client_beneath(&self, id: &ClientId) -> Result<Option<Client>, PortError>;

    /// The matter as the vault has it, as [`client_beneath`](Self::client_beneath) says.
    async fn server_matter(&self, id: &MatterId) -> Result<Option<Matter>, PortError>;

    /// Clients by name; with `removed`, the removed ones instead.
    async fn clients(&self, removed: bool) -> Result<Vec<Client>, PortError>;

    /// Matters by number, `general` first.
    async fn matters(&self, filter: StatusFilter) -> Result<Vec<MatterSummary>, PortError>;

    /// The matter with this id or else those with this number, as [`name_key`](crate::rules::name_key) compares them;
    /// removed ones only by id. Several, by id, if older versions or two computers without a network gave a number twice.
    async fn matters_called(&self, id_or_number: &str) -> Result<Vec<MatterSummary>, PortError>;

    /// The client with this id or else those with this name, as [`matters_called`](Self::matters_called) says.
    async fn clients_called(&self, id_or_name: &str) -> Result<Vec<Client>, PortError>;

    /// The one matter that is [called](Self::matters_called) so; none if several are.
    async fn find_matter(&self, id_or_number: &str) -> Result<Option<MatterSummary>, PortError> {
        Ok(the_one(self.matters_called(id_or_number).await?))
    }

    /// The one client that is [called](Self::clients_called) so; none if several are.
    async fn find_client(&self, id_or_name: &str) -> Result<Option<Client>, PortError> {
        Ok(the_one(self.clients_called(id_or_name).await?))
    }

    /// The folders directly in a folder, by name; none if there is no such folder.
    async fn folders(&self, folder: &FolderKey) -> Result<Vec<FolderEntry>, PortError>;

    /// The identities of the records that are asked for, each once, in the order asked for. A list can have a million of
    /// them; what is shown of it is read with [`records`](Self::records).
    async fn list(&self, query: &ListQuery) -> Result<Vec<MetadataHash>, PortError>;

    /// These records of a matter, in the order given; those that are not there are left out.
    async fn records(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>, PortError>;

    /// Finds what every word of `text` begins a word of, in names of clients, matters, folders and files, at most `limit` of each.
    async fn search(&self, text: &str, limit: usize) -> Result<SearchHits, PortError>;

    /// Drops of one matter or all, the last recorded first, those recorded before `before`. Of several with one id the
    /// first is told: whoever takes an id that is taken has read it. Recorded, whatever a clock
    /// said: the order of [`Records::changes`](super::Records::changes).
    async fn drops(
        &self,
        matter: Option<&MatterId>,
        before: Option<DropId>,
        limit: usize,
    ) -> Result<DropsPage, PortError>;

    /// The drop with this id, if something was recorded of it; the first, if there are several.
    async fn drop_entry(&self, id: DropId) -> Result<Option<DropEntry>, PortError>;

    /// The time of the newest entry: what was recorded last was recorded then, by the vault's clock. A computer whose clock
    /// stands before it is wrong.
    async fn newest(&self) -> Result<Option<Timestamp>, PortError>;

    /// Events of a drop, of these kinds or, with none, of all; those after `after`.
    async fn drop_events(
        &self,
        drop: DropId,
        kinds: &[EventKind],
        after: Option<EventId>,
        limit: usize,
    ) -> Result<EventsPage, PortError>;

    /// The content with this hash.
    async fn document(&self, hash: FileHash) -> Result<Option<Document>, PortError>;

    /// Where these records stood whenever they were filed, in the order of the records: each place once, by folder and source, at
    /// most `limit` for each record. Of what is not there, nowhere.
    async fn locations_of(
        &self,
        records: &[(&MatterId, MetadataHash)],
        limit: usize,
    ) -> Result<Vec<Vec<Location>>, PortError>;

    /// Where the team keeps content with these hashes, as far as the copy knows; hashes of which it has no record are absent
    /// from the answer. What is behind a wall is in no copy, so none of this is walled.
    async fn known(&self, hashes: &[FileHash]) -> Result<Vec<Known>, PortError>;

    /// Contents whose file hash or metadata hash begins with these hexadecimal digits, at most `limit`.
    async fn contents_by_prefix(&self, digits: &str, limit: usize) -> Result<Vec<FileHash>, PortError>;

    /// The documents that cannot be read, by their paths. One that becomes readable is no longer among them.
    async fn unreadable(&self) -> Result<Vec<Unreadable>, PortError>;

    /// What a person is called.
    async fn display_name(&self, user: &UserId) -> Result<Option<String>, PortError>;
}

fn the_one<T>(mut found: Vec<T>) -> Option<T> {
    if found.len() == 1 { found.pop() } else { None }
}
