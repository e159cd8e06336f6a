//! The registry of jobs: the requests that every kind takes. Those of one kind are in its folder.

use std::sync::Arc;

use vault_core::Vault;
use vault_core::model::MatterId;
use vault_core::ports::{FilingLock, PortError};

use crate::desired::{DesiredState, Request};
use crate::error::JobError;
use crate::job::Job;
use crate::observer::Observer;
use crate::options::Options;
use crate::registered;
use crate::registry::Registry;
use crate::status::{JobId, JobStatus, Phase};

const CANCELLING: JobError = JobError::NotNow("It is being given up, as soon as the vault can be asked what it has.");

/// The jobs in progress on this computer. Cheap to clone; all clones are the same registry, which runs until
/// [`shutdown`](Self::shutdown).
///
/// User requests ([`pause`](Self::pause), [`cancel`](Self::cancel), …) are recorded at once and carried out as soon as
/// possible; the [`Observer`] is notified when they are done.
#[derive(Clone)]
pub struct Jobs {
    pub(crate) registry: Arc<Registry>,
}

impl Jobs {
    /// Restores the state of the journal: unfinished drops continue automatically (one whose folders were not read yet
    /// is read, and then waits for the user unless [`Options::file_at_once`]), finished drops with files that need
    /// attention are listed, paused drops stay paused, and cancelled drops are cancelled. Must be called inside a Tokio
    /// runtime, which runs the jobs.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read.
    pub async fn start(
        vault: Vault,
        lock: Arc<dyn FilingLock>,
        observer: Arc<dyn Observer>,
        options: Options,
    ) -> Result<Self, PortError> {
        let jobs = Self { registry: Registry::new(vault, lock, observer, &options) };
        registered::take_up(&jobs).await?;
        Ok(jobs)
    }

    /// Jobs in progress, jobs that ended since the start, and earlier drops with files that need attention; oldest
    /// first.
    pub fn list(&self) -> Vec<JobStatus> {
        self.registry.look(|entry| entry.status.clone())
    }

    /// One of [`list`](Self::list).
    pub fn status(&self, id: JobId) -> Option<JobStatus> {
        self.registry.with(id, |entry| Ok(entry.status.clone())).ok()
    }

    /// Whether something is running or will run automatically: a reason to ask before the window closes.
    pub fn is_busy(&self) -> bool {
        self.registry.look(|entry| entry.status.phase.is_busy()).contains(&true)
    }

    /// Pauses a job. Reading and checking start again on [`resume`](Self::resume); filing and restoring keep what is
    /// done. A drop that was being filed stays paused after a restart. Does nothing if the job is already paused.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for a job that waits for the user or has ended, [`JobError::NotFound`].
    pub fn pause(&self, id: JobId) -> Result<(), JobError> {
        self.registry.with(id, |entry| match entry.status.phase {
            Phase::Ready => Err(JobError::NotNow("It waits for you already.")),
            phase if phase.is_end() => Err(JobError::NotNow("It has ended: there is nothing to pause.")),
            _ if entry.is_cancelling() => Err(CANCELLING),
            _ => {
                entry.request(Request::Pause);
                Ok(())
            }
        })
    }

    /// Continues a job that is paused, held or failed; for one that is being cancelled, tries at once to finish that.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for a job that has ended otherwise, [`JobError::NotFound`].
    pub fn resume(&self, id: JobId) -> Result<(), JobError> {
        self.registry.with(id, |entry| match entry.status.phase {
            Phase::Finished | Phase::Cancelled => {
                Err(JobError::NotNow("It has ended: there is nothing to go on with."))
            }
            Phase::Failed => self.registry.begin(entry, DesiredState::default()),
            _ => {
                entry.request(Request::On);
                Ok(())
            }
        })
    }

    /// Cancels the rest of a job. Files that were filed or restored stay. This survives a restart and cannot be
    /// undone, even while the vault cannot be reached to check the drop ([`GivingUp`](Phase::GivingUp)).
    ///
    /// # Errors
    /// [`JobError::NotNow`] for a job that is finished, [`JobError::NotFound`].
    pub fn cancel(&self, id: JobId) -> Result<(), JobError> {
        let job = self.registry.with(id, |entry| {
            match entry.status.phase {
                Phase::Finished | Phase::Cancelled => {
                    return Err(JobError::NotNow("It has ended: there is nothing to give up."));
                }
                Phase::Failed => {
                    self.registry.begin(entry, DesiredState { go: Request::Cancel, ..DesiredState::default() })?;
                }
                _ => entry.request(Request::Cancel),
            }
            Ok(Arc::clone(&entry.job))
        })?;
        job.cancelled(&self.registry, id);
        Ok(())
    }

    /// Removes a job that has ended from the list. A drop with files that need attention is listed again at the next
    /// start.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for a job that has not ended, [`JobError::NotFound`].
    pub fn clear(&self, id: JobId) -> Result<(), JobError> {
        self.registry.remove(id)
    }

    /// Retries at once what the vault had to hold for a temporary reason, because there is a connection again. Jobs
    /// that wait for the user keep waiting.
    pub fn try_now(&self) {
        self.registry.tries.send_modify(|tries| *tries += 1);
    }

    /// Pauses all running jobs.
    pub fn pause_all(&self) {
        for status in self.list().into_iter().filter(|status| status.phase.is_busy()) {
            // One that has just ended need not be paused.
            let _ = self.pause(status.id);
        }
    }

    /// Stops everything and leaves the queue so that the next start continues. When this returns, nothing is written
    /// any more, and the observer has received all notifications.
    pub async fn shutdown(&self) {
        for doing in self.registry.leave() {
            // A panic in it has already been reported.
            let _ = doing.await;
        }
        self.registry.left();
        self.registry.teller.so_far().await;
    }

    /// Lists a new job, and starts it.
    ///
    /// # Errors
    /// [`JobError::Ending`].
    pub(crate) fn begin(&self, job: impl Job, matter: Option<MatterId>, names: Vec<String>) -> Result<JobId, JobError> {
        let vault = self.registry.vault();
        let id = JobId::new(vault.unique_id());
        let status = JobStatus::new(id, job.kind(), matter, names, vault.now());
        self.registry.add(status, Arc::new(job), true)?;
        Ok(id)
    }
}
