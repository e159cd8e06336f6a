//! The team's documents: clients, matters, metadata records, upload events and drops.

use async_trait::async_trait;

use super::{Following, PortError, Still};
use crate::model::{
    BlobRef, Client, ClientFields, ClientId, DropFolder, DropId, DropKey, DropSummary, EventId, EventKind, FileHash,
    FolderPaths, LastModified, Matter, MatterFields, MatterId, MetadataHash, MetadataRecord, StoragePath, Timestamp,
    UploadEvent, UserId,
};

/// The record part of an outcome: what to create, or to merge into what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordWrite {
    /// Identity within the matter.
    pub metadata_hash: MetadataHash,
    /// The name in readable form.
    pub original_name: String,
    /// When the source was last modified.
    pub last_modified: LastModified,
    /// Hash of the content.
    pub file_hash: FileHash,
    /// Length of the content in bytes.
    pub size: u64,
    /// This drop's own folders of the record, already merged among themselves.
    pub folder_paths: FolderPaths,
    /// Where the content was verified to lie. A record that exists already keeps its own place.
    pub storage_path: StoragePath,
}

/// How filing one source file ended: the final event and, if the file is stored, its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The event in its final form; its `timestamp` is replaced by the server's.
    pub event: UploadEvent,
    /// The record. Several outcomes of one batch may carry the same record; it is merged once for each.
    pub record: Option<RecordWrite>,
}

/// Content that the team has stored, according to its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where, and how long it is.
    pub blob: BlobRef,
    /// Whether it was first stored in a matter with restricted access: then it is shared with no other matter.
    pub walled: bool,
}

impl Known {
    /// Whether a file of `matter` may refer to this content.
    pub fn may_serve(&self, matter: &MatterId) -> bool {
        !self.walled || self.blob.path.matter() == matter
    }
}

/// How far a reader of changes has come. Opaque; only the implementation that made it can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

/// One document that changed, in its present form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A client, possibly removed.
    Client(Client),
    /// A matter, possibly removed.
    Matter(Matter),
    /// A metadata record.
    Record(MetadataRecord),
    /// An upload event.
    Event(UploadEvent),
    /// The summary of a drop.
    Drop(DropSummary),
    /// What a person is called.
    Person {
        /// Who.
        user: UserId,
        /// The name colleagues read.
        display_name: String,
    },
    /// A document that cannot be read. It is set aside: nothing else waits for it.
    Unreadable(Unreadable),
}

impl Change {
    /// Which document it is, by its path below the team's.
    pub fn document(&self) -> String {
        match self {
            Self::Client(client) => format!("clients/{}", client.id),
            Self::Matter(matter) => format!("matters/{}", matter.id),
            Self::Record(record) => format!("matters/{}/metadata/{}", record.matter, record.metadata_hash),
            Self::Event(event) => format!("matters/{}/uploadEvents/{}", event.matter, event.id),
            Self::Drop(drop) => format!("matters/{}/drops/{}", drop.matter, drop.id),
            Self::Person { user, .. } => format!("userInfo/{user}"),
            Self::Unreadable(unreadable) => unreadable.document.clone(),
        }
    }
}

/// A document of the vault that is not as Strongroom writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its path below the team's, as [`Change::document`] gives it. It may be anything.
    pub document: String,
    /// What is wrong with it, as a sentence.
    pub reason: String,
}

/// Some changes, in an order in which no document precedes what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePage {
    /// The changes.
    pub changes: Vec<Change>,
    /// Where to go on.
    pub cursor: Cursor,
    /// Whether there are more now.
    pub more: bool,
}

/// The team's documents. Every write may be repeated without harm; every batch is written whole or not at all.
#[async_trait]
pub trait Records: Send + Sync {
    /// How many events one call of [`begin`](Self::begin) or [`commit`](Self::commit) takes.
    fn batch_limit(&self) -> usize;

    /// How many of these calls are best made at once.
    fn batches_at_once(&self) -> usize {
        1
    }

    /// Writes a client. `based_on` is the `updated_at` the edit started from, `None` for a new one.
    ///
    /// # Errors
    /// [`Attention::Conflict`](super::Attention::Conflict) if somebody changed it in between.
    async fn put_client(
        &self,
        id: &ClientId,
        fields: ClientFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Result<Client, PortError>;

    /// Writes a matter, as [`put_client`](Self::put_client) does a client. Refuses to close or remove `general`, and
    /// a number that another matter has.
    async fn put_matter(
        &self,
        id: &MatterId,
        fields: MatterFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Result<Matter, PortError>;

    /// Writes that these attempts begin (`upload_interrupted`), before a byte moves. An event that exists stays as it
    /// is.
    async fn begin(&self, attempts: &[UploadEvent]) -> Result<(), PortError>;

    /// Writes final events and their records in one atomic step; the content is verified and durable by now.
    ///
    /// An event that is already final must agree with the one given, and then stays as it is. A record that exists
    /// gets the new folders merged into its own.
    async fn commit(&self, outcomes: &[Outcome]) -> Result<(), PortError>;

    /// Writes the summary of a drop and its folders: before the first of its events, which are refused without it, and
    /// again when filing ends. Its times are the vault's own. Until it is finished, what was empty is filled; from then on
    /// its counts alone change.
    ///
    /// # Errors
    /// `Invalid` if it is somebody else's.
    async fn put_drop(&self, summary: &DropSummary, folders: &[DropFolder]) -> Result<(), PortError>;

    /// Where the team keeps content with these hashes; hashes it has no record of are absent from the answer. This is
    /// what the records say: whether the content is there, [`Blobs::check`](super::Blobs::check) tells.
    async fn known(&self, hashes: &[FileHash]) -> Result<Vec<Known>, PortError>;

    /// Agrees with colleagues where new content is stored, which the team keeps once: the answer has for each of these places the
    /// one to be used, in their order. It is another, of the same content, where somebody else is storing it just now, or was. Whether
    /// it is there, and can be stored there, is for [`Blobs`](super::Blobs) to tell.
    async fn claim(&self, proposed: &[StoragePath]) -> Result<Vec<StoragePath>, PortError> {
        Ok(proposed.to_vec())
    }

    /// In what form these events exist; `None` for one that does not.
    async fn event_kinds(&self, matter: &MatterId, ids: &[EventId]) -> Result<Vec<Option<EventKind>>, PortError>;

    /// The events of a drop in order of their ids, those after `after`. What others wrote under its id is not of it.
    async fn events_of_drop(
        &self,
        drop: &DropKey,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<UploadEvent>, PortError>;

    /// The events of a matter in order of their ids, those after `after`.
    async fn events_of_matter(
        &self,
        matter: &MatterId,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<UploadEvent>, PortError>;

    /// The folders of a drop.
    async fn folders_of_drop(&self, drop: &DropKey) -> Result<Vec<DropFolder>, PortError>;

    /// The summary of a drop; `None` if there is none (yet).
    async fn drop_summary(&self, drop: &DropKey) -> Result<Option<DropSummary>, PortError>;

    /// The drops of a matter that were told of, in order of their ids, those after `after`.
    async fn drops_of_matter(
        &self,
        matter: &MatterId,
        after: Option<DropId>,
        limit: usize,
    ) -> Result<Vec<DropSummary>, PortError>;

    /// These records of a matter; absent ones are left out.
    async fn records_of(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>, PortError>;

    /// All records of the team in order of (matter, metadata hash), those after `after`.
    async fn all_records(
        &self,
        after: Option<(&MatterId, MetadataHash)>,
        limit: usize,
    ) -> Result<Vec<MetadataRecord>, PortError>;

    /// What changed since `since`; everything there is, without it.
    async fn changes(&self, since: Option<&Cursor>, limit: usize) -> Result<ChangePage, PortError>;

    /// Follows the changes after `since`: what is newer is told at once, what changes later when it does. Where nobody
    /// else writes, nothing ever is.
    ///
    /// # Errors
    /// `Invalid` for a cursor of another vault.
    async fn follow(&self, _since: Option<&Cursor>) -> Result<Box<dyn Following>, PortError> {
        Ok(Box::new(Still::default()))
    }
}
