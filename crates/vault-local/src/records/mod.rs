//! The team's documents in `vault.db`. Each table has its module, which contains its SQL.

mod changes;
mod clients;
mod commit;
mod drop_folders;
mod drops;
mod ending;
mod event_rows;
mod events;
mod folders;
mod matter_rules;
mod matters;
mod merging;
mod metadata;

use std::sync::Arc;

use async_trait::async_trait;
use vault_core::model::{
    Client, ClientFields, ClientId, DropFolder, DropId, DropKey, DropSummary, EventId, EventKind, FileHash, Matter,
    MatterFields, MatterId, MetadataHash, MetadataRecord, Timestamp, UploadEvent,
};
use vault_core::ports::{ChangePage, Cursor, Known, Outcome, Person, PortError, Records};

use crate::db::Db;

/// [`Records`] of the embedded vault.
pub struct LocalRecords {
    db: Arc<Db>,
    person: Arc<Person>,
}

/// Events per call: enough to make a batch's fixed costs negligible, few enough to take only milliseconds.
const BATCH_LIMIT: usize = 4096;

impl LocalRecords {
    pub(crate) fn new(db: Arc<Db>, person: Arc<Person>) -> Self {
        Self { db, person }
    }
}

type Answer<T> = Result<T, PortError>;

#[async_trait]
impl Records for LocalRecords {
    fn batch_limit(&self) -> usize {
        BATCH_LIMIT
    }

    async fn put_client(
        &self,
        id: &ClientId,
        fields: ClientFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Client> {
        clients::put(&self.db, id, fields, removed, based_on).await
    }

    async fn put_matter(
        &self,
        id: &MatterId,
        fields: MatterFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Matter> {
        matters::put(&self.db, id, fields, removed, based_on).await
    }

    async fn begin(&self, attempts: &[UploadEvent]) -> Answer<()> {
        commit::begin(self, attempts).await
    }

    async fn commit(&self, outcomes: &[Outcome]) -> Answer<()> {
        commit::commit(self, outcomes).await
    }

    async fn put_drop(&self, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
        drops::put(&self.db, summary, folders).await
    }

    async fn known(&self, hashes: &[FileHash]) -> Answer<Vec<Known>> {
        metadata::known(&self.db, &self.person.team, hashes).await
    }

    async fn event_kinds(&self, matter: &MatterId, ids: &[EventId]) -> Answer<Vec<Option<EventKind>>> {
        events::kinds(&self.db, matter, ids).await
    }

    async fn events_of_drop(&self, drop: &DropKey, after: Option<EventId>, limit: usize) -> Answer<Vec<UploadEvent>> {
        events::of_drop(&self.db, &self.person.team, drop, after, limit).await
    }

    async fn events_of_matter(
        &self,
        matter: &MatterId,
        after: Option<EventId>,
        limit: usize,
    ) -> Answer<Vec<UploadEvent>> {
        events::of_matter(&self.db, &self.person.team, matter, after, limit).await
    }

    async fn folders_of_drop(&self, drop: &DropKey) -> Answer<Vec<DropFolder>> {
        drop_folders::of(&self.db, drop).await
    }

    async fn drop_summary(&self, drop: &DropKey) -> Answer<Option<DropSummary>> {
        drops::one(&self.db, drop).await
    }

    async fn drops_of_matter(
        &self,
        matter: &MatterId,
        after: Option<DropId>,
        limit: usize,
    ) -> Answer<Vec<DropSummary>> {
        drops::of_matter(&self.db, matter, after, limit).await
    }

    async fn records_of(&self, matter: &MatterId, ids: &[MetadataHash]) -> Answer<Vec<MetadataRecord>> {
        metadata::of(&self.db, &self.person.team, matter, ids).await
    }

    async fn all_records(&self, after: Option<(&MatterId, MetadataHash)>, limit: usize) -> Answer<Vec<MetadataRecord>> {
        metadata::all(&self.db, &self.person.team, after, limit).await
    }

    async fn changes(&self, since: Option<&Cursor>, limit: usize) -> Answer<ChangePage> {
        changes::page(&self.db, &self.person, since, limit).await
    }
}
