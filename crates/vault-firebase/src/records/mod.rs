//! The team's documents in Firestore.
//!
//! - A batch of outcomes is one atomic commit. It is sent on the assumed state, each document with a precondition; only
//!   if one of them fails is anything read ([`commit`], [`plan`], [`seen`]).
//! - Clients and matters are written in transactions, because what may be written depends on other documents
//!   ([`clients`], [`matters`]).
//! - Changes are read in order of `updatedAt` ([`changes`], [`cursor`]), except for those made by this program
//!   ([`recent`]); a listener reports new ones ([`follow`]).

mod changes;
mod claims;
mod clients;
mod commit;
mod contention;
mod cursor;
mod drops;
mod follow;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzed;
mod matters;
mod open_matters;
mod pages;
mod plan;
mod reading;
mod recent;
mod refusal;
mod seen;
mod set_aside;
mod transact;
mod wire;
mod writes;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Mutex;
use vault_core::model::{
    Client, ClientFields, ClientId, DropFolder, DropId, DropKey, DropSummary, EventId, EventKind, FileHash, Matter,
    MatterFields, MatterId, MetadataHash, MetadataRecord, StoragePath, Timestamp, UploadEvent,
};
use vault_core::ports::{ChangePage, Cursor, Following, Identity, Known, Mirror, Outcome, Person, PortError, Records};

use crate::blobs::Matters;
use crate::connection::Connection;
use crate::firestore::{Cost, Firestore, Query, Read, text};
use open_matters::OpenMatters;
use recent::Recent;
use seen::Seen;
use wire::Names;

/// [`Records`] of the firm's vault.
pub struct FirebaseRecords {
    firestore: Firestore,
    names: Names,
    person: Person,
    matters: OpenMatters,
    seen: Seen,
    recent: Recent,
    /// Held by this program's only transaction: two would only conflict with each other.
    transaction: Mutex<()>,
    copy: Option<Arc<dyn Mirror>>,
    settled: Duration,
}

/// Files of one commit: each has an event and a record, and a commit takes 500 documents.
const BATCH_LIMIT: usize = 250;

/// Commits at once.
const BATCHES_AT_ONCE: usize = 4;

/// How long after its time a document may still appear. `updatedAt` is the time a server accepted the request; a commit
/// that waits for another can become visible some seconds after a newer one.
const SETTLED: Duration = Duration::from_secs(10);

type Answer<T> = Result<T, PortError>;

impl FirebaseRecords {
    /// The documents of the team that `identity` works in.
    ///
    /// # Errors
    /// As the identity reports them.
    pub async fn open(connection: &Connection, identity: Arc<dyn Identity>) -> Answer<Self> {
        let person = identity.person().await?;
        let firestore = Firestore::new(connection, identity)?;
        let names = Names::new(firestore.database(), &person.team);
        let (matters, seen, recent) = (OpenMatters::default(), Seen::default(), Recent::default());
        let transaction = Mutex::default();
        Ok(Self { firestore, names, person, matters, seen, recent, transaction, copy: None, settled: SETTLED })
    }

    /// Uses this local copy for a record's assumed state before writing, instead of reading it. The copy may be
    /// outdated: a write based on it is refused if the record has changed.
    pub fn beside(mut self, copy: Arc<dyn Mirror>) -> Self {
        self.copy = Some(copy);
        self
    }

    /// Changes how long after its time a document may still appear; for tests.
    pub fn settled_after(mut self, time: Duration) -> Self {
        self.settled = time;
        self
    }

    /// The documents of this kind in all matters open to the whole team.
    fn across(&self, collection: &str) -> Query {
        Query::across(self.firestore.database(), collection).equal("openTo", text(self.person.team.as_str()))
    }

    /// The matters open to the whole team.
    fn open_matters(&self) -> Query {
        Query::of(self.names.team(), "matters").equal("openTo", text(self.person.team.as_str()))
    }

    /// What was billed since the vault was opened.
    pub fn cost(&self) -> Cost {
        self.firestore.cost()
    }
}

#[async_trait]
impl Matters for FirebaseRecords {
    async fn ids(&self) -> Answer<Vec<MatterId>> {
        open_matters::ids(self).await
    }

    /// A query for one matter, however many there are.
    async fn sees(&self, matter: &MatterId) -> Answer<bool> {
        Ok(open_matters::find(self, matter, &Read::Now).await?.is_some())
    }

    async fn claimed(&self, content: FileHash) -> Answer<Option<StoragePath>> {
        claims::of(self, content).await
    }

    async fn why_refused(&self, matter: &MatterId) -> Option<PortError> {
        refusal::of_content(self, matter).await
    }
}

#[async_trait]
impl Records for FirebaseRecords {
    fn batch_limit(&self) -> usize {
        BATCH_LIMIT
    }

    /// A commit mostly waits for the server.
    fn batches_at_once(&self) -> usize {
        BATCHES_AT_ONCE
    }

    async fn put_client(
        &self,
        id: &ClientId,
        fields: ClientFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Client> {
        clients::put(self, id, fields, removed, based_on).await
    }

    async fn put_matter(
        &self,
        id: &MatterId,
        fields: MatterFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Matter> {
        let written = matters::put(self, id, fields, removed, based_on).await;
        self.matters.forget(id);
        written
    }

    async fn begin(&self, attempts: &[UploadEvent]) -> Answer<()> {
        commit::begin(self, attempts).await
    }

    async fn commit(&self, outcomes: &[Outcome]) -> Answer<()> {
        commit::commit(self, outcomes).await
    }

    async fn put_drop(&self, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
        drops::put(self, summary, folders).await
    }

    async fn known(&self, hashes: &[FileHash]) -> Answer<Vec<Known>> {
        reading::known(self, hashes).await
    }

    async fn claim(&self, proposed: &[StoragePath]) -> Answer<Vec<StoragePath>> {
        claims::claim(self, proposed).await
    }

    async fn event_kinds(&self, matter: &MatterId, ids: &[EventId]) -> Answer<Vec<Option<EventKind>>> {
        reading::event_kinds(self, matter, ids).await
    }

    async fn events_of_drop(&self, drop: &DropKey, after: Option<EventId>, limit: usize) -> Answer<Vec<UploadEvent>> {
        reading::events_of_drop(self, drop, after, limit).await
    }

    async fn events_of_matter(
        &self,
        matter: &MatterId,
        after: Option<EventId>,
        limit: usize,
    ) -> Answer<Vec<UploadEvent>> {
        reading::events_of_matter(self, matter, after, limit).await
    }

    async fn folders_of_drop(&self, drop: &DropKey) -> Answer<Vec<DropFolder>> {
        drops::folders(self, drop).await
    }

    async fn drop_summary(&self, drop: &DropKey) -> Answer<Option<DropSummary>> {
        drops::summary(self, drop).await
    }

    async fn drops_of_matter(
        &self,
        matter: &MatterId,
        after: Option<DropId>,
        limit: usize,
    ) -> Answer<Vec<DropSummary>> {
        drops::of_matter(self, matter, after, limit).await
    }

    async fn records_of(&self, matter: &MatterId, ids: &[MetadataHash]) -> Answer<Vec<MetadataRecord>> {
        reading::records_of(self, matter, ids).await
    }

    async fn all_records(&self, after: Option<(&MatterId, MetadataHash)>, limit: usize) -> Answer<Vec<MetadataRecord>> {
        reading::all_records(self, after, limit).await
    }

    async fn changes(&self, since: Option<&Cursor>, limit: usize) -> Answer<ChangePage> {
        changes::page(self, since, limit).await
    }

    async fn follow(&self, since: Option<&Cursor>) -> Answer<Box<dyn Following>> {
        Ok(Box::new(follow::Follower::new(self, since)?))
    }
}
