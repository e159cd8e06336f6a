//! Restoring: gives something back to a folder. After a stop it leaves existing files as they are.

mod report;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use vault_core::restore::{Origin, RestoreScope, Restored};

pub use report::RestoreReport;

use crate::error::JobError;
use crate::job::Job;
use crate::jobs::Jobs;
use crate::passes::{self, JobOutcome};
use crate::registered::JobKind;
use crate::runner::JobRunner;
use crate::status::JobId;

/// What a restore has done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RestoreResult {
    /// Files that were restored.
    pub restored: u64,
    /// Files that were at the destination already.
    pub already: u64,
    /// Files that could not be restored.
    pub failed: u64,
    /// Documents that the files are of: a document has a file in every place it was received in.
    pub documents: u64,
    /// Length of the content that was restored, in bytes.
    pub bytes: u64,
}

impl RestoreResult {
    fn of(restored: &Restored) -> Self {
        Self {
            restored: restored.restored,
            already: restored.already_there,
            failed: restored.problems.len() as u64,
            documents: restored.documents,
            bytes: restored.bytes,
        }
    }
}

/// A restore.
pub(crate) struct RestoreJob {
    scope: RestoreScope,
    destination: PathBuf,
    origin: Origin,
    report: Mutex<Option<RestoreReport>>,
}

#[async_trait]
impl Job for RestoreJob {
    fn kind(&self) -> JobKind {
        JobKind::Restore
    }

    async fn run(self: Arc<Self>, runner: JobRunner) {
        passes::run(runner, |vault, progress| {
            let job = Arc::clone(&self);
            async move {
                let restored = vault.restore_from(job.origin, &job.scope, &job.destination, progress).await?;
                let (result, stopped) = (RestoreResult::of(&restored), restored.stopped);
                *job.report.lock() = Some(RestoreReport::of(restored, job.destination.clone()));
                Ok(JobOutcome { result: result.into(), attention: result.failed, stopped, halt: None })
            }
        })
        .await;
    }
}

impl Jobs {
    /// Restores `scope` to the folder `destination`; `origin` states whether the copies are marked. `names` is the
    /// user's selection, for the list.
    ///
    /// # Errors
    /// [`JobError::Ending`], [`JobError::Vault`] if the vault cannot be asked which matter a drop belongs to; later
    /// failures are reported by the job.
    pub async fn restore(
        &self,
        scope: RestoreScope,
        names: Vec<String>,
        (destination, origin): (PathBuf, Origin),
    ) -> Result<JobId, JobError> {
        let matter = match &scope {
            RestoreScope::Matter(matter) | RestoreScope::Folder(matter, _) | RestoreScope::Documents(matter, _) => {
                Some(matter.clone())
            }
            RestoreScope::Drop(id) => self.registry.vault().drop_key(*id).await?.map(|drop| drop.matter),
        };
        self.begin(RestoreJob { scope, destination, origin, report: Mutex::default() }, matter, names)
    }

    /// The report of a restore.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and before something was restored, [`JobError::NotFound`].
    pub fn restore_report(&self, id: JobId) -> Result<RestoreReport, JobError> {
        let job = self.registry.job_as::<RestoreJob>(id, JobError::NOTHING_TO_REPORT)?;
        let report = job.report.lock().clone();
        report.ok_or(JobError::NOTHING_TO_REPORT)
    }
}
