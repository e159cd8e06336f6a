//! One page of a drop: locates, begins and stores its contents.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use super::delivery::{Delivery, step};
use super::moving::Moving;
use super::provisional_count::ProvisionalCount;
use super::wait::LOCKED;
use super::{Halt, ItemEvent, ItemState};
use crate::intake::{Problem, Source, modified_now, read_again};
use crate::model::{BlobRef, EventKind, FileHash, MatterId, MatterStatus, StoragePath};
use crate::ports::{AtHand, Item, ItemUpdate, Outcome, PortError, Presence, PutFailure, Reading};

/// Why a file waits while another program keeps it locked.
const WHILE_LOCKED: &str = "Open in another program.";

/// The results of a page, before they are written.
#[derive(Default)]
pub(super) struct Stored {
    /// Final events and records.
    pub(super) outcomes: Vec<Outcome>,
    /// Items that are done once the outcomes are written.
    pub(super) done: Vec<(u64, EventKind)>,
    /// Updates of the other items.
    pub(super) steps: Vec<ItemUpdate>,
    /// Why nothing more can be stored.
    pub(super) halt: Option<Halt>,
    /// How many files were recorded before the page was done.
    pub(super) recorded: u64,
    /// The permits of the files that have begun: released once they are recorded.
    pub(super) room: Vec<OwnedSemaphorePermit>,
}

impl Stored {
    /// How many files are done or need attention.
    pub(super) fn ended(&self) -> u64 {
        let failed = self.steps.iter().filter(|step| matches!(step.state, ItemState::NeedsAttention(_))).count();
        (self.done.len() + failed) as u64 + self.recorded
    }

    /// Adds the outcome of a file that is stored.
    pub(super) fn stored(&mut self, delivery: &Delivery<'_>, item: &Item, read: Reading, blob: &BlobRef) {
        self.done.push((item.seq, EventKind::Success));
        self.outcomes.push(delivery.stored(item, read, EventKind::Success, &blob.path));
    }
}

pub(super) struct Page<'a> {
    pub(super) delivery: &'a Delivery<'a>,
    /// Numbers of the items that an earlier attempt began.
    pub(super) begun: HashSet<u64>,
    /// Whether a file that changed again is not retried.
    pub(super) last_pass: bool,
    /// Counts its files as done in the progress the user sees.
    pub(super) counted: Arc<ProvisionalCount>,
}

/// Items with the same content.
pub(super) struct Group {
    pub(super) blob: BlobRef,
    /// Whether the content is verified to be at its path.
    pub(super) there: bool,
    /// The files that should have stored it and have to wait, and why; the others of the group wait with them.
    waits: Option<(Vec<Item>, String)>,
    pub(super) items: VecDeque<(Item, Reading)>,
}

impl Page<'_> {
    /// Stores the contents of these items.
    pub(super) async fn store(&self, items: Vec<Item>) -> Result<Stored, PortError> {
        let mut stored = Stored::default();
        let items = self.read_unread(items, &mut stored).await?;
        let mut groups = self.group(items).await?;
        let there = groups.iter().filter(|group| group.there).count();
        tracing::debug!(drop = %self.delivery.id(), contents = groups.len(), there, "a batch is planned");
        self.counted.add(groups.iter().filter(|group| group.there).map(|group| group.items.len() as u64).sum());
        while stored.halt.is_none() {
            let leaders: Vec<_> = groups.iter_mut().filter_map(Group::next_to_store).collect();
            if leaders.is_empty() {
                break;
            }
            let moved = Moving::new(self, leaders, &mut groups, &mut stored).store().await?;
            let mut by_hash: HashMap<FileHash, &mut Group> =
                groups.iter_mut().map(|group| (group.blob.hash(), group)).collect();
            for ((item, read, blob), result) in moved {
                match result {
                    Ok(()) => {
                        if let Some(group) = by_hash.get_mut(&blob.hash()) {
                            group.there = true;
                            self.counted.add(group.items.len() as u64);
                        }
                        stored.stored(self.delivery, &item, read, &blob);
                    }
                    Err(PutFailure::Source(problem)) => self.failed(&item, read, problem, &mut stored).await,
                    Err(PutFailure::Vault(error)) => stored.halt = Some(Halt::Paused(error)),
                    Err(PutFailure::Later(error)) => {
                        let (drop, file) = (self.delivery.id(), item.seq);
                        tracing::info!(%drop, file, class = error.class(), "a file makes no progress");
                        if let Some(group) = by_hash.get_mut(&blob.hash()) {
                            group.waits = Some((vec![item], error.to_string()));
                        }
                    }
                    // A fault of the vault takes precedence over the stop that it caused.
                    Err(PutFailure::Stopped) => stored.halt = stored.halt.or(Some(Halt::Stopped)),
                }
            }
        }
        let fresh = groups.iter().filter(|group| group.there).count().saturating_sub(there);
        tracing::debug!(drop = %self.delivery.id(), contents = fresh, "a batch is stored");
        self.let_wait(&mut groups, &mut stored);
        self.record_known(groups, &mut stored).await?;
        Ok(stored)
    }

    /// Files whose content is there need only their records. The queue notes first that these are about to be written:
    /// a file that was removed before is not in the vault, and from then on removing it is too late.
    pub(super) async fn record_known(&self, groups: Vec<Group>, stored: &mut Stored) -> Result<(), PortError> {
        let known: Vec<Group> = groups.into_iter().filter(|group| group.there).collect();
        let verified = |(item, _): &(Item, Reading)| step(item, ItemEvent::Verified);
        let steps: Vec<ItemUpdate> = known.iter().flat_map(|group| group.items.iter().map(verified)).collect();
        let taken_out = self.delivery.vault.journal.advance(self.delivery.id(), &steps).await?;
        let taken_out: HashSet<u64> = taken_out.into_iter().collect();
        for group in known {
            for (item, read) in group.items.into_iter().filter(|(item, _)| !taken_out.contains(&item.seq)) {
                stored.done.push((item.seq, EventKind::AlreadyStored));
                stored.outcomes.push(self.delivery.stored(&item, read, EventKind::AlreadyStored, &group.blob.path));
            }
        }
        Ok(())
    }

    /// Lets the files that make no progress wait for a retry; not if the whole vault made none, since then everything
    /// is retried together.
    fn let_wait(&self, groups: &mut [Group], stored: &mut Stored) {
        if stored.halt.is_some() {
            return;
        }
        for group in groups {
            let Some((items, why)) = group.waits.take() else { continue };
            let tried = items.first().map_or(0, |item| tried(&item.file.state));
            let until = self.delivery.again_at(tried + 1);
            let (drop, files, delay_ms) =
                (self.delivery.id(), items.len() + group.items.len(), self.delivery.in_ms(until));
            tracing::info!(%drop, files, attempt = tried + 1, delay_ms, "files wait for a retry");
            let others = group.items.drain(..).map(|(item, _)| item);
            let wait = |item: Item| step(&item, ItemEvent::TryLater { until, why: why.clone() });
            stored.steps.extend(items.into_iter().chain(others).map(wait));
        }
    }

    /// Reads the files that could not be read when they were dropped.
    async fn read_unread(&self, items: Vec<Item>, stored: &mut Stored) -> Result<Vec<(Item, Reading)>, PortError> {
        let (mut read, mut steps) = (Vec::with_capacity(items.len()), Vec::new());
        for item in items {
            match item.file.read {
                Some(reading) => read.push((item, reading)),
                None => match self.read_now(&item).await {
                    Ok(reading) => {
                        let state = item.file.state.clone();
                        steps.push(ItemUpdate { seq: item.seq, state, read: Some(reading), event: None });
                        read.push((item, reading));
                    }
                    Err(problem) => stored.steps.push(step(&item, ItemEvent::Failed(problem))),
                },
            }
        }
        // Before anything is begun: a later write would overwrite the begun states.
        self.delivery.vault.journal.advance(self.delivery.id(), &steps).await?;
        Ok(read)
    }

    async fn read_now(&self, item: &Item) -> Result<Reading, Problem> {
        // Wherever it was located, it would be filed in the folder it was dropped from.
        if item.file.folder.is_too_deep() {
            return Err(Problem::TooDeep);
        }
        let path = self.delivery.place_of(item);
        let reading = tokio::task::spawn_blocking(move || read_again(&path)).await;
        reading.unwrap_or_else(|error| Err(Problem::Unreadable(error.to_string())))
    }

    /// Groups items by content, and finds out which content is there.
    async fn group(&self, items: Vec<(Item, Reading)>) -> Result<Vec<Group>, PortError> {
        let mut hashes: Vec<FileHash> = items.iter().map(|(_, read)| read.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let places = self.locate(&hashes, &items).await?;
        let (mut groups, mut new): (Vec<Group>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut index: HashMap<FileHash, usize> = HashMap::new();
        for (item, read) in items {
            let at = *index.entry(read.hash).or_insert_with(|| {
                let (path, there) = places.get(&read.hash).cloned().unwrap_or_else(|| {
                    new.push(groups.len());
                    (self.new_place(&item, read.hash), false)
                });
                groups.push(Group {
                    blob: BlobRef { path, size: read.size },
                    there,
                    waits: None,
                    items: VecDeque::new(),
                });
                groups.len() - 1
            });
            groups[at].items.push_back((item, read));
        }
        self.claim(&mut groups, &new).await?;
        Ok(groups)
    }

    /// A colleague may be filing the same new content right now: then it goes to the path that they claimed.
    async fn claim(&self, groups: &mut [Group], new: &[usize]) -> Result<(), PortError> {
        let vault = self.delivery.vault;
        let proposed: Vec<StoragePath> = new.iter().map(|at| groups[*at].blob.path.clone()).collect();
        // After a stop, the list of what is there is incomplete.
        if proposed.is_empty() || self.delivery.progress.stopped() {
            return Ok(());
        }
        let agreed = vault.records.claim(&proposed).await?.into_iter();
        let others: Vec<(usize, BlobRef)> = new
            .iter()
            .zip(agreed)
            .filter(|(at, path)| groups[**at].blob.path != *path)
            .map(|(at, path)| (*at, BlobRef { path, size: groups[*at].blob.size }))
            .collect();
        let blobs: Vec<BlobRef> = others.iter().map(|(_, blob)| blob.clone()).collect();
        let files = others.iter().filter_map(|(at, _)| groups[*at].items.front());
        let presence = vault.blobs.check_against(&blobs, &self.at_hand(files).await).await?;
        for ((at, blob), presence) in others.into_iter().zip(presence) {
            let usable = match presence {
                Presence::Verified => true,
                Presence::Missing => self.takes_files(blob.path.matter()).await?,
                // Something else was put at the claimed path.
                Presence::Different => false,
            };
            if usable {
                groups[at].blob = blob;
                groups[at].there = presence == Presence::Verified;
            }
        }
        Ok(())
    }

    /// Whether content can be stored in this matter, as far as the mirror knows.
    async fn takes_files(&self, matter: &MatterId) -> Result<bool, PortError> {
        if *matter == self.delivery.drop.new.matter {
            return Ok(true);
        }
        let found = self.delivery.vault.mirror.server_matter(matter).await?;
        Ok(found.is_some_and(|matter| matter.removed.is_none() && matter.fields.status != MatterStatus::Closed))
    }

    /// Where recorded content belongs, and whether it is verified to be there.
    async fn locate(
        &self,
        hashes: &[FileHash],
        items: &[(Item, Reading)],
    ) -> Result<HashMap<FileHash, (StoragePath, bool)>, PortError> {
        let vault = self.delivery.vault;
        let matter = &self.delivery.drop.new.matter;
        // After this the mirror has everything filed so far, and queries of it cost nothing, however many there are.
        self.delivery.sync_mirror().await?;
        let known = vault.mirror.known(hashes).await?;
        let blobs: Vec<BlobRef> = known.into_iter().filter(|k| k.may_serve(matter)).map(|k| k.blob).collect();
        let mut looked_for: HashSet<FileHash> = blobs.iter().map(BlobRef::hash).collect();
        let files = items.iter().filter(|(_, read)| looked_for.remove(&read.hash));
        let presence = vault.blobs.check_against(&blobs, &self.at_hand(files).await).await?;
        let mut places: HashMap<FileHash, (StoragePath, bool)> = HashMap::new();
        for (blob, presence) in blobs.into_iter().zip(presence) {
            let there = presence == Presence::Verified;
            // Another matter may be closed to new files, or read-only for this user.
            if !there && vault.is_remote() && blob.path.matter() != matter {
                continue;
            }
            // The first of several paths that has the content; if none does, it is stored again where the records
            // expect it.
            let place = places.entry(blob.hash()).or_insert_with(|| (blob.path.clone(), there));
            if there && !place.1 {
                *place = (blob.path, true);
            }
        }
        Ok(places)
    }

    /// These files, to be compared with what the storage has.
    async fn at_hand(&self, files: impl Iterator<Item = &(Item, Reading)>) -> AtHand {
        let mut sources = HashMap::new();
        for (item, read) in files {
            sources.insert(read.hash, self.source_of(item, *read).await);
        }
        let progress = Arc::clone(&self.delivery.progress);
        AtHand { sources, stopped: Arc::new(move || progress.stopped()) }
    }

    fn new_place(&self, item: &Item, hash: FileHash) -> StoragePath {
        let delivery = self.delivery;
        StoragePath::new(&delivery.person.team, &delivery.drop.new.matter, hash, item.file.name.text())
    }

    /// Where to read a file. A file that the user located is identified by its content, so its time there does not
    /// matter.
    pub(super) async fn source_of(&self, item: &Item, read: Reading) -> Source {
        let path = self.delivery.place_of(item);
        let mut expected = read;
        if item.file.moved_to.is_some() {
            let place = path.clone();
            let modified = tokio::task::spawn_blocking(move || modified_now(&place)).await;
            expected.last_modified = modified.ok().flatten().unwrap_or(read.last_modified);
        }
        Source { path, expected }
    }

    /// A file that changed is read and queued again, and a locked one waits for a while; any other problem needs
    /// attention.
    async fn failed(&self, item: &Item, read: Reading, problem: Problem, stored: &mut Stored) {
        let tried = tried(&item.file.state);
        if problem == Problem::InUse && tried < LOCKED {
            let (until, why) = (self.delivery.again_at(tried + 1), WHILE_LOCKED.to_owned());
            let (drop, delay_ms) = (self.delivery.id(), self.delivery.in_ms(until));
            tracing::info!(%drop, file = item.seq, class = problem.code(), attempt = tried + 1, delay_ms, "a file waits for a retry");
            stored.steps.push(step(item, ItemEvent::TryLater { until, why }));
            return;
        }
        // A file that the user located is filed only with the content that was dropped.
        let moved = item.file.moved_to.is_some();
        let problem = if moved && problem == Problem::Changed { Problem::Different } else { problem };
        tracing::info!(drop = %self.delivery.id(), file = item.seq, class = problem.code(), "a file is not stored");
        let reason = Some(problem.to_string());
        let event = self.delivery.event(item, read, EventKind::Failed, reason);
        stored.outcomes.push(Outcome { event, record: None });
        if problem == Problem::Changed && !self.last_pass {
            match self.read_now(item).await {
                Ok(now) => {
                    let again = ItemUpdate { read: Some(now), ..step(item, ItemEvent::SourceChanged) };
                    stored.steps.push(ItemUpdate { event: Some(self.delivery.fresh_event()), ..again });
                }
                Err(problem) => stored.steps.push(step(item, ItemEvent::Failed(problem))),
            }
        } else {
            stored.steps.push(step(item, ItemEvent::Failed(problem)));
        }
    }
}

impl Group {
    /// Moves its items to a new group; nothing remains to be done in this one.
    pub(super) fn split_off(&mut self) -> Self {
        let items = std::mem::take(&mut self.items);
        Self { blob: self.blob.clone(), there: self.there, waits: None, items }
    }

    fn next_to_store(&mut self) -> Option<(Item, Reading, BlobRef)> {
        if self.there || self.waits.is_some() {
            return None;
        }
        self.items.pop_front().map(|(item, read)| (item, read, self.blob.clone()))
    }
}

/// How many failed attempts a file has had.
const fn tried(state: &ItemState) -> u32 {
    match state {
        ItemState::Uploading { tried, .. } => *tried,
        ItemState::Waiting { attempt, .. } => *attempt,
        _ => 0,
    }
}
