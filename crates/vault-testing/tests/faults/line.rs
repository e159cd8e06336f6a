//! The line to a vault that is elsewhere, which can be cut.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use vault_core::model::{
    BlobRef, Client, ClientFields, ClientId, DropFolder, DropId, DropKey, DropSummary, EventId, EventKind, FileHash,
    Matter, MatterFields, MatterId, MetadataHash, MetadataRecord, StoragePath, Timestamp, UploadEvent,
};
use vault_core::ports::{
    Attention, BlobReader, Blobs, ChangePage, Cursor, Known, ListedBlob, Outcome, PortError, Presence, Put, PutFailure,
    PutWatch, Records,
};
use vault_core::{Vault, VaultParts};

/// What a person is told while it is cut.
pub(crate) const OFFLINE: &str = "The firm's vault cannot be reached. It is tried again.";

/// What a person is told who has no access.
const SHUT_OUT: &str = "You have no access to this, or no longer.";

/// A line to documents and content.
#[derive(Default)]
pub(crate) struct Line {
    documents_cut: AtomicBool,
    content_cut: AtomicBool,
    shut_out: AtomicBool,
    replies_lost: AtomicBool,
    /// How many clients and matters still go through, if that is limited.
    edits_left: AtomicU64,
    edits_limited: AtomicBool,
    asked: AtomicU64,
    meanwhile: Mutex<Option<Doing>>,
}

type Doing = Pin<Box<dyn Future<Output = ()> + Send>>;

type Answer<T> = Result<T, PortError>;

impl Line {
    /// Puts a line before the documents and the content of this vault.
    pub(crate) fn before(vault: &Vault) -> (Arc<Self>, Vault) {
        let line = Arc::<Self>::default();
        let records = Far { behind: Arc::clone(&vault.parts().records), line: Arc::clone(&line) };
        let blobs = Far { behind: Arc::clone(&vault.parts().blobs), line: Arc::clone(&line) };
        (line, Vault::new(VaultParts { records: Arc::new(records), blobs: Arc::new(blobs), ..vault.parts() }))
    }

    /// Nothing goes through any more.
    pub(crate) fn cut(&self) {
        self.documents_cut.store(true, Ordering::SeqCst);
        self.cut_content();
    }

    /// No content goes through any more.
    pub(crate) fn cut_content(&self) {
        self.content_cut.store(true, Ordering::SeqCst);
    }

    /// The person has no access to the documents any more.
    pub(crate) fn shut_out(&self) {
        self.shut_out.store(true, Ordering::SeqCst);
    }

    /// Everything goes through again.
    pub(crate) fn mend(&self) {
        for cut in [&self.documents_cut, &self.content_cut, &self.replies_lost, &self.edits_limited] {
            cut.store(false, Ordering::SeqCst);
        }
    }

    /// So many clients and matters still go through, then nothing.
    pub(crate) fn cut_after(&self, edits: u64) {
        self.edits_left.store(edits, Ordering::SeqCst);
        self.edits_limited.store(true, Ordering::SeqCst);
    }

    /// What is asked of the documents' writers is done, but nobody hears of it.
    pub(crate) fn lose_replies(&self) {
        self.replies_lost.store(true, Ordering::SeqCst);
    }

    /// Does this when the next client or matter has been written and its answer is on its way.
    pub(crate) fn meanwhile(&self, doing: impl Future<Output = ()> + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::pin(doing));
    }

    /// How often changes were asked for, in vain or not.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::SeqCst)
    }

    fn documents(&self) -> Answer<()> {
        if self.shut_out.load(Ordering::SeqCst) {
            return Err(PortError::NeedsPerson { kind: Attention::NoAccess, message: SHUT_OUT.to_owned() });
        }
        goes_through(&self.documents_cut)
    }

    fn edit(&self) -> Answer<()> {
        if self.edits_limited.load(Ordering::SeqCst) {
            let through = self.edits_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            if through.is_err() {
                self.cut();
            }
        }
        self.documents()
    }

    fn content(&self) -> Answer<()> {
        goes_through(&self.content_cut)
    }

    async fn edited<T>(&self, done: Answer<T>) -> Answer<T> {
        let meanwhile = self.meanwhile.lock().unwrap().take();
        if let Some(doing) = meanwhile {
            doing.await;
        }
        self.reply(done)
    }

    fn reply<T>(&self, done: Answer<T>) -> Answer<T> {
        goes_through(&self.replies_lost)?;
        done
    }
}

fn goes_through(cut: &AtomicBool) -> Answer<()> {
    if cut.load(Ordering::SeqCst) { Err(PortError::later(OFFLINE)) } else { Ok(()) }
}

struct Far<P: ?Sized> {
    line: Arc<Line>,
    behind: Arc<P>,
}

#[async_trait]
impl Records for Far<dyn Records> {
    fn batch_limit(&self) -> usize {
        self.behind.batch_limit()
    }

    fn batches_at_once(&self) -> usize {
        self.behind.batches_at_once()
    }

    async fn put_client(
        &self,
        id: &ClientId,
        fields: ClientFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Client> {
        self.line.edit()?;
        self.line.edited(self.behind.put_client(id, fields, removed, based_on).await).await
    }

    async fn put_matter(
        &self,
        id: &MatterId,
        fields: MatterFields,
        removed: bool,
        based_on: Option<Timestamp>,
    ) -> Answer<Matter> {
        self.line.edit()?;
        self.line.edited(self.behind.put_matter(id, fields, removed, based_on).await).await
    }

    async fn claim(&self, proposed: &[StoragePath]) -> Answer<Vec<StoragePath>> {
        self.line.documents()?;
        self.behind.claim(proposed).await
    }

    async fn begin(&self, attempts: &[UploadEvent]) -> Answer<()> {
        self.line.documents()?;
        self.behind.begin(attempts).await
    }

    async fn commit(&self, outcomes: &[Outcome]) -> Answer<()> {
        self.line.documents()?;
        self.line.reply(self.behind.commit(outcomes).await)
    }

    async fn put_drop(&self, summary: &DropSummary, folders: &[DropFolder]) -> Answer<()> {
        self.line.documents()?;
        self.behind.put_drop(summary, folders).await
    }

    async fn known(&self, hashes: &[FileHash]) -> Answer<Vec<Known>> {
        self.line.documents()?;
        self.behind.known(hashes).await
    }

    async fn event_kinds(&self, matter: &MatterId, ids: &[EventId]) -> Answer<Vec<Option<EventKind>>> {
        self.line.documents()?;
        self.behind.event_kinds(matter, ids).await
    }

    async fn events_of_drop(&self, drop: &DropKey, after: Option<EventId>, limit: usize) -> Answer<Vec<UploadEvent>> {
        self.line.documents()?;
        self.behind.events_of_drop(drop, after, limit).await
    }

    async fn events_of_matter(
        &self,
        matter: &MatterId,
        after: Option<EventId>,
        limit: usize,
    ) -> Answer<Vec<UploadEvent>> {
        self.line.documents()?;
        self.behind.events_of_matter(matter, after, limit).await
    }

    async fn folders_of_drop(&self, drop: &DropKey) -> Answer<Vec<DropFolder>> {
        self.line.documents()?;
        self.behind.folders_of_drop(drop).await
    }

    async fn drop_summary(&self, drop: &DropKey) -> Answer<Option<DropSummary>> {
        self.line.documents()?;
        self.behind.drop_summary(drop).await
    }

    async fn drops_of_matter(
        &self,
        matter: &MatterId,
        after: Option<DropId>,
        limit: usize,
    ) -> Answer<Vec<DropSummary>> {
        self.line.documents()?;
        self.behind.drops_of_matter(matter, after, limit).await
    }

    async fn records_of(&self, matter: &MatterId, ids: &[MetadataHash]) -> Answer<Vec<MetadataRecord>> {
        self.line.documents()?;
        self.behind.records_of(matter, ids).await
    }

    async fn all_records(&self, after: Option<(&MatterId, MetadataHash)>, limit: usize) -> Answer<Vec<MetadataRecord>> {
        self.line.documents()?;
        self.behind.all_records(after, limit).await
    }

    async fn changes(&self, since: Option<&Cursor>, limit: usize) -> Answer<ChangePage> {
        self.line.asked.fetch_add(1, Ordering::SeqCst);
        self.line.documents()?;
        self.behind.changes(since, limit).await
    }
}

#[async_trait]
impl Blobs for Far<dyn Blobs> {
    fn under_way(&self) -> usize {
        self.behind.under_way()
    }

    async fn check(&self, blobs: &[BlobRef]) -> Answer<Vec<Presence>> {
        self.line.content()?;
        self.behind.check(blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<Result<(), PutFailure>>> {
        self.line.content()?;
        self.behind.put(batch, watch).await
    }

    async fn get(&self, blob: &BlobRef) -> Answer<Option<BlobReader>> {
        self.line.content()?;
        self.behind.get(blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
        self.line.content()?;
        self.behind.list(after, limit).await
    }
}
