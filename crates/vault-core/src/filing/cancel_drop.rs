//! Giving up what is left of a drop. That it is given up is kept first: it holds after a restart and without a network, and
//! whoever goes on with the drop ends giving it up.

use super::delivery::{Delivery, Finished, PAGE, step};
use super::reconcile::reconcile;
use super::remove_files::under_way;
use super::{ItemEvent, ItemState};
use crate::ports::{DropPhase, Item, ItemUpdate, PortError};
use crate::queue::PauseReason;

impl Delivery<'_> {
    /// Takes what is left of the drop out of the queue. Of files that were begun the vault is asked whether it has them;
    /// the others need nobody.
    pub(crate) async fn cancel_drop(&self) -> Result<Finished, PortError> {
        if matches!(self.drop.phase, DropPhase::Preparing | DropPhase::Filing) {
            if !self.drop.is_cancelling() {
                self.vault.journal.pause(self.id(), &PauseReason::Cancelling).await?;
            }
            let begun = self.cancel_what_was_not_begun().await?;
            self.cancel_the_rest().await?;
            let counts = self.drop.counts;
            // A drop of which the vault has never heard leaves no trace in its history, and can be given up without it.
            // If nothing is left, it may be that only this remains to be done since an earlier time.
            let only_to_be_told = self.drop.phase == DropPhase::Filing && self.drop.waiting == 0;
            let told = begun || only_to_be_told || counts.stored + counts.skipped + counts.failed > 0;
            if told {
                self.close(DropPhase::Cancelled).await?;
            } else {
                self.vault.journal.close(self.id(), DropPhase::Cancelled, self.vault.clock.now()).await?;
            }
        }
        // The copy follows by itself; nothing of the drop waits for it.
        let _ = self.vault.sync_mirror().await;
        let drop = self.vault.journal.drop_by_id(self.id()).await?.unwrap_or_else(|| self.drop.clone());
        Ok(Finished { drop, halt: None })
    }

    /// Says whether anything else was ever begun.
    async fn cancel_what_was_not_begun(&self) -> Result<bool, PortError> {
        let journal = &self.vault.journal;
        let (mut from, mut begun) = (0, false);
        loop {
            let items = journal.open_items(self.id(), from, PAGE).await?;
            let Some(last) = items.last() else { return Ok(begun) };
            from = last.seq + 1;
            begun |= items.iter().any(|item| item.file.state != ItemState::Queued);
            let steps = items.iter().filter(|item| !under_way(item)).map(|item| step(item, ItemEvent::Cancel));
            journal.advance(self.id(), &steps.collect::<Vec<_>>()).await?;
        }
    }

    async fn cancel_the_rest(&self) -> Result<(), PortError> {
        let journal = &self.vault.journal;
        loop {
            let items = journal.open_items(self.id(), 0, PAGE).await?;
            if items.is_empty() {
                return Ok(());
            }
            let steps: Vec<ItemUpdate> = match reconcile(self, items.clone()).await {
                Ok(rest) => rest.iter().map(|item| step(item, ItemEvent::Cancel)).collect(),
                // What has become of them is nothing this person may know any more.
                Err(error) if self.is_shut_out(&error) => items.iter().map(cancelled).collect(),
                Err(error) => return Err(error),
            };
            journal.advance(self.id(), &steps).await?;
        }
    }
}

fn cancelled(item: &Item) -> ItemUpdate {
    ItemUpdate { seq: item.seq, state: ItemState::Cancelled, read: None, event: None }
}
