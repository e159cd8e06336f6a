//! Cancelling what is left of a drop. The cancellation is recorded first: it survives a restart and works without a
//! network, and the next run of the drop completes it.

use super::{DropPhase, Item, ItemEvent, ItemState, ItemUpdate, JournaledDrop, PAGE, PauseReason, QueuedDrop};
use crate::filing::reconcile;
use crate::ports::PortError;

impl QueuedDrop<'_> {
    /// Removes what is left of the drop from the queue. For files that were begun it asks the vault whether it has
    /// them; the others need no network. Returns the drop afterwards.
    pub(crate) async fn cancel(&self) -> Result<JournaledDrop, PortError> {
        if matches!(self.drop.phase, DropPhase::Preparing | DropPhase::Filing) {
            if !self.drop.is_cancelling() {
                self.context.journal.pause(self.id(), &PauseReason::Cancelling).await?;
            }
            let begun = self.cancel_what_was_not_begun().await?;
            self.cancel_the_rest().await?;
            let counts = self.drop.counts;
            // A drop that the vault never heard of can be cancelled without it, leaving no trace in its history. If
            // nothing is left, an earlier cancellation may only have to be reported still.
            let only_to_be_told = self.drop.phase == DropPhase::Filing && self.drop.waiting == 0;
            let told = begun || only_to_be_told || counts.stored + counts.skipped + counts.failed > 0;
            if told {
                self.close(DropPhase::Cancelled).await?;
            } else {
                self.context.journal.close(self.id(), DropPhase::Cancelled, self.context.clock.now()).await?;
            }
        }
        // The mirror catches up later; nothing of the drop depends on it.
        if let Err(error) = self.context.sync_mirror().await {
            tracing::debug!(class = error.class(), "the local copy is updated later");
        }
        let drop = self.now().await?;
        tracing::info!(drop = %drop.new.id, stored = drop.counts.stored, cancelled = drop.cancelled, "a drop is cancelled");
        Ok(drop)
    }

    /// Returns whether any other file was ever begun.
    async fn cancel_what_was_not_begun(&self) -> Result<bool, PortError> {
        let journal = self.context.journal;
        let (mut from, mut begun) = (0, false);
        loop {
            let items = journal.open_items(self.id(), from, PAGE).await?;
            let Some(last) = items.last() else { return Ok(begun) };
            from = last.seq + 1;
            begun |= items.iter().any(|item| item.file.state != ItemState::Queued);
            let steps = items.iter().filter(|item| !item.is_under_way()).map(|item| item.after(ItemEvent::Cancel));
            journal.advance(self.id(), &steps.collect::<Vec<_>>()).await?;
        }
    }

    async fn cancel_the_rest(&self) -> Result<(), PortError> {
        let journal = self.context.journal;
        loop {
            let items = journal.open_items(self.id(), 0, PAGE).await?;
            if items.is_empty() {
                return Ok(());
            }
            let steps: Vec<ItemUpdate> = match reconcile(self, items.clone()).await {
                Ok(rest) => rest.iter().map(|item| item.after(ItemEvent::Cancel)).collect(),
                // The user has lost access, so the vault will not reveal what became of them.
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
