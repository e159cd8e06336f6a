//! Removing single files from the queue. The other files continue.

use super::{DropPhase, Item, ItemEvent, ItemUpdate, JournaledDrop, QueuedDrop};
use crate::filing::reconcile;
use crate::ports::PortError;

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

impl QueuedDrop<'_> {
    /// Removes these files; while the drop is `being_filed`, all but those whose bytes are being sent.
    pub(crate) async fn remove_files(&self, seqs: &[u64], being_filed: bool) -> Result<RemovedFiles, PortError> {
        let journal = self.context.journal;
        match self.drop.phase {
            DropPhase::Filing | DropPhase::Finished => {}
            DropPhase::Preparing => return Err(PortError::invalid("The drop has not been read yet: cancel it whole.")),
            DropPhase::Cancelled => return Err(PortError::invalid("The drop was given up as a whole.")),
        }
        let mut items = self.standing(seqs).await?;
        if being_filed {
            items.retain(|item| !item.is_under_way());
        } else {
            let (begun, rest) = items.into_iter().partition(Item::is_under_way);
            items = rest;
            items.extend(reconcile(self, begun).await?);
        }
        let out = |item: &Item| item.file.state.next(ItemEvent::Cancel).map(|_| item.after(ItemEvent::Cancel));
        let steps: Vec<ItemUpdate> = items.iter().filter_map(out).collect();
        journal.advance(self.id(), &steps).await?;
        let mut drop = self.tell_counts().await?;
        if drop.phase == DropPhase::Filing && drop.waiting == 0 && !being_filed {
            match self.close(DropPhase::Finished).await {
                Err(error) if error.is_damage() => return Err(error),
                // If the vault can't be reached now, the next run of the drop reports it.
                Ok(()) | Err(_) => {}
            }
            drop = self.now().await?;
        }
        let files = steps.len() as u64;
        Ok(RemovedFiles { drop, files, too_late: (seqs.len() as u64).saturating_sub(files) })
    }

    /// Those of these items that are not done.
    async fn standing(&self, seqs: &[u64]) -> Result<Vec<Item>, PortError> {
        let journal = self.context.journal;
        let mut items = journal.attention_items(self.id()).await?;
        items.retain(|item| seqs.contains(&item.seq));
        for seq in seqs {
            let open = journal.open_items(self.id(), *seq, 1).await?;
            items.extend(open.into_iter().filter(|item| item.seq == *seq));
        }
        Ok(items)
    }
}
