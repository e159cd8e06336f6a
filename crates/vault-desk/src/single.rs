//! Single files of a drop: listing those still to be filed, removing, and locating them.

use std::path::Path;
use std::sync::Arc;

use vault_core::filing::{ItemState, Located};
use vault_core::ports::{DropPhase, Item};
use vault_core::{Vault, VaultError};

use crate::desired::Request;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::lists::{Found, QueueRow, QueueState};
use crate::work::{WorkId, WorkKind};

const NOT_QUEUED: DeskError = DeskError::NotNow("Its files cannot be chosen singly until the drop is being filed.");
const GIVEN_UP: DeskError =
    DeskError::NotNow("It was given up. Drop its files again: what is stored is not stored twice.");

impl Desk {
    /// Files of a drop that are still to be filed, from this number on; those that wait to be retried come first, if it
    /// is the beginning.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for other work and for a drop that is not being filed yet, [`DeskError::Vault`],
    /// [`DeskError::NotFound`].
    pub async fn queue(&self, id: WorkId, from: u64, limit: usize) -> Result<Vec<QueueRow>, DeskError> {
        self.is_queued(id).await?;
        let vault = self.shared.vault();
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
    /// [`DeskError::NotNow`] for other work and for a drop that was cancelled or is not being filed yet,
    /// [`DeskError::Vault`], [`DeskError::NotFound`].
    pub async fn remove_files(&self, id: WorkId, seqs: &[u64]) -> Result<u64, DeskError> {
        self.is_queued(id).await?;
        // The holder of the turn and the filing lock knows that nothing is filed meanwhile.
        let turn = self.shared.turn.try_acquire().ok();
        let right = if turn.is_some() { self.shared.right.try_take().await? } else { None };
        let taken = self.shared.vault().remove_files(id.drop_id(), seqs, right.is_none()).await?;
        std::mem::drop((turn, right));
        self.took(id, &taken.drop);
        if taken.drop.phase == DropPhase::Finished {
            // There was nothing left to do: its job runner sees that it has ended.
            let _ = self.shared.with(id, |entry| {
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
    /// [`DeskError::NotNow`] for other work and for a drop that was cancelled or is not being filed yet,
    /// [`DeskError::Vault`] if no file of it is missing or the place contains the vault itself,
    /// [`DeskError::NotFound`].
    pub async fn locate(&self, id: WorkId, seqs: &[u64], at: &Path) -> Result<Found, DeskError> {
        self.is_queued(id).await?;
        let vault: Vault = self.shared.vault();
        let located = vault.locate(id.drop_id(), seqs, at, Arc::default()).await;
        let Located { found, different, missing } = match located {
            Ok(located) => located,
            Err(VaultError::Stopped) => return Err(DeskError::Ending),
            Err(VaultError::Port(error)) => return Err(error.into()),
        };
        if !found.is_empty() {
            self.retry(id, &found)?;
        }
        let different = different.iter().map(|path| path.text().to_owned()).collect();
        Ok(Found { found: found.len() as u64, different, missing })
    }

    /// Whether the files of a work are in the journal.
    async fn is_queued(&self, id: WorkId) -> Result<(), DeskError> {
        let kind = self.shared.with(id, |entry| Ok(entry.work.kind))?;
        let drop = match kind {
            WorkKind::Drop => self.shared.vault().queued_drop(id.drop_id()).await?,
            WorkKind::Restore | WorkKind::Verify => None,
        };
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
