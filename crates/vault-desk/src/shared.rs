//! State shared by all requests and works of a desk: the list of works, the queue, and the observer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard, RwLock};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::task::JoinHandle;
use vault_core::Vault;
use vault_core::intake::LeftOutRules;
use vault_core::ports::FilingLock;
use vault_core::queue::PauseReason;
use vault_core::restore::{Origin, RestoreScope};

use crate::desired::{DesiredState, Request};
use crate::error::DeskError;
use crate::observer::Observer;
use crate::options::Options;
use crate::report::Report;
use crate::restore_verify::Check;
use crate::right::SharedRight;
use crate::runner;
use crate::shown::Shown;
use crate::tell::{DeskEvent, Teller};
use crate::work::{Phase, Work, WorkId};

/// The job of a work.
#[derive(Debug, Clone)]
pub(crate) enum Job {
    /// File the drop with the work's id.
    Drop,
    /// Restore this to this folder, marked or not.
    Restore(RestoreScope, PathBuf, Origin),
    /// Check everything.
    Verify(Check),
}

/// A work with its internal state.
pub(crate) struct Entry {
    pub(crate) work: Work,
    pub(crate) job: Job,
    desired: watch::Sender<DesiredState>,
    /// Its running task, if any.
    task: Option<JoinHandle<()>>,
    /// Stops its running operation.
    stop: Option<Box<dyn Fn() + Send>>,
    /// The pre-flight, while it waits for the user.
    pub(crate) shown: Option<Shown>,
    /// The report of a restore or a check.
    pub(crate) report: Option<Report>,
    /// Files to retry; an empty list means all.
    again: Option<BTreeSet<u64>>,
    /// Callers that wait until *File* is in the journal.
    confirming: Vec<oneshot::Sender<()>>,
}

type Works = BTreeMap<WorkId, Entry>;

/// The state shared by all parts of a desk.
pub(crate) struct Shared {
    vault: Vault,
    left_out: RwLock<LeftOutRules>,
    pub(crate) right: SharedRight,
    /// Held by the drop that is being filed.
    pub(crate) turn: Semaphore,
    /// Held by each drop that is being read.
    pub(crate) readings: Semaphore,
    pub(crate) held_for: Duration,
    /// Counts the requests to retry all held work at once.
    pub(crate) tries: watch::Sender<u64>,
    pub(crate) file_at_once: AtomicBool,
    runtime: Handle,
    works: Mutex<Works>,
    /// Set while the list is locked; nothing is started after that.
    ending: AtomicBool,
    pub(crate) teller: Teller,
}

impl Shared {
    pub(crate) fn new(
        vault: Vault,
        right: Arc<dyn FilingLock>,
        observer: Arc<dyn Observer>,
        options: &Options,
    ) -> Arc<Self> {
        let runtime = Handle::current();
        Arc::new(Self {
            left_out: RwLock::new(vault.left_out.clone()),
            vault,
            right: SharedRight::new(right),
            turn: Semaphore::new(1),
            readings: Semaphore::new(options.readings.max(1)),
            held_for: options.held_for,
            tries: watch::Sender::default(),
            file_at_once: AtomicBool::new(options.file_at_once),
            works: Mutex::default(),
            ending: AtomicBool::new(false),
            teller: Teller::new(observer, &runtime),
            runtime,
        })
    }

    /// The vault, with the current left-out list.
    pub(crate) fn vault(&self) -> Vault {
        let left_out = self.left_out.read().clone();
        Vault { left_out, ..self.vault.clone() }
    }

    pub(crate) fn set_left_out(&self, rules: LeftOutRules) {
        *self.left_out.write() = rules;
    }

    pub(crate) fn files_at_once(&self) -> bool {
        self.file_at_once.load(Ordering::Relaxed)
    }

    fn works(&self) -> MutexGuard<'_, Works> {
        // A panic in here affected one work at most, and that one was ended.
        self.works.lock()
    }

    /// Reads all works, oldest first.
    pub(crate) fn look<T>(&self, look: impl FnMut(&Entry) -> T) -> Vec<T> {
        self.works().values().map(look).collect()
    }

    /// Reads a work, or changes its requested state.
    pub(crate) fn with<T>(
        &self,
        id: WorkId,
        with: impl FnOnce(&mut Entry) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        with(self.works().get_mut(&id).ok_or(DeskError::NotFound(id))?)
    }

    /// Adds a work to the list; with `begin`, starts it.
    pub(crate) fn add(self: &Arc<Self>, work: Work, job: Job, begin: bool) -> Result<(), DeskError> {
        let mut works = self.works();
        let desired = watch::Sender::new(DesiredState::default());
        let (shown, report, again, stop, confirming) = (None, None, None, None, Vec::new());
        let mut entry = Entry { work, job, desired, task: None, stop, shown, report, again, confirming };
        if begin {
            self.begin(&mut entry, DesiredState::default())?;
            self.teller.tell(DeskEvent::Work(entry.work.clone()));
        }
        works.insert(entry.work.id, entry);
        Ok(())
    }

    /// Starts a work, or continues one that had ended, as `desired` states.
    pub(crate) fn begin(self: &Arc<Self>, entry: &mut Entry, desired: DesiredState) -> Result<(), DeskError> {
        if self.is_ending() {
            return Err(DeskError::Ending);
        }
        entry.desired.send_replace(desired);
        if entry.task.is_none() {
            let running = runner::run(Arc::clone(self), entry.work.id, entry.job.clone(), entry.desired.subscribe());
            entry.task = Some(self.runtime.spawn(running));
        }
        Ok(())
    }

    /// Records in the journal at once that a drop is cancelled: its running operation may take time to end, the window
    /// may be closed meanwhile, and another program may be filing it.
    pub(crate) fn note_cancelling(&self, id: WorkId) {
        let journal = Arc::clone(&self.vault.journal);
        self.runtime.spawn(async move {
            // If it cannot be written now, the job runner tries again.
            if let Err(error) = journal.pause(id.drop_id(), &PauseReason::Cancelling).await {
                tracing::warn!(drop = %id, class = error.class(), "a cancellation is not kept yet");
            }
        });
    }

    /// Changes the state of a work, and notifies the observer if something changed.
    pub(crate) fn change(&self, id: WorkId, change: impl FnOnce(&mut Work)) {
        if let Some(entry) = self.works().get_mut(&id) {
            self.apply(entry, change);
        }
    }

    fn apply(&self, entry: &mut Entry, change: impl FnOnce(&mut Work)) {
        let before = entry.work.clone();
        change(&mut entry.work);
        if entry.work != before {
            self.teller.tell(DeskEvent::Work(entry.work.clone()));
        }
    }

    /// Keeps the report of a restore or a check.
    pub(crate) fn report(&self, id: WorkId, report: Report) {
        if let Some(entry) = self.works().get_mut(&id) {
            entry.report = Some(report);
        }
    }

    /// A work ends, unless files of it are to be retried: then it continues, and this returns `false`.
    pub(crate) fn end(&self, id: WorkId, phase: Phase, change: impl FnOnce(&mut Work)) -> bool {
        let mut works = self.works();
        let Some(entry) = works.get_mut(&id) else { return true };
        if phase == Phase::Finished && entry.again.is_some() {
            return false;
        }
        (entry.task, entry.again, entry.shown, entry.stop) = (None, None, None, None);
        entry.confirming.clear();
        self.apply(entry, |work| {
            (work.rate, work.seconds_left, work.reason) = (None, None, None);
            change(work);
            work.phase = phase;
        });
        self.teller.tell(DeskEvent::Ended(entry.work.clone()));
        true
    }

    /// Removes a work that has ended from the list.
    pub(crate) fn remove(&self, id: WorkId) -> Result<(), DeskError> {
        let mut works = self.works();
        let entry = works.get(&id).ok_or(DeskError::NotFound(id))?;
        if !entry.work.phase.is_end() {
            return Err(DeskError::NotNow("It has not ended yet. Cancel it first."));
        }
        works.remove(&id);
        self.teller.tell(DeskEvent::Gone(id));
        Ok(())
    }

    /// The desk ends: nothing new is started. Returns the running operations, which were told to stop.
    pub(crate) fn leave(&self) -> Vec<JoinHandle<()>> {
        let mut works = self.works();
        self.ending.store(true, Ordering::SeqCst);
        works.values_mut().filter_map(Entry::leave).collect()
    }

    /// Everything has been left: nothing more will complete.
    pub(crate) fn left(&self) {
        self.works().values_mut().for_each(|entry| entry.confirming.clear());
    }

    /// Whether the desk is ending.
    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }
}

impl Entry {
    /// Sets the requested state, and stops the running operation if it is not to continue. A work that is running or
    /// waiting is polled once more.
    pub(crate) fn request(&mut self, go: Request) {
        self.desired.send_modify(|desired| desired.request(go));
        self.stop_unless_wanted();
    }

    /// Registers how to stop the running operation of the work from now on.
    pub(crate) fn being_done(&mut self, stop: impl Fn() + Send + 'static) {
        self.stop = Some(Box::new(stop));
        self.stop_unless_wanted();
    }

    fn stop_unless_wanted(&self) {
        if let Some(stop) = &self.stop
            && self.desired.borrow().go != Request::On
        {
            stop();
        }
    }

    /// Whether the user pressed *File*; with `at_once`, it is assumed.
    pub(crate) fn is_confirmed(&mut self, at_once: bool) -> bool {
        if at_once {
            self.desired.send_modify(|desired| desired.confirmed = true);
        }
        self.desired.borrow().confirmed
    }

    /// Requests a retry of these files; with none, of all.
    pub(crate) fn try_again(&mut self, seqs: &[u64]) {
        let seqs: BTreeSet<u64> = seqs.iter().copied().collect();
        self.again = match self.again.take() {
            Some(mut before) if !before.is_empty() && !seqs.is_empty() => {
                before.extend(seqs);
                Some(before)
            }
            Some(all) if all.is_empty() => Some(all),
            _ => Some(seqs),
        };
        self.desired.send_modify(|_| ());
    }

    /// Whether it is being cancelled, which cannot be undone.
    pub(crate) fn is_cancelling(&self) -> bool {
        self.desired.borrow().go == Request::Cancel
    }

    /// Whether files are to be retried.
    pub(crate) const fn is_to_try_again(&self) -> bool {
        self.again.is_some()
    }

    /// Takes the files to retry, if there are any; the caller retries them.
    pub(crate) fn take_again(&mut self) -> Option<BTreeSet<u64>> {
        self.again.take()
    }

    /// The user pressed *File*; the returned future ends when that is in the journal.
    pub(crate) fn confirm(&mut self) -> oneshot::Receiver<()> {
        let (in_journal, wait) = oneshot::channel();
        self.confirming.push(in_journal);
        self.desired.send_modify(|desired| desired.confirmed = true);
        wait
    }

    /// *File* is in the journal, or cannot be written there now.
    pub(crate) fn confirmed(&mut self) {
        for waiting in self.confirming.drain(..) {
            // The caller may no longer be waiting.
            let _ = waiting.send(());
        }
    }

    /// Whether its job is running or waiting.
    pub(crate) fn is_going(&self) -> bool {
        self.task.is_some()
    }

    fn leave(&mut self) -> Option<JoinHandle<()>> {
        self.request(Request::Leave);
        self.task.take()
    }
}
