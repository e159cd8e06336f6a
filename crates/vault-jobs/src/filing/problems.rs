//! The lists of a drop, and the requests for files that need attention.

use vault_core::SameName;
use vault_core::filing::ItemState;
use vault_core::ports::{DropPhase, Item, JournaledDrop};

use super::lists::{PreflightList, PreflightRow, ProblemRow};
use super::shown::{left_out, part};
use super::{FilingJob, numbers};
use crate::desired::DesiredState;
use crate::error::JobError;
use crate::jobs::Jobs;
use crate::registered::JobKind;
use crate::status::{JobId, Phase};

const NO_DROP: JobError = JobError::NotNow("Only what is filed has files to choose from.");

impl Jobs {
    /// Which dropped folders and files of a waiting pre-flight have the same name; empty once the drop is being filed.
    ///
    /// # Errors
    /// [`JobError`] if there is no such drop.
    pub fn same_names(&self, id: JobId) -> Result<Vec<SameName>, JobError> {
        let shown = self.registry.job_as::<FilingJob>(id, NO_DROP)?.shown();
        Ok(shown.and_then(|shown| shown.same_names()).unwrap_or_default())
    }

    /// Rows `offset..offset + limit` of a list of a pre-flight; fewer at its end. While the drop waits for the user,
    /// the time depends on the rows alone, not on the size of the drop.
    ///
    /// # Errors
    /// [`JobError::NotNow`] unless the job is [`Ready`](Phase::Ready); the lists of left-out and unreadable files are
    /// available as long as the drop is listed. [`JobError::NotFound`].
    pub async fn preflight_rows(
        &self,
        id: JobId,
        list: PreflightList,
        offset: u64,
        limit: usize,
    ) -> Result<Vec<PreflightRow>, JobError> {
        let shown = self.registry.job_as::<FilingJob>(id, NO_DROP)?.shown();
        if let Some(rows) = shown.and_then(|shown| shown.rows(list, offset, limit)) {
            return Ok(rows);
        }
        let vault = self.registry.vault();
        match list {
            PreflightList::LeftOut => {
                let entries = vault.left_out_of(id.drop_id()).await?;
                Ok(part(&entries, offset, limit).iter().map(left_out).collect())
            }
            PreflightList::Problems => {
                let problems: Vec<ProblemRow> =
                    vault.files_needing_attention(id.drop_id()).await?.into_iter().filter_map(problem_row).collect();
                Ok(part(&problems, offset, limit).iter().map(ProblemRow::in_preflight).collect())
            }
            PreflightList::New | PreflightList::Already | PreflightList::Repeated => Err(JobError::NotNow(
                "Its files are listed while it waits to be filed. The history lists them afterwards.",
            )),
        }
    }

    /// Files of a drop that need attention, in the order of the drop.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs, [`JobError::Vault`], [`JobError::NotFound`].
    pub async fn problems(&self, id: JobId) -> Result<Vec<ProblemRow>, JobError> {
        let shown = self.registry.job_as::<FilingJob>(id, NO_DROP)?.shown();
        if let Some(problems) = shown.and_then(|shown| shown.problems()) {
            return Ok(problems);
        }
        let items = self.registry.vault().files_needing_attention(id.drop_id()).await?;
        Ok(items.into_iter().filter_map(problem_row).collect())
    }

    /// Retries these files of a drop; with none, all that need attention. While the drop is being filed, they come
    /// after the rest; for a drop that waits for the user, the folders are read again.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and for a drop that was cancelled or is being read, [`JobError::Ending`],
    /// [`JobError::NotFound`].
    pub fn retry(&self, id: JobId, seqs: &[u64]) -> Result<(), JobError> {
        self.registry.with(id, |entry| {
            let job = entry.job_as::<FilingJob>().ok_or(NO_DROP)?;
            match entry.status.phase {
                Phase::Cancelled => {
                    return Err(JobError::NotNow(
                        "It was given up. Drop its files again: what is stored is not stored twice.",
                    ));
                }
                Phase::Reading => return Err(JobError::NotNow("Its folders are being read just now.")),
                _ => {
                    job.try_again(seqs.iter().copied());
                    entry.poll();
                }
            }
            if entry.is_going() { Ok(()) } else { self.registry.begin(entry, DesiredState::default()) }
        })
    }

    /// Skips these files of a drop; with none, all that need attention. The history records that they failed, and files
    /// that could never be read count as left out.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and for a drop that was cancelled or is not being filed yet,
    /// [`JobError::Vault`], [`JobError::NotFound`].
    pub async fn dismiss_failed(&self, id: JobId, seqs: &[u64]) -> Result<(), JobError> {
        self.registry.with(id, |entry| match (entry.status.kind, entry.status.result) {
            (JobKind::Filing, Some(_)) if entry.status.phase != Phase::Cancelled => Ok(()),
            (JobKind::Filing, _) => Err(JobError::NotNow("Files can be given up once the drop is being filed.")),
            _ => Err(NO_DROP),
        })?;
        let drop = self.registry.vault().dismiss_failed(id.drop_id(), seqs).await?;
        self.took(id, &drop);
        Ok(())
    }

    /// Files were removed from a drop, so its numbers have changed; while it is filed, they update automatically. If
    /// the vault could not be notified about a drop that had ended, its runner continues until it is.
    pub(crate) fn took(&self, id: JobId, drop: &JournaledDrop) {
        self.registry.change(id, |status| {
            if status.phase != Phase::Running {
                numbers::of_drop(status, drop);
            }
        });
        if drop.phase == DropPhase::Filing {
            let _ = self.registry.with(id, |entry| {
                let ended = entry.status.phase == Phase::Finished && !entry.is_going();
                if ended { self.registry.begin(entry, DesiredState::default()) } else { Ok(()) }
            });
        }
    }
}

fn problem_row(item: Item) -> Option<ProblemRow> {
    let ItemState::NeedsAttention(problem) = item.file.state else { return None };
    let (name, folder) = (item.file.name.text().to_owned(), item.file.folder.text().to_owned());
    Some(ProblemRow { seq: item.seq, name, folder, problem })
}
