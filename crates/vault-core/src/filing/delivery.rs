//! Delivers a drop from the queue to the vault.

use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::{Mutex, RwLock, Semaphore};

use super::batch::{Batch, Stored};
use super::commit_batches::CommitBatches;
use super::context::FilingContext;
use super::provisional_count::ProvisionalCount;
use super::reconcile::reconcile;
use crate::model::{DropId, FileHash, Timestamp};
use crate::ports::PortError;
use crate::progress::Progress;
use crate::queue::{DropPhase, Item, ItemState, JournaledDrop, PauseReason, QueuedDrop, is_stop_noted, stop_is_noted};

/// Items taken from the queue at once: the group whose bytes are flushed and whose records are committed together.
/// Smaller groups cost more flushes; larger ones lose more work in a power cut.
const BATCH: usize = 2048;

/// How many batches are processed at once.
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
    pub(super) context: FilingContext<'a>,
    pub(super) queued: QueuedDrop<'a>,
    pub(super) progress: Arc<Progress>,
    /// Whether an earlier run may have done more than the queue knows.
    pub(super) resumed: bool,
    /// Whether files that wait for a retry are tried at once.
    at_once: bool,
    /// Read-locked by each batch in progress; write-locked by one that depends on what the one before stores.
    batches: RwLock<()>,
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
struct NextBatch {
    items: Vec<Item>,
    /// Whether it starts with the content that the previous batch ended with.
    goes_on: bool,
    /// Whether it is the last batch.
    is_last: bool,
}

impl NextBatch {
    fn after(&self) -> Next {
        let last = self.items.last();
        Next { from: last.map_or(0, |item| item.seq + 1), last: last.and_then(hash_of) }
    }
}

/// Why a batch could not be completed, if so; a fault in the vault's own data ends everything.
type Ended = Result<Option<Halt>, PortError>;

impl<'a> Delivery<'a> {
    pub(crate) fn new(queued: QueuedDrop<'a>, progress: Arc<Progress>) -> Self {
        let context = queued.context;
        Self {
            context,
            queued,
            progress,
            resumed: false,
            at_once: false,
            batches: RwLock::default(),
            catching_up: Mutex::default(),
            under_way: Arc::new(Semaphore::new(most_under_way(context))),
        }
    }

    /// Continues where an earlier run stopped, however it ended; `at_once` includes files that wait for a retry.
    pub(crate) fn resumed(self, at_once: bool) -> Self {
        Self { resumed: true, at_once, ..self }
    }

    pub(super) const fn id(&self) -> DropId {
        self.queued.id()
    }

    pub(crate) async fn run(&self) -> Result<Finished, PortError> {
        let (journal, drop) = (self.context.journal, &self.queued.drop);
        if drop.is_cancelling() {
            return Ok(Finished { drop: self.queued.cancel().await?, halt: None });
        }
        if drop.is_paused_by_user() {
            return self.finished(Some(Halt::Stopped)).await;
        }
        tracing::info!(drop = %self.id(), waiting = drop.waiting, resumed = self.resumed, "filing begins");
        self.progress.expect(drop.waiting, 0);
        if let Some(reason) = &drop.paused {
            journal.clear_pause(self.id(), reason).await?;
        }
        let mut halt = paused(self.context.edits.matter_has_arrived(self.queued.matter()).await.map(|()| None))?;
        if halt.is_none() && !self.progress.stopped() {
            halt = paused(self.queued.announce(self.resumed).await.map(|()| None))?;
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
            None => self.queued.close(DropPhase::Finished).await?,
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
                let halt = paused(self.all_batches(pass).await)?;
                if halt.is_some() || self.context.journal.open_items(self.id(), 0, 1).await?.is_empty() {
                    return Ok(halt);
                }
            }
            Ok(None)
        };
        tokio::pin!(passes);
        tokio::select! {
            ended = &mut passes => ended,
            () = stop_is_noted(self.context.journal, self.id()) => {
                self.progress.stop();
                passes.await
            }
        }
    }

    async fn is_stopped_by_user(&self) -> bool {
        is_stop_noted(self.context.journal, self.id()).await
    }

    /// The state of the drop after a stop. If a user cancelled it in another program, the cancellation is completed
    /// here: this program holds the filing lock, and the other one waits for it.
    async fn stopped(&self) -> Result<Finished, PortError> {
        let now = QueuedDrop::find(self.context, self.id()).await?;
        if now.drop.is_cancelling() {
            match now.cancel().await {
                Ok(drop) => return Ok(Finished { drop, halt: Some(Halt::Stopped) }),
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
        let open = self.context.journal.open_items(self.id(), 0, 1).await?;
        Ok(open.is_empty() && !self.is_stopped_by_user().await)
    }

    /// The waiting file that is retried first.
    async fn waits(&self) -> Result<Option<Halt>, PortError> {
        let waiting = self.context.journal.waiting_items(self.id()).await?;
        let waits = waiting.into_iter().filter_map(|item| match item.file.state {
            ItemState::Waiting { until, why, .. } => Some((until, why)),
            _ => None,
        });
        Ok(waits.min_by_key(|(until, _)| *until).map(|(until, why)| Halt::Waiting { until, why }))
    }

    /// Whether an item is to be processed in this pass.
    fn is_due(&self, item: &Item, pass: usize) -> bool {
        match item.file.state {
            ItemState::Waiting { until, .. } => (self.at_once && pass == 1) || until <= self.context.clock.now(),
            _ => true,
        }
    }

    async fn finished(&self, halt: Option<Halt>) -> Result<Finished, PortError> {
        let caught_up = self.context.sync_mirror().await;
        if halt.is_none() {
            caught_up?;
        }
        let drop = self.queued.now().await?;
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

    /// Files all batches, several at a time: while the bytes of one are flushed, those of the next are read, and the
    /// records of the previous one are written.
    async fn all_batches(&self, pass: usize) -> Result<Option<Halt>, PortError> {
        let mut under_way: FuturesUnordered<Pin<Box<dyn Future<Output = Ended> + Send + '_>>> = FuturesUnordered::new();
        let mut next = Some(Next::default());
        let mut halt = None;
        loop {
            while let Some(from) = next.take_if(|_| under_way.len() < IN_FLIGHT) {
                if halt.is_none() && !self.progress.stopped() {
                    let batch = self.next_batch(&from).await?;
                    next = batch.as_ref().map(NextBatch::after);
                    under_way.extend(batch.map(|batch| Box::pin(self.batch(batch, pass)) as _));
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
    async fn next_batch(&self, next: &Next) -> Result<Option<NextBatch>, PortError> {
        let items = self.context.journal.open_items(self.id(), next.from, BATCH).await?;
        let is_last = items.len() < BATCH;
        let items = whole_groups(items);
        let first = items.first().and_then(hash_of);
        let goes_on = first.is_some() && first == next.last;
        Ok((!items.is_empty()).then_some(NextBatch { items, goes_on, is_last }))
    }

    async fn batch(&self, batch: NextBatch, pass: usize) -> Ended {
        // If the previous batch is storing the same content, wait until that is done.
        let (_alone, _together);
        if batch.goes_on {
            _alone = self.batches.write().await;
        } else {
            _together = self.batches.read().await;
        }
        let NextBatch { mut items, is_last, .. } = batch;
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
        let batch = Batch { delivery: self, begun, last_pass: pass == PASSES, counted: Arc::clone(&counted) };
        let mut stored = batch.store(reconciled).await?;
        let halt = stored.halt.take();
        self.record(&mut stored).await?;
        counted.correct(stored.ended());
        // After the last batch the mirror is updated once the drop is closed.
        if !is_last {
            self.sync_mirror().await?;
        }
        Ok(halt)
    }

    /// Updates the mirror, one batch of the drop at a time.
    pub(super) async fn sync_mirror(&self) -> Result<(), PortError> {
        let _one_at_a_time = self.catching_up.lock().await;
        self.context.sync_mirror().await
    }

    async fn reconciled(&self, items: Vec<Item>, pass: usize) -> Result<Vec<Item>, PortError> {
        if !self.resumed || pass > 1 {
            return Ok(items);
        }
        let before = items.len();
        let rest = reconcile(&self.queued, items).await?;
        self.progress.add_files((before - rest.len()) as u64);
        Ok(rest)
    }

    /// Writes the results of a batch: first to the vault, then to the queue.
    pub(super) async fn record(&self, stored: &mut Stored) -> Result<(), PortError> {
        let records = self.context.records;
        let commit_batches = CommitBatches::of(records, stored.outcomes.len());
        commit_batches
            .write(commit_batches.of_records(&mut stored.outcomes), |outcomes| records.commit(outcomes))
            .await?;
        if !stored.steps.is_empty() {
            self.context.journal.advance(self.id(), &stored.steps).await?;
        }
        if !stored.done.is_empty() {
            self.context.journal.done(self.id(), &stored.done).await?;
        }
        let events = stored.outcomes.len();
        tracing::debug!(drop = %self.id(), events, done = stored.done.len(), "a batch is recorded");
        Ok(())
    }
}

/// How many files may have begun without being recorded.
pub(super) fn most_under_way(context: FilingContext<'_>) -> usize {
    context.blobs.under_way().clamp(1, Semaphore::MAX_PERMITS)
}

/// Turns a failure of the vault into a pause; the queue keeps what is left to do.
fn paused(ended: Ended) -> Ended {
    match ended {
        Err(error) if !error.is_damage() => Ok(Some(Halt::Paused(error))),
        ended => ended,
    }
}

/// Cuts a batch so that it doesn't split items with the same content, unless there are too many of them.
fn whole_groups(mut items: Vec<Item>) -> Vec<Item> {
    if items.len() < BATCH {
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
