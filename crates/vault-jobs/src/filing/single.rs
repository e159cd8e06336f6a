//! Single files of a drop: listing those still to be filed, removing, and locating them.

use std::path::Path;
use std::sync::Arc;

use vault_core::filing::{ItemState, Located};
use vault_core::ports::{DropPhase, Item};
use vault_core::{Vault, VaultError};

use super::FilingJob;
use super::lists::{Found, QueueRow, QueueState};
use crate::desired::Request;
use crate::error::JobError;
use crate::jobs::Jobs;
use crate::status::JobId;

const NOT_QUEUED: JobError = JobError::NotNow("Its files cannot be chosen singly until the drop is being filed.");
const GIVEN_UP: JobError =
    JobError::NotNow("It was given up. Drop its files again: what is stored is not stored twice.");

impl Jobs {
    /// Files of a drop that are still to be filed, from this number on; those that wait to be retried come first, if it
    /// is the beginning.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and for a drop that is not being filed yet, [`JobError::Vault`],
    /// [`JobError::NotFound`].
    pub async fn queue(&self, id: JobId, from: u64, limit: usize) -> Result<Vec<QueueRow>, JobError> {
        self.is_queued(id).await?;
        let vault = self.registry.vault();
        let mut rows = Vec::new();
        if from == 0 {
            rows.extend(vault.waiting_files(id.drop_id()).await?.into_iter().filter_map(row));
        }
        let open = vault.open_files(id.drop_id(), from, limit).await?.into_iter().filter_map(row);
        rows.extend(open.filter(|row| !matches!(row.standing, QueueState::Waits { .. })));
        Ok(rows)
    }

    /// Removes these files from a drop; the others continue. Returns how many were removed: a file that is already
    /// being uploaded is filed anyway.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and for a drop that was cancelled or is not being filed yet,
    /// [`JobError::Vault`], [`JobError::NotFound`].
    pub async fn remove_files(&self, id: JobId, seqs: &[u64]) -> Result<u64, JobError> {
        self.is_queued(id).await?;
        // The holder of the turn and the filing lock knows that nothing is filed meanwhile.
        let turn = self.registry.turns.filing.try_acquire().ok();
        let lock = if turn.is_some() { self.registry.lock.try_take().await? } else { None };
        let taken = self.registry.vault().remove_files(id.drop_id(), seqs, lock.is_none()).await?;
        std::mem::drop((turn, lock));
        self.took(id, &taken.drop);
        if taken.drop.phase == DropPhase::Finished {
            // There was nothing left to do: its runner sees that it has ended.
            let _ = self.registry.with(id, |entry| {
                entry.request(Request::On);
                Ok(())
            });
        }
        Ok(taken.files)
    }

    /// Looks for missing files of a drop at another place: for one file at a file, for all of them in a folder. Files
    /// that are found are retried from there.
    ///
    /// # Errors
    /// [`JobError::NotNow`] for other jobs and for a drop that was cancelled or is not being filed yet,
    /// [`JobError::Vault`] if no file of it is missing or the place contains the vault itself,
    /// [`JobError::NotFound`].
    pub async fn locate(&self, id: JobId, seqs: &[u64], at: &Path) -> Result<Found, JobError> {
        self.is_queued(id).await?;
        let vault: Vault = self.registry.vault();
        let located = vault.locate(id.drop_id(), seqs, at, Arc::default()).await;
        let Located { found, different, missing } = match located {
            Ok(located) => located,
            Err(VaultError::Stopped) => return Err(JobError::Ending),
            Err(VaultError::Port(error)) => return Err(error.into()),
        };
        if !found.is_empty() {
            self.retry(id, &found)?;
        }
        let different = different.iter().map(|path| path.text().to_owned()).collect();
        Ok(Found { found: found.len() as u64, different, missing })
    }

    /// Whether the files of a job are in the journal.
    async fn is_queued(&self, id: JobId) -> Result<(), JobError> {
        self.registry.job_as::<FilingJob>(id, NOT_QUEUED)?;
        let drop = self.registry.vault().queued_drop(id.drop_id()).await?;
        match drop.map(|drop| drop.phase) {
            Some(DropPhase::Filing | DropPhase::Finished) => Ok(()),
            Some(DropPhase::Cancelled) => Err(GIVEN_UP),
            Some(DropPhase::Preparing) | None => Err(NOT_QUEUED),
        }
    }
}

fn row(item: Item) -> Option<QueueRow> {
    let standing = match item.file.state {
        ItemState::Queued => QueueState::Queued,
        ItemState::Uploading { .. } | ItemState::Recording => QueueState::Begun,
        ItemState::Waiting { until, why, .. } => QueueState::Waits { until, why },
        ItemState::NeedsAttention(_) | ItemState::Done(_) | ItemState::Cancelled => return None,
    };
    let (name, folder) = (item.file.name.text().to_owned(), item.file.folder.text().to_owned());
    Some(QueueRow { seq: item.seq, name, folder, size: item.file.read.map(|read| read.size), standing })
}
