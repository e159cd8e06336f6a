//! What the vault's history is told of a drop as a whole: how its files ended.

use super::delivery::Delivery;
use crate::model::{DropCounts, DropKey, DropSummary, PathText, Timestamp};
use crate::ports::{Attention, DropPhase, JournaledDrop, PortError};

impl Delivery<'_> {
    /// The drop has come to its end: first the history is told, then the queue.
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

    /// The counts of a drop that has ended have changed, which the vault is told. If that can't be done now, the drop
    /// is taken up again: whoever goes on with it does.
    pub(super) async fn tell_counts(&self) -> Result<JournaledDrop, PortError> {
        let journal = &self.vault.journal;
        let as_it_stands = async || Ok(journal.drop_by_id(self.id()).await?.unwrap_or_else(|| self.drop.clone()));
        let drop: JournaledDrop = as_it_stands().await?;
        let (DropPhase::Finished, Some(finished)) = (drop.phase, drop.finished) else { return Ok(drop) };
        match self.summarize(drop.counts, finished).await {
            Ok(()) => {
                // The copy follows by itself.
                let _ = self.vault.sync_mirror().await;
            }
            Err(error) if error.is_damage() => return Err(error),
            Err(error) if self.is_shut_out(&error) => {}
            Err(_) => journal.reopen(self.id()).await?,
        }
        as_it_stands().await
    }

    /// Whether the vault refuses this person, and will go on to: then nothing more can be told it.
    pub(super) fn is_shut_out(&self, error: &PortError) -> bool {
        // A folder of this computer that may not be written is another matter: that can be put right here.
        self.vault.is_remote()
            && matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess | Attention::Invalid, .. })
    }

    /// Before the first file: from where the drop comes is known from then on, whatever becomes of this computer, and the
    /// vault takes events of it. A drop that an older version began is told of when it goes on.
    pub(super) async fn announce(&self) -> Result<(), PortError> {
        let records = &self.vault.records;
        let is_told = self.drop.waiting == 0 || (self.resumed && records.drop_summary(&self.key()).await?.is_some());
        if is_told {
            return Ok(());
        }
        records.put_drop(&self.summary(DropCounts::default(), None), &[]).await
    }

    /// Writes to the vault how the files of the drop ended.
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
            // Readable, and still apart where names are not Unicode.
            sources: new.sources.iter().map(|source| PathText::from_os(source.as_os_str()).to_string()).collect(),
            started: new.started,
            finished,
            counts,
        }
    }
}
