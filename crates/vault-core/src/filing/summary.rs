//! The summary of a drop in the vault's history: how its files ended.

use crate::model::{DropCounts, DropKey, DropSummary, PathText, Timestamp};
use crate::ports::{Attention, PortError};
use crate::queue::{DropPhase, JournaledDrop, QueuedDrop};

impl QueuedDrop<'_> {
    /// Closes the drop: first in the history, then in the queue.
    pub(crate) async fn close(&self, phase: DropPhase) -> Result<(), PortError> {
        let journal = self.context.journal;
        let at = self.context.clock.now();
        let counts = journal.drop_by_id(self.id()).await?.map_or(DropCounts::default(), |drop| drop.counts);
        match self.summarize(counts, at).await {
            Err(error) if phase == DropPhase::Cancelled && self.is_shut_out(&error) => {}
            told => told?,
        }
        journal.close(self.id(), phase, at).await.map(|_| ())
    }

    /// Reports changed counts of a finished drop to the vault. If that fails now, the drop is reopened, so that its
    /// next run reports them.
    pub(crate) async fn tell_counts(&self) -> Result<JournaledDrop, PortError> {
        let drop = self.now().await?;
        let (DropPhase::Finished, Some(finished)) = (drop.phase, drop.finished) else { return Ok(drop) };
        match self.summarize(drop.counts, finished).await {
            Ok(()) => {
                // The mirror catches up later.
                if let Err(error) = self.context.sync_mirror().await {
                    tracing::debug!(class = error.class(), "the local copy is updated later");
                }
            }
            Err(error) if error.is_damage() => return Err(error),
            Err(error) if self.is_shut_out(&error) => {}
            Err(error) => {
                tracing::info!(drop = %self.id(), class = error.class(), "changed counts are reported later");
                self.context.journal.reopen(self.id()).await?;
            }
        }
        self.now().await
    }

    /// Whether the vault permanently refuses this user: then nothing more can be reported to it.
    pub(crate) fn is_shut_out(&self, error: &PortError) -> bool {
        // In a local vault, a folder without write access can be fixed on this computer.
        self.context.is_remote()
            && matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess | Attention::Invalid, .. })
    }

    /// Announces the drop before its first file: the vault then accepts events of it and knows its origin, whatever
    /// happens to this computer. A drop that an older version began is announced when it is `resumed`.
    pub(super) async fn announce(&self, resumed: bool) -> Result<(), PortError> {
        let records = self.context.records;
        let is_told = self.drop.waiting == 0 || (resumed && records.drop_summary(&self.key()).await?.is_some());
        if is_told {
            return Ok(());
        }
        records.put_drop(&self.summary(DropCounts::default(), None), &[]).await
    }

    /// Writes the counts of the drop to the vault.
    async fn summarize(&self, counts: DropCounts, finished: Timestamp) -> Result<(), PortError> {
        let summary = self.summary(counts, Some(finished));
        self.context.records.put_drop(&summary, &self.context.journal.folders(self.id()).await?).await
    }

    fn key(&self) -> DropKey {
        DropKey { matter: self.matter().clone(), user: self.person.user.clone(), id: self.id() }
    }

    fn summary(&self, counts: DropCounts, finished: Option<Timestamp>) -> DropSummary {
        let new = &self.drop.new;
        DropSummary {
            id: new.id,
            matter: new.matter.clone(),
            user: self.person.user.clone(),
            device: self.person.device.clone(),
            // Readable, and still distinct where names are not Unicode.
            sources: new.sources.iter().map(|source| PathText::from_os(source.as_os_str()).to_string()).collect(),
            started: new.started,
            finished,
            counts,
        }
    }
}
