//! Removing single files from the queue. The other files continue.

use super::ItemEvent;
use super::ItemState;
use super::delivery::{Delivery, step};
use super::reconcile::reconcile;
use crate::ports::{DropPhase, Item, ItemUpdate, JournaledDrop, PortError};

/// The result of removing files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedFiles {
    /// The drop afterwards.
    pub drop: JournaledDrop,
    /// How many were removed.
    pub files: u64,
    /// How many were not: they are in the vault, or being filed.
    pub too_late: u64,
}

impl Delivery<'_> {
    /// Removes these files; while the drop is `being_filed`, all but those whose bytes are being sent.
    pub(crate) async fn remove_files(&self, seqs: &[u64], being_filed: bool) -> Result<RemovedFiles, PortError> {
        let journal = &self.vault.journal;
        match self.drop.phase {
            DropPhase::Filing | DropPhase::Finished => {}
            DropPhase::Preparing => return Err(PortError::invalid("The drop has not been read yet: cancel it whole.")),
            DropPhase::Cancelled => return Err(PortError::invalid("The drop was given up as a whole.")),
        }
        let mut items = self.standing(seqs).await?;
        if being_filed {
            items.retain(|item| !under_way(item));
        } else {
            let (begun, rest) = items.into_iter().partition(under_way);
            items = rest;
            items.extend(reconcile(self, begun).await?);
        }
        let out = |item: &Item| item.file.state.next(ItemEvent::Cancel).map(|_| step(item, ItemEvent::Cancel));
        let steps: Vec<ItemUpdate> = items.iter().filter_map(out).collect();
        journal.advance(self.id(), &steps).await?;
        let mut drop = self.tell_counts().await?;
        if drop.phase == DropPhase::Filing && drop.waiting == 0 && !being_filed {
            match self.close(DropPhase::Finished).await {
                Err(error) if error.is_damage() => return Err(error),
                // If the vault can't be reached now, the next run of the drop reports it.
                Ok(()) | Err(_) => {}
            }
            drop = journal.drop_by_id(self.id()).await?.unwrap_or(drop);
        }
        let files = steps.len() as u64;
        Ok(RemovedFiles { drop, files, too_late: (seqs.len() as u64).saturating_sub(files) })
    }

    /// Those of these items that are not done.
    async fn standing(&self, seqs: &[u64]) -> Result<Vec<Item>, PortError> {
        let journal = &self.vault.journal;
        let mut items = journal.attention_items(self.id()).await?;
        items.retain(|item| seqs.contains(&item.seq));
        for seq in seqs {
            let open = journal.open_items(self.id(), *seq, 1).await?;
            items.extend(open.into_iter().filter(|item| item.seq == *seq));
        }
        Ok(items)
    }
}

pub(super) const fn under_way(item: &Item) -> bool {
    matches!(item.file.state, ItemState::Uploading { .. } | ItemState::Recording)
}
