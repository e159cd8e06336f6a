//! Delivers a drop from the queue to the vault.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::{Mutex, RwLock, Semaphore};

use super::commit_batches::CommitBatches;
use super::noted::{is_stop_noted, stop_is_noted};
use super::page::{Page, Stored};
use super::provisional_count::ProvisionalCount;
use super::reconcile::reconcile;
use crate::filing::{ItemEvent, ItemState};
use crate::model::{DropId, EventId, FileHash, MatterId, Timestamp};
use crate::ports::{DropPhase, Item, ItemUpdate, JournaledDrop, Person, PortError};
use crate::progress::Progress;
use crate::queue::PauseReason;
use crate::vault::Vault;

/// Items taken from the queue at once: the group whose bytes are flushed and whose records are committed together.
/// Smaller groups cost more flushes; larger ones lose more work in a power cut.
pub(super) const PAGE: usize = 2048;

/// How many pages are processed at once.
const IN_FLIGHT: usize = 3;

/// How many passes are made over a drop: a file that changed while it was filed is read and tried again.
pub(super) const PASSES: usize = 3;

/// Why filing ended before the drop did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halt {
    /// The user stopped it.
    Stopped,
    /// The vault could not continue; the queue keeps the rest.
    Paused(PortError),
    /// Everything else is done; some files wait for a retry.
    Waiting {
        /// When the first of them is retried.
        until: Timestamp,
        /// Why that one waits: a sentence to show to the user.
        why: String,
    },
}

impl Halt {
    /// The kind of halt, for the log: the sentence may contain names.
    const fn class(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Paused(error) => error.class(),
            Self::Waiting { .. } => "waiting",
        }
    }
}

/// The state of a drop when filing returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The drop with its counts.
    pub drop: JournaledDrop,
    /// Why it is not finished, if it is not.
    pub halt: Option<Halt>,
}

/// A drop being filed.
pub(crate) struct Delivery<'a> {
    pub(super) vault: &'a Vault,
    pub(super) drop: JournaledDrop,
    pub(super) person: Person,
    pub(super) progress: Arc<Progress>,
    /// Whether an earlier run may have done more than the queue knows.
    pub(super) resumed: bool,
    /// Whether files that wait for a retry are tried at once.
    at_once: bool,
    /// Read-locked by each page in progress; write-locked by a page that depends on what the one before stores.
    pages: RwLock<()>,
    catching_up: Mutex<()>,
    /// Permits for files that have begun and are not recorded.
    pub(super) under_way: Arc<Semaphore>,
}

/// Where to continue reading the queue.
#[derive(Default)]
struct Next {
    from: u64,
    /// The content of the last item read.
    last: Option<FileHash>,
}

/// Items taken from the queue.
struct NextPage {
    items: Vec<Item>,
    /// Whether it starts with the content that the previous page ended with.
    goes_on: bool,
    /// Whether it is the last page.
    is_last: bool,
}

impl NextPage {
    fn after(&self) -> Next {
        let last = self.items.last();
        Next { from: last.map_or(0, |item| item.seq + 1), last: last.and_then(hash_of) }
    }
}

/// Why a page could not be completed, if so; a fault in the vault's own data ends everything.
type Ended = Result<Option<Halt>, PortError>;

impl<'a> Delivery<'a> {
    pub(crate) async fn new(vault: &'a Vault, drop: DropId, progress: Arc<Progress>) -> Result<Self, PortError> {
        let person = vault.identity.person().await?;
        let Some(drop) = vault.journal.drop_by_id(drop).await? else {
            return Err(PortError::invalid(format!("There is no drop {drop} in the queue of this computer.")));
        };
        Ok(Self {
            vault,
            drop,
            person,
            progress,
            resumed: false,
            at_once: false,
            pages: RwLock::default(),
            catching_up: Mutex::default(),
            under_way: Arc::new(Semaphore::new(most_under_way(vault))),
        })
    }

    /// Continues where an earlier run stopped, however it ended; `at_once` includes files that wait for a retry.
    pub(crate) fn resumed(self, at_once: bool) -> Self {
        Self { resumed: true, at_once, ..self }
    }

    pub(crate) fn matter(&self) -> &MatterId {
        &self.drop.new.matter
    }

    pub(super) fn id(&self) -> DropId {
        self.drop.new.id
    }

    pub(crate) async fn run(&self) -> Result<Finished, PortError> {
        let journal = &self.vault.journal;
        if self.drop.is_cancelling() {
            return self.cancel_drop().await;
        }
        if self.drop.is_paused_by_user() {
            return self.finished(Some(Halt::Stopped)).await;
        }
        tracing::info!(drop = %self.id(), waiting = self.drop.waiting, resumed = self.resumed, "filing begins");
        self.progress.expect(self.drop.waiting, 0);
        if let Some(reason) = &self.drop.paused {
            journal.clear_pause(self.id(), reason).await?;
        }
        let mut halt = paused(self.vault.matter_has_arrived(self.matter()).await.map(|()| None))?;
        if halt.is_none() && !self.progress.stopped() {
            halt = paused(self.announce().await.map(|()| None))?;
        }
        if halt.is_none() {
            halt = self.all_passes().await?;
        }
        if halt == Some(Halt::Stopped) && self.is_all_done().await? {
            // The stop request came after everything was done.
            halt = None;
        }
        if halt.is_none() {
            halt = self.waits().await?;
        }
        match &halt {
            None => self.close(DropPhase::Finished).await?,
            Some(Halt::Paused(error)) if !self.is_stopped_by_user().await => {
                // On a full disk this write fails too; the caller still gets the reason, but it is not kept.
                if let Err(unkept) = journal.pause(self.id(), &PauseReason::Blocked(error.to_string())).await {
                    tracing::warn!(drop = %self.id(), class = unkept.class(), "the reason of a pause is not kept");
                }
            }
            Some(Halt::Stopped) => return self.stopped().await,
            Some(_) => {}
        }
        self.finished(halt).await
    }

    /// Files until nothing is left, or a user stops it, in this program or another.
    async fn all_passes(&self) -> Ended {
        let passes = async {
            for pass in 1..=PASSES {
                let halt = paused(self.all_pages(pass).await)?;
                if halt.is_some() || self.vault.journal.open_items(self.id(), 0, 1).await?.is_empty() {
                    return Ok(halt);
                }
            }
            Ok(None)
        };
        tokio::pin!(passes);
        tokio::select! {
            ended = &mut passes => ended,
            () = stop_is_noted(&*self.vault.journal, self.id()) => {
                self.progress.stop();
                passes.await
            }
        }
    }

    async fn is_stopped_by_user(&self) -> bool {
        is_stop_noted(&*self.vault.journal, self.id()).await
    }

    /// The state of the drop after a stop. If a user cancelled it in another program, the cancellation is completed
    /// here: this program holds the filing lock, and the other one waits for it.
    async fn stopped(&self) -> Result<Finished, PortError> {
        let now = Self::new(self.vault, self.id(), Arc::clone(&self.progress)).await?;
        if now.drop.is_cancelling() {
            match now.cancel_drop().await {
                Ok(given_up) => return Ok(Finished { halt: Some(Halt::Stopped), ..given_up }),
                Err(error) if error.is_damage() => return Err(error),
                // The cancellation is recorded; the next run of the drop asks the vault again.
                Err(error) => {
                    tracing::info!(drop = %self.id(), class = error.class(), "a cancellation is not complete");
                }
            }
        }
        self.finished(Some(Halt::Stopped)).await
    }

    /// Whether nothing of the drop is left to be filed, and no user paused or cancelled it.
    async fn is_all_done(&self) -> Result<bool, PortError> {
        let open = self.vault.journal.open_items(self.id(), 0, 1).await?;
        Ok(open.is_empty() && !self.is_stopped_by_user().await)
    }

    /// The waiting file that is retried first.
    async fn waits(&self) -> Result<Option<Halt>, PortError> {
        let waiting = self.vault.journal.waiting_items(self.id()).await?;
        let waits = waiting.into_iter().filter_map(|item| match item.file.state {
            ItemState::Waiting { until, why, .. } => Some((until, why)),
            _ => None,
        });
        Ok(waits.min_by_key(|(until, _)| *until).map(|(until, why)| Halt::Waiting { until, why }))
    }

    /// Whether an item is to be processed in this pass.
    fn is_due(&self, item: &Item, pass: usize) -> bool {
        match item.file.state {
            ItemState::Waiting { until, .. } => (self.at_once && pass == 1) || until <= self.vault.clock.now(),
            _ => true,
        }
    }

    async fn finished(&self, halt: Option<Halt>) -> Result<Finished, PortError> {
        let caught_up = self.vault.sync_mirror().await;
        if halt.is_none() {
            caught_up?;
        }
        let drop = self.vault.journal.drop_by_id(self.id()).await?.unwrap_or_else(|| self.drop.clone());
        let counts = &drop.counts;
        tracing::info!(
            drop = %drop.new.id,
            stored = counts.stored,
            known = counts.skipped,
            waiting = drop.waiting,
            attention = drop.attention,
            halt = halt.as_ref().map_or("none", Halt::class),
            "filing ends"
        );
        Ok(Finished { drop, halt })
    }

    /// Files all pages, several at a time: while the bytes of one are flushed, those of the next are read, and the
    /// records of the previous one are written.
    async fn all_pages(&self, pass: usize) -> Result<Option<Halt>, PortError> {
        let mut under_way: FuturesUnordered<Pin<Box<dyn Future<Output = Ended> + Send + '_>>> = FuturesUnordered::new();
        let mut next = Some(Next::default());
        let mut halt = None;
        loop {
            while let Some(from) = next.take_if(|_| under_way.len() < IN_FLIGHT) {
                if halt.is_none() && !self.progress.stopped() {
                    let page = self.next_page(&from).await?;
                    next = page.as_ref().map(NextPage::after);
                    under_way.extend(page.map(|page| Box::pin(self.page(page, pass)) as _));
                }
            }
            match under_way.next().await {
                Some(ended) => match ended? {
                    // A fault of the vault takes precedence over the stop that it caused.
                    Some(Halt::Stopped) => halt = halt.or(Some(Halt::Stopped)),
                    Some(paused) => halt = Some(paused),
                    None => {}
                },
                None => return Ok(halt.or_else(|| self.progress.stopped().then_some(Halt::Stopped))),
            }
        }
    }

    /// The next items of the queue.
    async fn next_page(&self, next: &Next) -> Result<Option<NextPage>, PortError> {
        let items = self.vault.journal.open_items(self.id(), next.from, PAGE).await?;
        let is_last = items.len() < PAGE;
        let items = whole_groups(items);
        let first = items.first().and_then(hash_of);
        let goes_on = first.is_some() && first == next.last;
        Ok((!items.is_empty()).then_some(NextPage { items, goes_on, is_last }))
    }

    async fn page(&self, page: NextPage, pass: usize) -> Ended {
        // If the previous page is storing the same content, wait until that is done.
        let (_alone, _together);
        if page.goes_on {
            _alone = self.pages.write().await;
        } else {
            _together = self.pages.read().await;
        }
        let NextPage { mut items, is_last, .. } = page;
        items.retain(|item| self.is_due(item, pass));
        if items.is_empty() {
            return Ok(None);
        }
        let reconciled = self.reconciled(items, pass).await?;
        tracing::debug!(drop = %self.id(), pass, files = reconciled.len(), "a batch begins");
        let counted = Arc::new(ProvisionalCount::new(&self.progress));
        let was_begun =
            |item: &&Item| matches!(item.file.state, ItemState::Uploading { .. } | ItemState::Waiting { .. });
        let begun = reconciled.iter().filter(was_begun);
        let begun = begun.map(|item| item.seq).collect();
        let page = Page { delivery: self, begun, last_pass: pass == PASSES, counted: Arc::clone(&counted) };
        let mut stored = page.store(reconciled).await?;
        let halt = stored.halt.take();
        self.record(&mut stored).await?;
        counted.correct(stored.ended());
        // After the last page the mirror is updated once the drop is closed.
        if !is_last {
            self.sync_mirror().await?;
        }
        Ok(halt)
    }

    /// Updates the mirror, one page of the drop at a time.
    pub(super) async fn sync_mirror(&self) -> Result<(), PortError> {
        let _one_at_a_time = self.catching_up.lock().await;
        self.vault.sync_mirror().await
    }

    async fn reconciled(&self, items: Vec<Item>, pass: usize) -> Result<Vec<Item>, PortError> {
        if !self.resumed || pass > 1 {
            return Ok(items);
        }
        let before = items.len();
        let rest = reconcile(self, items).await?;
        self.progress.add_files((before - rest.len()) as u64);
        Ok(rest)
    }

    /// Writes the results of a page: first to the vault, then to the queue.
    pub(super) async fn record(&self, stored: &mut Stored) -> Result<(), PortError> {
        let records = &self.vault.records;
        let commit_batches = CommitBatches::of(&**records, stored.outcomes.len());
        commit_batches
            .write(commit_batches.of_records(&mut stored.outcomes), |outcomes| records.commit(outcomes))
            .await?;
        if !stored.steps.is_empty() {
            self.vault.journal.advance(self.id(), &stored.steps).await?;
        }
        if !stored.done.is_empty() {
            self.vault.journal.done(self.id(), &stored.done).await?;
        }
        let events = stored.outcomes.len();
        tracing::debug!(drop = %self.id(), events, done = stored.done.len(), "a batch is recorded");
        Ok(())
    }

    pub(super) fn fresh_event(&self) -> EventId {
        EventId::new(self.vault.clock.unique())
    }
}

/// How many files may have begun without being recorded.
pub(super) fn most_under_way(vault: &Vault) -> usize {
    vault.blobs.under_way().clamp(1, Semaphore::MAX_PERMITS)
}

/// Turns a failure of the vault into a pause; the queue keeps what is left to do.
fn paused(ended: Ended) -> Ended {
    match ended {
        Err(error) if !error.is_damage() => Ok(Some(Halt::Paused(error))),
        ended => ended,
    }
}

/// The update that `event` makes to an item; an event that is not allowed in its state changes nothing.
pub(super) fn step(item: &Item, event: ItemEvent) -> ItemUpdate {
    let state: ItemState = item.file.state.next(event).unwrap_or_else(|| item.file.state.clone());
    ItemUpdate { seq: item.seq, state, read: None, event: None }
}

/// Cuts a page so that it doesn't split items with the same content, unless there are too many of them.
fn whole_groups(mut items: Vec<Item>) -> Vec<Item> {
    if items.len() < PAGE {
        return items;
    }
    let last = items.last().and_then(hash_of);
    if let Some(cut) = items.iter().rposition(|item| hash_of(item) != last) {
        items.truncate(cut + 1);
    }
    items
}

fn hash_of(item: &Item) -> Option<FileHash> {
    item.file.read.map(|read| read.hash)
}
