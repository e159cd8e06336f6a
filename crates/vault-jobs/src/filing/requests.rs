//! Handing a drop over, and filing it.

use std::path::PathBuf;

use vault_core::intake::LeftOutRules;
use vault_core::model::MatterId;
use vault_core::ports::PortError;

use super::reading::wait_to_be_asked;
use super::{FilingJob, new, status_of};
use crate::error::JobError;
use crate::jobs::Jobs;
use crate::status::{JobId, JobStatus, Phase};

const NOT_ASKED: JobError = JobError::NotNow("It does not wait to be filed.");

impl Jobs {
    /// From now on, drops are filed as soon as they are read, or wait for the user. Drops that are already waiting keep
    /// waiting.
    pub fn set_file_at_once(&self, at_once: bool) {
        self.registry.turns.set_file_at_once(at_once);
    }

    /// Which names are left out of drops that are read from now on.
    pub fn set_left_out(&self, rules: LeftOutRules) {
        self.registry.set_left_out(rules);
    }

    /// Accepts a drop of `sources` (as returned by `vault_home::Home::sources`). It is in the journal when this
    /// returns; its folders are read in the background, and then it is [`Ready`](Phase::Ready), or filed if the user
    /// chose that.
    ///
    /// # Errors
    /// [`JobError::Vault`] if nothing can be filed to the matter, or the journal cannot be written;
    /// [`JobError::Ending`].
    pub async fn submit(&self, matter: &MatterId, sources: Vec<PathBuf>) -> Result<JobId, JobError> {
        if self.registry.is_ending() {
            return Err(JobError::Ending);
        }
        let vault = self.registry.vault();
        let id = vault.accept(matter, sources).await?;
        if !self.registry.turns.file_at_once() {
            wait_to_be_asked(&vault, id.into()).await;
        }
        let accepted = vault.queued_drop(id).await?;
        let drop = accepted.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))?;
        let free = self.registry.turns.reading.available_permits() > 0;
        let phase = if free { Phase::Reading } else { Phase::InLine };
        self.registry.add(JobStatus { phase, ..status_of(&drop) }, new(), true)?;
        Ok(id.into())
    }

    /// The user has seen the pre-flight and presses *File*. This is in the journal when this returns, so it survives a
    /// restart. (If the journal cannot be written now, the job is [`Held`](Phase::Held) and reports it.)
    ///
    /// # Errors
    /// [`JobError::NotNow`] unless the job is [`Ready`](Phase::Ready), [`JobError::Ending`], [`JobError::NotFound`].
    pub async fn file(&self, id: JobId) -> Result<(), JobError> {
        let in_journal = self.registry.with(id, |entry| match (entry.status.phase, entry.job_as::<FilingJob>()) {
            _ if self.registry.is_ending() => Err(JobError::Ending),
            (Phase::Ready, Some(job)) => {
                let in_journal = job.confirm();
                entry.confirm();
                Ok(in_journal)
            }
            _ => Err(NOT_ASKED),
        })?;
        in_journal.await.map_err(|_| JobError::Ending)
    }
}
