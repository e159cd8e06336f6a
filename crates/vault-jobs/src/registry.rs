//! State shared by all requests and jobs: the list of jobs, the vault, and the observer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard, RwLock};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vault_core::Vault;
use vault_core::intake::LeftOutRules;
use vault_core::ports::FilingLock;

use crate::desired::DesiredState;
use crate::entry::Entry;
use crate::error::JobError;
use crate::filing::Turns;
use crate::job::Job;
use crate::lock::SharedLock;
use crate::observer::Observer;
use crate::options::Options;
use crate::runner;
use crate::status::{JobId, JobStatus, Phase};
use crate::tell::{JobEvent, Teller};

type List = BTreeMap<JobId, Entry>;

/// The state shared by all jobs.
pub(crate) struct Registry {
    vault: Vault,
    left_out: RwLock<LeftOutRules>,
    /// Keeps other programs from filing.
    pub(crate) lock: SharedLock,
    /// What drops share.
    pub(crate) turns: Turns,
    /// How long a job that the vault had to hold waits until it is retried.
    pub(crate) held_for: Duration,
    /// Counts the requests to retry all held jobs at once.
    pub(crate) tries: watch::Sender<u64>,
    pub(crate) runtime: Handle,
    list: Mutex<List>,
    /// Set while the list is locked; nothing is started after that.
    ending: AtomicBool,
    pub(crate) teller: Teller,
}

impl Registry {
    pub(crate) fn new(
        vault: Vault,
        lock: Arc<dyn FilingLock>,
        observer: Arc<dyn Observer>,
        options: &Options,
    ) -> Arc<Self> {
        let runtime = Handle::current();
        Arc::new(Self {
            left_out: RwLock::new(vault.left_out.clone()),
            vault,
            lock: SharedLock::new(lock),
            turns: Turns::new(options),
            held_for: options.held_for,
            tries: watch::Sender::default(),
            list: Mutex::default(),
            ending: AtomicBool::new(false),
            teller: Teller::new(observer, &runtime),
            runtime,
        })
    }

    /// The vault, with the current left-out list.
    pub(crate) fn vault(&self) -> Vault {
        let left_out = self.left_out.read().clone();
        self.vault.clone().with_left_out(left_out)
    }

    pub(crate) fn set_left_out(&self, rules: LeftOutRules) {
        *self.left_out.write() = rules;
    }

    fn list(&self) -> MutexGuard<'_, List> {
        // A panic in here affected one job at most, and that one was ended.
        self.list.lock()
    }

    /// Reads all jobs, oldest first.
    pub(crate) fn look<T>(&self, look: impl FnMut(&Entry) -> T) -> Vec<T> {
        self.list().values().map(look).collect()
    }

    /// Reads a job, or changes its requested state.
    ///
    /// # Errors
    /// [`JobError::NotFound`], and those of `with`.
    pub(crate) fn with<T>(
        &self,
        id: JobId,
        with: impl FnOnce(&mut Entry) -> Result<T, JobError>,
    ) -> Result<T, JobError> {
        with(self.list().get_mut(&id).ok_or(JobError::NotFound(id))?)
    }

    /// The job with this id, if it is of kind `J`; `other` is the error if it is of another.
    ///
    /// # Errors
    /// [`JobError::NotFound`], `other`.
    pub(crate) fn job_as<J: Job>(&self, id: JobId, other: JobError) -> Result<Arc<J>, JobError> {
        self.with(id, |entry| entry.job_as().ok_or(other))
    }

    /// Adds a job to the list; with `begin`, starts it.
    ///
    /// # Errors
    /// [`JobError::Ending`] if it cannot be started.
    pub(crate) fn add(self: &Arc<Self>, status: JobStatus, job: Arc<dyn Job>, begin: bool) -> Result<(), JobError> {
        let mut list = self.list();
        let mut entry = Entry::new(status, job);
        if begin {
            self.begin(&mut entry, DesiredState::default())?;
            self.teller.tell(JobEvent::Changed(entry.status.clone()));
        }
        list.insert(entry.status.id, entry);
        Ok(())
    }

    /// Starts a job, or continues one that had ended, as `desired` states.
    ///
    /// # Errors
    /// [`JobError::Ending`].
    pub(crate) fn begin(self: &Arc<Self>, entry: &mut Entry, desired: DesiredState) -> Result<(), JobError> {
        if self.is_ending() {
            return Err(JobError::Ending);
        }
        entry.desired.send_replace(desired);
        if entry.task.is_none() {
            let job = Arc::clone(&entry.job);
            let running = runner::run(Arc::clone(self), entry.status.id, job, entry.desired.subscribe());
            entry.task = Some(self.runtime.spawn(running));
        }
        Ok(())
    }

    /// Changes the status of a job, and notifies the observer if something changed.
    pub(crate) fn change(&self, id: JobId, change: impl FnOnce(&mut JobStatus)) {
        if let Some(entry) = self.list().get_mut(&id) {
            self.apply(entry, change);
        }
    }

    fn apply(&self, entry: &mut Entry, change: impl FnOnce(&mut JobStatus)) {
        let before = entry.status.clone();
        change(&mut entry.status);
        if entry.status != before {
            self.teller.tell(JobEvent::Changed(entry.status.clone()));
        }
    }

    /// A job ends, unless the user wanted more of it: then it continues, and this returns `false`.
    pub(crate) fn end(&self, id: JobId, phase: Phase, change: impl FnOnce(&mut JobStatus)) -> bool {
        let mut list = self.list();
        let Some(entry) = list.get_mut(&id) else { return true };
        if phase == Phase::Finished && !entry.job.may_finish() {
            return false;
        }
        (entry.task, entry.stop) = (None, None);
        entry.job.let_go();
        self.apply(entry, |status| {
            (status.rate, status.seconds_left, status.reason) = (None, None, None);
            change(status);
            status.phase = phase;
        });
        self.teller.tell(JobEvent::Ended(entry.status.clone()));
        true
    }

    /// Removes a job that has ended from the list.
    ///
    /// # Errors
    /// [`JobError::NotNow`] if it has not ended, [`JobError::NotFound`].
    pub(crate) fn remove(&self, id: JobId) -> Result<(), JobError> {
        let mut list = self.list();
        let entry = list.get(&id).ok_or(JobError::NotFound(id))?;
        if !entry.status.phase.is_end() {
            return Err(JobError::NotNow("It has not ended yet. Cancel it first."));
        }
        list.remove(&id);
        self.teller.tell(JobEvent::Gone(id));
        Ok(())
    }

    /// The program ends: nothing new is started. Returns the tasks of the running jobs, which were told to stop.
    pub(crate) fn leave(&self) -> Vec<JoinHandle<()>> {
        let mut list = self.list();
        self.ending.store(true, Ordering::SeqCst);
        list.values_mut().filter_map(Entry::leave).collect()
    }

    /// Everything has been left: nothing more will complete.
    pub(crate) fn left(&self) {
        self.list().values().for_each(|entry| entry.job.let_go());
    }

    /// Whether the program is ending.
    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }
}
