//! Checking everything that is stored. After a stop it continues where it was, also in the next run of the program.

mod report;

use std::num::NonZeroU64;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use vault_core::rate::Throttle;
use vault_core::{Checking, Verification};

pub use report::VerifyReport;

use crate::desired::{DesiredState, Request};
use crate::error::JobError;
use crate::job::Job;
use crate::jobs::Jobs;
use crate::passes::{self, JobOutcome};
use crate::registered::JobKind;
use crate::runner::JobRunner;
use crate::status::{JobId, JobStatus, Phase};

/// What a check has found so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerifyResult {
    /// Contents that are stored as they were filed.
    pub sound: u64,
    /// Contents that are missing.
    pub missing: u64,
    /// Contents that are damaged.
    pub damaged: u64,
    /// Length of the content that was checked, in bytes.
    pub bytes: u64,
}

impl VerifyResult {
    /// Contents that are not as they were filed.
    pub const fn failed(self) -> u64 {
        self.missing + self.damaged
    }

    fn of(found: &Verification) -> Self {
        let (missing, damaged) = (found.missing.len() as u64, found.damaged.len() as u64);
        Self { sound: found.contents.saturating_sub(missing + damaged), missing, damaged, bytes: found.bytes }
    }
}

/// A check.
pub(crate) struct VerifyJob {
    throttle: Throttle,
    /// Its progress, if it can be continued.
    so_far: Mutex<Option<Verification>>,
    report: Mutex<Option<VerifyReport>>,
}

impl VerifyJob {
    /// One that continues where an earlier one was stopped, if there is one.
    fn new(so_far: Option<Verification>, per_second: Option<NonZeroU64>) -> Self {
        Self { throttle: Throttle::new(per_second), so_far: Mutex::new(so_far), report: Mutex::default() }
    }
}

#[async_trait]
impl Job for VerifyJob {
    fn kind(&self) -> JobKind {
        JobKind::Verify
    }

    async fn run(self: Arc<Self>, runner: JobRunner) {
        passes::run(runner, |vault, progress| {
            let job = Arc::clone(&self);
            async move {
                let how = Checking { throttle: job.throttle.clone(), earlier: job.so_far.lock().clone() };
                let found = vault.verify_as(how, progress).await?;
                let (result, stopped, halt) = (VerifyResult::of(&found), found.stopped, found.halt.clone());
                *job.so_far.lock() = found.up_to.is_some().then(|| found.clone());
                *job.report.lock() = Some(VerifyReport::of(found, vault.is_remote()));
                Ok(JobOutcome { result: result.into(), attention: result.failed(), stopped, halt })
            }
        })
        .await;
    }
}

impl Jobs {
    /// Checks everything that is stored, reading no more than `per_second` bytes of content a second, if given. A check
    /// that was paused, or held because the vault could not be reached, continues where it stopped.
    ///
    /// # Errors
    /// [`JobError::Ending`]; later failures are reported by the job.
    pub fn verify(&self, per_second: Option<NonZeroU64>) -> Result<JobId, JobError> {
        self.begin(VerifyJob::new(None, per_second), None, Vec::new())
    }

    /// Lists a check that an earlier run of the program left unfinished. It is paused until the user resumes it.
    ///
    /// # Errors
    /// [`JobError::Ending`].
    pub fn take_up_check(&self, so_far: Verification, per_second: Option<NonZeroU64>) -> Result<JobId, JobError> {
        let vault = self.registry.vault();
        let id = JobId::new(vault.unique_id());
        let mut status = JobStatus::new(id, JobKind::Verify, None, Vec::new(), vault.now());
        (status.files_done, status.bytes_done) = (so_far.contents, so_far.bytes);
        self.registry.add(status, Arc::new(VerifyJob::new(Some(so_far), per_second)), false)?;
        self.registry.with(id, |entry| {
            self.registry.begin(entry, DesiredState { go: Request::Pause, ..DesiredState::default() })
        })?;
        Ok(id)
    }

    /// The progress of an unfinished check, for the next run of the program ([`take_up_check`](Self::take_up_check));
    /// after [`shutdown`](Self::shutdown).
    pub fn unfinished_check(&self) -> Option<Verification> {
        let so_far = self.registry.look(|entry| match entry.status.phase {
            Phase::Finished | Phase::Cancelled => None,
            _ => entry.job_as::<VerifyJob>().and_then(|job| job.so_far.lock().clone()),
        });
        so_far.into_iter().flatten().last()
    }

    /// From now on, each running check reads no more than `per_second` bytes of content a second.
    pub fn limit_checks(&self, per_second: Option<NonZeroU64>) {
        self.registry.look(|entry| {
            if let Some(job) = entry.job_as::<VerifyJob>() {
                job.throttle.set(per_second);
            }
        });
    }

    /// The report of a check.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and before something was checked, [`JobError::NotFound`].
    pub fn verify_report(&self, id: JobId) -> Result<VerifyReport, JobError> {
        let job = self.registry.job_as::<VerifyJob>(id, JobError::NOTHING_TO_REPORT)?;
        let report = job.report.lock().clone();
        report.ok_or(JobError::NOTHING_TO_REPORT)
    }
}
