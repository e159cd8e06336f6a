//! The lists of a drop, and the requests for files that need attention.

use vault_core::SameName;
use vault_core::filing::ItemState;
use vault_core::ports::{DropPhase, Item, JournaledDrop};

use crate::desired::DesiredState;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::lists::{PreflightList, PreflightRow, ProblemRow};
use crate::numbers;
use crate::shown::{left_out, part};
use crate::work::{Phase, WorkId, WorkKind};

const NO_DROP: DeskError = DeskError::NotNow("Only what is filed has files to choose from.");

impl Desk {
    /// Which dropped folders and files of a waiting pre-flight have the same name; empty once the drop is being filed.
    ///
    /// # Errors
    /// [`DeskError`] if there is no such drop.
    pub fn same_names(&self, id: WorkId) -> Result<Vec<SameName>, DeskError> {
        let shown = self.shared.with(id, |entry| match entry.work.kind {
            WorkKind::Drop => Ok(entry.shown.clone()),
            _ => Err(NO_DROP),
        })?;
        Ok(shown.and_then(|shown| shown.same_names()).unwrap_or_default())
    }

    /// Rows `offset..offset + limit` of a list of a pre-flight; fewer at its end. While the drop waits for the user,
    /// the time depends on the rows alone, not on the size of the drop.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] unless the work is [`Ready`](Phase::Ready); the lists of left-out and unreadable files are
    /// available as long as the drop is listed. [`DeskError::NotFound`].
    pub async fn preflight_rows(
        &self,
        id: WorkId,
        list: PreflightList,
        offset: u64,
        limit: usize,
    ) -> Result<Vec<PreflightRow>, DeskError> {
        let shown = self.shared.with(id, |entry| match entry.work.kind {
            WorkKind::Drop => Ok(entry.shown.clone()),
            _ => Err(NO_DROP),
        })?;
        if let Some(rows) = shown.and_then(|shown| shown.rows(list, offset, limit)) {
            return Ok(rows);
        }
        let vault = self.shared.vault();
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
            PreflightList::New | PreflightList::Already | PreflightList::Repeated => Err(DeskError::NotNow(
                "Its files are listed while it waits to be filed. The history lists them afterwards.",
            )),
        }
    }

    /// Files of a drop that need attention, in the order of the drop.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for other work, [`DeskError::Vault`], [`DeskError::NotFound`].
    pub async fn problems(&self, id: WorkId) -> Result<Vec<ProblemRow>, DeskError> {
        let shown = self.shared.with(id, |entry| match entry.work.kind {
            WorkKind::Drop => Ok(entry.shown.clone()),
            _ => Err(NO_DROP),
        })?;
        if let Some(problems) = shown.and_then(|shown| shown.problems()) {
            return Ok(problems);
        }
        let items = self.shared.vault().files_needing_attention(id.drop_id()).await?;
        Ok(items.into_iter().filter_map(problem_row).collect())
    }

    /// Retries these files of a drop; with none, all that need attention. While the drop is being filed, they come
    /// after the rest; for a drop that waits for the user, the folders are read again.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for other work and for a drop that was cancelled or is being read, [`DeskError::Ending`],
    /// [`DeskError::NotFound`].
    pub fn retry(&self, id: WorkId, seqs: &[u64]) -> Result<(), DeskError> {
        self.shared.with(id, |entry| {
            if entry.work.kind != WorkKind::Drop {
                return Err(NO_DROP);
            }
            match entry.work.phase {
                Phase::Cancelled => {
                    return Err(DeskError::NotNow(
                        "It was given up. Drop its files again: what is stored is not stored twice.",
                    ));
                }
                Phase::Reading => return Err(DeskError::NotNow("Its folders are being read just now.")),
                _ => entry.try_again(seqs),
            }
            if entry.is_going() { Ok(()) } else { self.shared.begin(entry, DesiredState::default()) }
        })
    }

    /// Skips these files of a drop; with none, all that need attention. The history records that they failed, and files
    /// that could never be read count as left out.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for other work and for a drop that was cancelled or is not being filed yet,
    /// [`DeskError::Vault`], [`DeskError::NotFound`].
    pub async fn dismiss_failed(&self, id: WorkId, seqs: &[u64]) -> Result<(), DeskError> {
        self.shared.with(id, |entry| match (entry.work.kind, entry.work.result) {
            (WorkKind::Drop, Some(_)) if entry.work.phase != Phase::Cancelled => Ok(()),
            (WorkKind::Drop, _) => Err(DeskError::NotNow("Files can be given up once the drop is being filed.")),
            _ => Err(NO_DROP),
        })?;
        let drop = self.shared.vault().dismiss_failed(id.drop_id(), seqs).await?;
        self.took(id, &drop);
        Ok(())
    }

    /// Files were removed from a drop, so its numbers have changed; while it is filed, they update automatically. If
    /// the vault could not be notified about a drop that had ended, its job runner continues until it is.
    pub(crate) fn took(&self, id: WorkId, drop: &JournaledDrop) {
        self.shared.change(id, |work| {
            if work.phase != Phase::Running {
                numbers::of_drop(work, drop);
            }
        });
        if drop.phase == DropPhase::Filing {
            let _ = self.shared.with(id, |entry| {
                let ended = entry.work.phase == Phase::Finished && !entry.is_going();
                if ended { self.shared.begin(entry, DesiredState::default()) } else { Ok(()) }
            });
        }
    }
}

fn problem_row(item: Item) -> Option<ProblemRow> {
    let ItemState::NeedsAttention(problem) = item.file.state else { return None };
    let (name, folder) = (item.file.name.text().to_owned(), item.file.folder.text().to_owned());
    Some(ProblemRow { seq: item.seq, name, folder, problem })
}
