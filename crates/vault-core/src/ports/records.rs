//! The team's documents: clients, matters, metadata records, upload events and drops.

use async_trait::async_trait;

use super::{Following, PortError, Still};
use crate::model::{
    BlobRef, Client, ClientFields, ClientId, DropFolder, DropId, DropKey, DropSummary, EventId, EventKind, FileHash,
    FolderPaths, LastModified, Matter, MatterFields, MatterId, MetadataHash, MetadataRecord, StoragePath, Timestamp,
    UploadEvent, UserId,
};

/// The record of an outcome: to be created, or merged into the existing one.
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
    /// The record's folders in this drop, already merged with each other.
    pub folder_paths: FolderPaths,
    /// Where the content was verified to be. An existing record keeps its own path.
    pub storage_path: StoragePath,
}

/// The result of filing one source file: the final event and, if the file is stored, its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The event in its final form; its `timestamp` is replaced by the server's.
    pub event: UploadEvent,
    /// The record. Several outcomes of one batch may have the same record; it is merged once for each.
    pub record: Option<RecordWrite>,
}

/// Content that the team has stored, according to its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its path and size.
    pub blob: BlobRef,
    /// Whether it was first stored in a matter with restricted access: then no other matter may share it.
    pub walled: bool,
}

impl Known {
    /// Whether a file of `matter` may refer to this content.
    pub fn may_serve(&self, matter: &MatterId) -> bool {
        !self.walled || self.blob.path.matter() == matter
    }
}

/// A position in the order of changes. Opaque; only the implementation that made it can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

/// One document that changed, in its current version.
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
    /// A user's display name.
    Person {
        /// The user.
        user: UserId,
        /// The name that colleagues see.
        display_name: String,
    },
    /// A document that cannot be read. It is set aside, so that it blocks no other.
    Unreadable(Unreadable),
}

impl Change {
    /// The document's path below the team's.
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

/// A document of the vault that is not in a form Strongroom writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its path below the team's, as [`Change::document`] gives it. It may be any text.
    pub document: String,
    /// What is wrong with it, as a sentence.
    pub reason: String,
}

/// Some changes, in an order in which no document precedes what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePage {
    /// The changes.
    pub changes: Vec<Change>,
    /// Where to continue.
    pub cursor: Cursor,
    /// Whether more changes are available now.
    pub more: bool,
}

/// The team's documents. Every write is idempotent; every batch is atomic. Calls fail with the [`PortError`] of the
/// vault.
#[async_trait]
pub trait Records: Send + Sync {
    /// The largest number of events in one call of [`begin`](Self::begin) or [`commit`](Self::commit).
    fn batch_limit(&self) -> usize;

    /// How many of these calls to make in parallel.
    fn batches_at_once(&self) -> usize {
        1
    }

    /// Writes a client; returns it as stored. `based_on` is the `updated_at` of the version the edit started from,
    /// `None` for a new client.
    ///
    /// # Errors
    /// [`Attention::Conflict`](super::Attention::Conflict) if a colleague changed it in between.
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

    /// Records the start of these attempts (`upload_interrupted`), before any byte is sent. An existing event stays as
    /// it is.
    async fn begin(&self, attempts: &[UploadEvent]) -> Result<(), PortError>;

    /// Writes final events and their records in one atomic step; the content is verified and durable by now.
    ///
    /// An event that is already final must agree with the one given, and then stays as it is. A record that exists
    /// gets the new folders merged into its own.
    ///
    /// # Errors
    /// `Damaged` if a stored event does not agree, `Invalid` for an outcome that contradicts itself.
    async fn commit(&self, outcomes: &[Outcome]) -> Result<(), PortError>;

    /// Writes the summary of a drop and its folders: before its first event, which the vault would refuse without it,
    /// and again when filing ends. Its times come from the vault's clock. Until the drop is finished, empty fields are
    /// filled in; afterwards only its counts change.
    ///
    /// # Errors
    /// `Invalid` if it is another user's drop.
    async fn put_drop(&self, summary: &DropSummary, folders: &[DropFolder]) -> Result<(), PortError>;

    /// Where the team stores content with these hashes, according to its records; hashes without a record are absent
    /// from the result. Whether the content is there is checked by [`Blobs::check`](super::Blobs::check).
    async fn known(&self, hashes: &[FileHash]) -> Result<Vec<Known>, PortError>;

    /// Coordinates with colleagues where new content goes, so that the team stores it once. Returns the path to use for
    /// each proposed one, in order: a different path, of the same content, if a colleague claimed that earlier. Whether
    /// the content is there, and can be stored there, is up to [`Blobs`](super::Blobs).
    async fn claim(&self, proposed: &[StoragePath]) -> Result<Vec<StoragePath>, PortError> {
        Ok(proposed.to_vec())
    }

    /// The kinds of these events, in order; `None` for one that does not exist.
    async fn event_kinds(&self, matter: &MatterId, ids: &[EventId]) -> Result<Vec<Option<EventKind>>, PortError>;

    /// At most `limit` events of a drop, ordered by id, starting after `after`. Events that other users wrote under its
    /// id are not included.
    async fn events_of_drop(
        &self,
        drop: &DropKey,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<UploadEvent>, PortError>;

    /// At most `limit` events of a matter, ordered by id, starting after `after`.
    async fn events_of_matter(
        &self,
        matter: &MatterId,
        after: Option<EventId>,
        limit: usize,
    ) -> Result<Vec<UploadEvent>, PortError>;

    /// The folders of a drop.
    async fn folders_of_drop(&self, drop: &DropKey) -> Result<Vec<DropFolder>, PortError>;

    /// The summary of a drop; `None` if it has none (yet).
    async fn drop_summary(&self, drop: &DropKey) -> Result<Option<DropSummary>, PortError>;

    /// At most `limit` summaries of drops to a matter, ordered by id, starting after `after`.
    async fn drops_of_matter(
        &self,
        matter: &MatterId,
        after: Option<DropId>,
        limit: usize,
    ) -> Result<Vec<DropSummary>, PortError>;

    /// These records of a matter; missing ones are skipped.
    async fn records_of(&self, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>, PortError>;

    /// At most `limit` records of the team ordered by (matter, metadata hash), starting after `after`.
    async fn all_records(
        &self,
        after: Option<(&MatterId, MetadataHash)>,
        limit: usize,
    ) -> Result<Vec<MetadataRecord>, PortError>;

    /// At most `limit` changes since `since`, or from the beginning without it.
    async fn changes(&self, since: Option<&Cursor>, limit: usize) -> Result<ChangePage, PortError>;

    /// Subscribes to changes after `since`: earlier ones are reported at once, later ones when they happen. A vault
    /// that only this computer writes to reports none.
    ///
    /// # Errors
    /// `Invalid` for a cursor of another vault.
    async fn follow(&self, _since: Option<&Cursor>) -> Result<Box<dyn Following>, PortError> {
        Ok(Box::new(Still::default()))
    }
}
