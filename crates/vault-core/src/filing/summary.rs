//! The summary of a drop in the vault's history: how its files ended.

use super::delivery::Delivery;
use crate::model::{DropCounts, DropKey, DropSummary, PathText, Timestamp};
use crate::ports::{Attention, DropPhase, JournaledDrop, PortError};

impl Delivery<'_> {
    /// Closes the drop: first in the history, then in the queue.
    pub(super) async fn close(&self, phase: DropPhase) -> Result<(), PortError> {
        let journal = &self.vault.journal;
        let at = self.vault.clock.now();
        let counts = journal.drop_by_id(self.id()).await?.map_or(DropCounts::default(), |drop| drop.counts);
        match self.summarize(counts, at).await {
            Err(error) if phase == DropPhase::Cancelled && self.is_shut_out(&error) => {}
            told => told?,
        }
        journal.close(self.id(), phase, at).await.map(|_| ())
    }

    /// Reports changed counts of a finished drop to the vault. If that fails now, the drop is reopened, so that its
    /// next run reports them.
    pub(super) async fn tell_counts(&self) -> Result<JournaledDrop, PortError> {
        let journal = &self.vault.journal;
        let as_it_stands = async || Ok(journal.drop_by_id(self.id()).await?.unwrap_or_else(|| self.drop.clone()));
        let drop: JournaledDrop = as_it_stands().await?;
        let (DropPhase::Finished, Some(finished)) = (drop.phase, drop.finished) else { return Ok(drop) };
        match self.summarize(drop.counts, finished).await {
            Ok(()) => {
                // The mirror catches up later.
                if let Err(error) = self.vault.sync_mirror().await {
                    tracing::debug!(class = error.class(), "the local copy is updated later");
                }
            }
            Err(error) if error.is_damage() => return Err(error),
            Err(error) if self.is_shut_out(&error) => {}
            Err(error) => {
                tracing::info!(drop = %self.id(), class = error.class(), "changed counts are reported later");
                journal.reopen(self.id()).await?;
            }
        }
        as_it_stands().await
    }

    /// Whether the vault permanently refuses this user: then nothing more can be reported to it.
    pub(super) fn is_shut_out(&self, error: &PortError) -> bool {
        // In a local vault, a folder without write access can be fixed on this computer.
        self.vault.is_remote()
            && matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess | Attention::Invalid, .. })
    }

    /// Announces the drop before its first file: the vault then accepts events of it and knows its origin, whatever
    /// happens to this computer. A drop that an older version began is announced when it continues.
    pub(super) async fn announce(&self) -> Result<(), PortError> {
        let records = &self.vault.records;
        let is_told = self.drop.waiting == 0 || (self.resumed && records.drop_summary(&self.key()).await?.is_some());
        if is_told {
            return Ok(());
        }
        records.put_drop(&self.summary(DropCounts::default(), None), &[]).await
    }

    /// Writes the counts of the drop to the vault.
    async fn summarize(&self, counts: DropCounts, finished: Timestamp) -> Result<(), PortError> {
        let summary = self.summary(counts, Some(finished));
        self.vault.records.put_drop(&summary, &self.vault.journal.folders(self.id()).await?).await
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
