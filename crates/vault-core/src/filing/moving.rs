//! Stores the files of a batch. Files are recorded as begun in small groups, just before they are sent; verified and
//! durable ones are recorded while the others are still being sent. So a stop of the program leaves few files that have
//! begun and are not recorded.

mod watch;

use std::collections::{BTreeMap, HashMap};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Halt;
use super::batch::{Batch, Group, Stored};
use super::commit_batches::CommitBatches;
use super::delivery::most_under_way;
use crate::model::{BlobRef, EventKind, FileHash};
use crate::ports::{PortError, Put, PutFailure, UploadSession};
use crate::queue::{Item, ItemEvent, ItemState, ItemUpdate, Reading};
use watch::{Asked, Said, Watch};

/// How many verified files are recorded at once. Larger groups leave more files interrupted when the program stops;
/// smaller ones cost more commits, each of which is sent to every colleague's computer.
const GROUP: usize = 50;

/// The longest time until verified files are recorded, however few they are.
const LONGEST: Duration = Duration::from_secs(10);

/// How often that time is checked.
const LOOKED_AT: Duration = Duration::from_millis(500);

/// A file whose content is to be stored.
pub(super) type Leader = (Item, Reading, BlobRef);

/// The result of a file that is still to be written down.
pub(super) type Moved = (Leader, Result<(), PutFailure>);

/// How far a file is.
enum FileProgress {
    /// Nothing has been sent.
    Queued,
    /// The history records that it has begun.
    Begun(Option<OwnedSemaphorePermit>),
    /// The user removed it before it began.
    Removed,
    /// It is recorded, or being recorded.
    Written,
}

/// The result of a task that runs beside storing.
enum Done {
    Began {
        asked: Vec<Asked>,
        later: Vec<Asked>,
        room: Vec<OwnedSemaphorePermit>,
        begun: Result<Vec<ItemUpdate>, PortError>,
    },
    Recorded {
        stored: Stored,
        recorded: Result<(), PortError>,
    },
    Kept,
}

type Doing<'a> = Pin<Box<dyn Future<Output = Done> + Send + 'a>>;

/// Files being stored.
pub(super) struct Moving<'a> {
    batch: &'a Batch<'a>,
    groups: &'a mut [Group],
    stored: &'a mut Stored,
    leaders: Vec<Leader>,
    standing: Vec<FileProgress>,
    /// Files that ask to begin.
    asked: Vec<Asked>,
    /// Files that are verified and durable, but not recorded.
    verified: Vec<usize>,
    /// When the first of `verified` was added.
    since: Option<Duration>,
    /// Where uploads can be resumed, by the number of the file.
    sessions: BTreeMap<u64, UploadSession>,
    beginning: bool,
    recording: bool,
    keeping: bool,
    /// Whether no more files may be sent.
    over: Arc<AtomicBool>,
    doing: FuturesUnordered<Doing<'a>>,
}

impl<'a> Moving<'a> {
    pub(super) fn new(
        batch: &'a Batch<'a>,
        leaders: Vec<Leader>,
        groups: &'a mut [Group],
        stored: &'a mut Stored,
    ) -> Self {
        let standing = leaders.iter().map(|_| FileProgress::Queued).collect();
        let known = groups.iter().any(|group| group.there && !group.items.is_empty());
        Self {
            since: known.then(|| batch.delivery.context.clock.elapsed()),
            batch,
            groups,
            stored,
            leaders,
            standing,
            asked: Vec::new(),
            verified: Vec::new(),
            sessions: BTreeMap::new(),
            beginning: false,
            recording: false,
            keeping: false,
            over: Arc::default(),
            doing: FuturesUnordered::new(),
        }
    }

    /// Stores the files; returns the results of those that are not recorded yet.
    pub(super) async fn store(mut self) -> Result<Vec<Moved>, PortError> {
        let batch = self.batch;
        let puts = puts(batch, &self.leaders).await;
        let (sender, mut said) = unbounded_channel();
        let progress = Arc::clone(&batch.delivery.progress);
        let watch = Watch::new(progress, Arc::clone(&batch.counted), Arc::clone(&self.over), sender);
        let storing = batch.delivery.context.blobs.put(puts, Arc::new(watch));
        tokio::pin!(storing);
        let mut look = tokio::time::interval(LOOKED_AT);
        let results = loop {
            self.begin();
            self.record();
            self.keep();
            tokio::select! {
                results = &mut storing => break results,
                Some(said) = said.recv() => self.hear(said),
                Some(done) = self.doing.next() => self.take_in(done),
                _ = look.tick() => {}
            }
        };
        // Files that wait are written with their latest resume point.
        while let Ok(said) = said.try_recv() {
            self.hear(said);
        }
        while let Some(done) = self.doing.next().await {
            self.take_in(done);
        }
        let mut rest = Vec::new();
        for (moved, standing) in self.leaders.into_iter().zip(results?).zip(self.standing) {
            match standing {
                FileProgress::Removed | FileProgress::Written => continue,
                FileProgress::Begun(room) => self.stored.room.extend(room),
                FileProgress::Queued => {}
            }
            rest.push(moved);
        }
        Ok(rest)
    }

    fn hear(&mut self, said: Said) {
        match said {
            Said::Begin(asked) => self.asked.push(asked),
            Said::Session(index, session) => {
                if let Some(seq) = came_to(&mut self.leaders, index, &session) {
                    self.sessions.insert(seq, session);
                }
            }
            Said::Ended(index, durable) => match self.standing.get_mut(index) {
                Some(FileProgress::Begun(_)) if durable => {
                    self.verified.push(index);
                    self.since.get_or_insert_with(|| self.batch.delivery.context.clock.elapsed());
                }
                // Release its permit: whatever is written about it, it is no longer under way.
                Some(FileProgress::Begun(room)) => drop(room.take()),
                _ => {}
            },
        }
    }

    fn take_in(&mut self, done: Done) {
        match done {
            Done::Began { asked, later, room, begun } => {
                self.beginning = false;
                self.asked.splice(..0, later);
                self.began(asked, room, begun);
            }
            Done::Recorded { stored, recorded } => {
                self.recording = false;
                match recorded {
                    Ok(()) => self.stored.recorded += stored.done.len() as u64,
                    Err(error) => {
                        self.over.store(true, Ordering::SeqCst);
                        self.stored.halt = Some(Halt::Paused(error));
                        // Try it again with the rest.
                        self.stored.outcomes.extend(stored.outcomes);
                        self.stored.done.extend(stored.done);
                    }
                }
            }
            Done::Kept => self.keeping = false,
        }
    }

    /// Begins the files that asked for it, together, unless others are being begun.
    fn begin(&mut self) {
        if self.beginning || self.asked.is_empty() {
            return;
        }
        let asked = std::mem::take(&mut self.asked);
        if self.over.load(Ordering::SeqCst) || self.batch.delivery.progress.stopped() {
            asked.into_iter().for_each(Asked::refuse);
            return;
        }
        self.beginning = true;
        let leader = |index: &usize| self.leaders.get(*index).map(|(item, read, _)| (*index, (item.clone(), *read)));
        let leaders = asked.iter().flat_map(|asked| asked.indices.iter().filter_map(leader)).collect();
        self.doing.push(Box::pin(begin(self.batch, asked, leaders)));
    }

    fn began(
        &mut self,
        asked: Vec<Asked>,
        mut room: Vec<OwnedSemaphorePermit>,
        begun: Result<Vec<ItemUpdate>, PortError>,
    ) {
        let states: Result<HashMap<u64, ItemState>, PortError> =
            begun.map(|steps| steps.into_iter().map(|step| (step.seq, step.state)).collect());
        for asked in asked {
            let mut permit = room.pop();
            let answer = states.as_ref().map_err(Clone::clone).map(|states| {
                let begun = |index: &usize| {
                    let Some((item, ..)) = self.leaders.get_mut(*index) else { return false };
                    let state = states.get(&item.seq).cloned();
                    let begun = state.is_some();
                    item.file.state = state.unwrap_or_else(|| item.file.state.clone());
                    let room = permit.as_mut().and_then(|permit| permit.split(1));
                    self.standing[*index] = if begun { FileProgress::Begun(room) } else { FileProgress::Removed };
                    begun
                };
                asked.indices.iter().map(begun).collect()
            });
            asked.answer(answer);
        }
    }

    /// Records verified files, if there are enough of them, they have waited long enough, or other files wait for them
    /// to begin.
    fn record(&mut self) {
        if self.recording || self.over.load(Ordering::SeqCst) {
            return;
        }
        let Some(since) = self.since else { return };
        let delivery = self.batch.delivery;
        let overdue = delivery.context.clock.elapsed().saturating_sub(since) >= LONGEST;
        let wanted = !self.verified.is_empty() && delivery.under_way.available_permits() == 0;
        if !(overdue || wanted || self.verified.len() >= GROUP) {
            return;
        }
        self.recording = true;
        self.since = None;
        let mut by_hash: HashMap<FileHash, &mut Group> =
            self.groups.iter_mut().map(|group| (group.blob.hash(), group)).collect();
        let (mut stored, mut room) = (Stored::default(), Vec::with_capacity(self.verified.len()));
        for index in self.verified.drain(..) {
            room.push(std::mem::replace(&mut self.standing[index], FileProgress::Written));
            let (item, read, blob) = &self.leaders[index];
            if let Some(group) = by_hash.get_mut(&blob.hash()) {
                group.there = true;
                self.batch.counted.add(group.items.len() as u64);
            }
            stored.stored(delivery, item, *read, blob);
        }
        let known = self.groups.iter_mut().filter(|group| group.there && !group.items.is_empty());
        let known = known.map(Group::split_off).collect();
        self.doing.push(Box::pin(record(self.batch, stored, known, room, overdue)));
    }

    /// Stores the resume points of uploads.
    fn keep(&mut self) {
        if self.keeping || self.sessions.is_empty() {
            return;
        }
        self.keeping = true;
        let (sessions, delivery) = (std::mem::take(&mut self.sessions), self.batch.delivery);
        self.doing.push(Box::pin(async move {
            for (seq, session) in sessions {
                // A resume point that is not stored only means sending again.
                if let Err(error) = delivery.context.journal.keep_session(delivery.id(), seq, &session).await {
                    let (drop, class) = (delivery.id(), error.class());
                    tracing::debug!(%drop, file = seq, class, "a resume point is not kept");
                }
            }
            Done::Kept
        }));
    }
}

async fn puts(batch: &Batch<'_>, leaders: &[Leader]) -> Vec<Put> {
    let mut puts = Vec::with_capacity(leaders.len());
    for (item, read, blob) in leaders {
        let resume = match &item.file.state {
            ItemState::Uploading { session, .. } | ItemState::Waiting { session, .. } => session.clone(),
            _ => None,
        };
        let (source, begun) = (batch.source_of(item, *read).await, batch.begun.contains(&item.seq));
        puts.push(Put { blob: blob.clone(), source, resume, begun });
    }
    puts
}

/// Records that these attempts begin: in the vault as interrupted, in the queue as under way. Waits for permits while
/// too many files are begun and not recorded.
async fn begin(batch: &Batch<'_>, asked: Vec<Asked>, leaders: HashMap<usize, (Item, Reading)>) -> Done {
    let (mut now, mut later, mut room) = (Vec::new(), Vec::new(), Vec::new());
    for asked in asked {
        let under_way = &batch.delivery.under_way;
        let permit = if now.is_empty() {
            room_for(under_way, asked.indices.len(), most_under_way(batch.delivery.context)).await
        } else {
            let many = u32::try_from(asked.indices.len()).unwrap_or(u32::MAX);
            Arc::clone(under_way).try_acquire_many_owned(many).ok()
        };
        match permit {
            Some(permit) => {
                room.push(permit);
                now.push(asked);
            }
            None => later.push(asked),
        }
    }
    room.reverse();
    let leaders = now.iter().flat_map(|asked| &asked.indices).filter_map(|index| leaders.get(index)).collect();
    let begun = write(batch, leaders).await;
    Done::Began { asked: now, later, room, begun }
}

/// Waits for permits for so many files.
async fn room_for(under_way: &Arc<Semaphore>, files: usize, most: usize) -> Option<OwnedSemaphorePermit> {
    let files = u32::try_from(files.min(most)).unwrap_or(u32::MAX);
    // The semaphore is never closed.
    Arc::clone(under_way).acquire_many_owned(files).await.ok()
}

async fn write(batch: &Batch<'_>, leaders: Vec<&(Item, Reading)>) -> Result<Vec<ItemUpdate>, PortError> {
    let delivery = batch.delivery;
    let mut steps: Vec<ItemUpdate> = leaders.iter().map(|(item, _)| item.after(ItemEvent::Begun)).collect();
    // The queue first: after a stop, an attempt that only the queue knows of is looked up, and found not to exist.
    let taken_out = delivery.context.journal.advance(delivery.id(), &steps).await?;
    steps.retain(|step| !taken_out.contains(&step.seq));
    let begun = leaders.iter().filter(|(item, _)| !taken_out.contains(&item.seq));
    let events: Vec<_> =
        begun.map(|(item, read)| delivery.queued.event(item, *read, EventKind::Interrupted, None)).collect();
    let records = delivery.context.records;
    let commit_batches = CommitBatches::of(records, events.len());
    commit_batches.write(commit_batches.divide(&events), |events| records.begin(events)).await?;
    Ok(steps)
}

/// Records verified files, and others whose content is there already; then updates the mirror, if the user saw no
/// change for a while.
async fn record(
    batch: &Batch<'_>,
    mut stored: Stored,
    known: Vec<Group>,
    room: Vec<FileProgress>,
    overdue: bool,
) -> Done {
    let recorded = async {
        batch.record_known(known, &mut stored).await?;
        batch.delivery.record(&mut stored).await
    };
    let recorded = recorded.await;
    drop(room);
    if overdue && recorded.is_ok() {
        // If this fails, the mirror is updated when the batch is done.
        if let Err(error) = batch.delivery.sync_mirror().await {
            tracing::debug!(class = error.class(), "the local copy is updated later");
        }
    }
    Done::Recorded { stored, recorded }
}

/// Stores the resume point of a file's upload; returns the number of the file.
fn came_to(leaders: &mut [Leader], index: usize, session: &UploadSession) -> Option<u64> {
    let (item, ..) = leaders.get_mut(index)?;
    if let Some(state) = item.file.state.next(ItemEvent::Confirmed(session.clone())) {
        item.file.state = state;
    }
    Some(item.seq)
}
