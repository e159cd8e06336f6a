//! The queue, as a vault offers it to a program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{
    DropPhase, Item, JournaledDrop, LeftOutEntry, Located, NewDrop, PauseReason, QueuedDrop, RemovedFiles, Rereading,
    enqueue,
};
use crate::filing::{Delivery, FilingContext, Finished};
use crate::intake::IntakeProgress;
use crate::model::{DropId, MatterId};
use crate::ports::PortError;
use crate::preflight::Preflight;
use crate::progress::Progress;
use crate::vault::{Vault, VaultError, once_each};
use crate::waiting::WaitingEdits;

impl Vault {
    /// Accepts a drop: from here on it is finished or cancelled, even after a crash.
    ///
    /// # Errors
    /// [`PortError`] if nothing can be filed to the matter, a source contains the vault itself, or the journal cannot
    /// be written.
    pub async fn accept(&self, matter: &MatterId, sources: Vec<PathBuf>) -> Result<DropId, PortError> {
        self.open_matter(matter).await?;
        self.none_of_its_own(&sources).await?;
        let id = DropId::new(self.clock.unique());
        let new = NewDrop { id, matter: matter.clone(), sources: once_each(sources), started: self.clock.now() };
        self.journal.accept(&new).await?;
        tracing::info!(drop = %id, sources = new.sources.len(), "a drop is accepted");
        Ok(id)
    }

    /// Puts the files of a pre-flight into the queue of an accepted drop, and ends its wait for review. Sends no request
    /// and files nothing: [`resume`](Self::resume) does.
    ///
    /// # Errors
    /// [`PortError`] if nothing can be filed to the matter any more, the drop is in the queue already, or the journal
    /// cannot be written.
    pub async fn enqueue(&self, drop: DropId, preflight: &Preflight) -> Result<(), PortError> {
        self.open_matter(&preflight.matter).await?;
        enqueue(&*self.journal, &*self.clock, drop, preflight).await?;
        tracing::info!(%drop, files = preflight.found.files.len(), "a drop is queued");
        self.journal.clear_pause(drop, &PauseReason::AwaitingReview).await
    }

    /// The drop with its counts; `None` if this computer's queue has none with this id.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read; so for the other methods that only read the queue.
    pub async fn queued_drop(&self, drop: DropId) -> Result<Option<JournaledDrop>, PortError> {
        self.journal.drop_by_id(drop).await
    }

    /// Drops that are being read or filed, in the order in which they were accepted.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn unfinished_drops(&self) -> Result<Vec<JournaledDrop>, PortError> {
        self.journal.unfinished().await
    }

    /// Finished drops with files that need attention, the last accepted first.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn drops_needing_attention(&self) -> Result<Vec<JournaledDrop>, PortError> {
        self.journal.needing_attention().await
    }

    /// At most `limit` files of a drop that proceed without the user (queued, under way, waiting), by number, starting
    /// at `from_seq`.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn open_files(&self, drop: DropId, from_seq: u64, limit: usize) -> Result<Vec<Item>, PortError> {
        self.journal.open_items(drop, from_seq, limit).await
    }

    /// Files of a drop that need attention, by number.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn files_needing_attention(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        self.journal.attention_items(drop).await
    }

    /// Files of a drop that wait for a retry, by number.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn waiting_files(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        self.journal.waiting_items(drop).await
    }

    /// What was left out of a drop.
    ///
    /// # Errors
    /// As [`queued_drop`](Self::queued_drop).
    pub async fn left_out_of(&self, drop: DropId) -> Result<Vec<LeftOutEntry>, PortError> {
        self.journal.left_out(drop).await
    }

    /// Notes that a drop waits for a user's review, so that no program files it without one; not if it was enqueued, or
    /// is paused for another reason.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read or written.
    pub async fn await_review(&self, drop: DropId) -> Result<(), PortError> {
        match self.journal.drop_by_id(drop).await? {
            Some(JournaledDrop { phase: DropPhase::Preparing, paused: None, .. }) => {
                self.journal.pause(drop, &PauseReason::AwaitingReview).await
            }
            _ => Ok(()),
        }
    }

    /// Pauses a drop for the user; no program continues it until [`end_pause`](Self::end_pause). A program that files
    /// it stops within a second. Does nothing if the drop has ended or is being cancelled.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be written.
    pub async fn pause(&self, drop: DropId) -> Result<(), PortError> {
        self.journal.pause(drop, &PauseReason::ByUser).await
    }

    /// Ends a pause at the user's request, whatever its reason, so that [`resume`](Self::resume) continues the drop. A
    /// cancellation stays.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be written.
    pub async fn end_pause(&self, drop: DropId) -> Result<(), PortError> {
        self.journal.resume(drop).await
    }

    /// Notes that a user cancels a drop. A program that files it stops within a second and completes it, and so does
    /// [`cancel`](Self::cancel).
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be written.
    pub async fn note_cancellation(&self, drop: DropId) -> Result<(), PortError> {
        self.journal.pause(drop, &PauseReason::Cancelling).await
    }

    /// Cancels what is left of a drop; what was filed stays filed. The cancellation is recorded first: if the vault
    /// can't be asked what became of files that were begun, the next [`resume`](Self::resume) completes it.
    ///
    /// # Errors
    /// [`PortError`] if the vault cannot be asked, or its own data cannot be written.
    pub async fn cancel(&self, drop: DropId) -> Result<Finished, PortError> {
        Ok(Finished { drop: self.queued(drop).await?.cancel().await?, halt: None })
    }

    /// Retries files of a drop that need attention or wait for a retry: the items `seqs` or, if it is empty, all. A
    /// folder that could not be read is read again, and its content becomes part of the drop. Don't call it while the
    /// drop is being filed.
    ///
    /// # Errors
    /// As [`resume`](Self::resume); the items then still need attention.
    pub async fn retry(
        &self,
        drop: DropId,
        seqs: &[u64],
        intake: Arc<IntakeProgress>,
        filing: Arc<Progress>,
    ) -> Result<Finished, VaultError> {
        let queued = self.queued(drop).await?;
        self.open_matter(queued.matter()).await?;
        let (left_out, fingerprints) = (self.left_out_rules(), Arc::clone(&self.fingerprints));
        queued.retry(seqs, Rereading { left_out, fingerprints, progress: intake }).await?;
        Ok(Delivery::new(self.queued(drop).await?, filing).resumed(false).run().await?)
    }

    /// Dismisses files of a drop that need attention: the items `seqs` or, if it is empty, all. The history keeps that
    /// they failed; an entry that could never be read is listed as left out from then on.
    ///
    /// # Errors
    /// [`PortError`] if there is no such drop, or the vault's own data cannot be written.
    pub async fn dismiss_failed(&self, drop: DropId, seqs: &[u64]) -> Result<JournaledDrop, PortError> {
        self.queued(drop).await?.dismiss_failed(seqs).await
    }

    /// Looks in another place for files of a drop that are no longer where they were dropped from. If `at` is a file,
    /// it is compared with the one item in `seqs`; if `at` is a folder, it is searched for `seqs` and all other missing
    /// items. A file counts as found if its content is the same. Its new place is kept in the queue;
    /// [`retry`](Self::retry) files it from there, with the name, folder and time it was dropped with.
    ///
    /// # Errors
    /// [`PortError`] if nothing of the drop is missing, `at` contains the vault itself, or this computer's own data
    /// cannot be read or written; [`VaultError::Stopped`]. On an error nothing was changed.
    pub async fn locate(
        &self,
        drop: DropId,
        seqs: &[u64],
        at: &Path,
        intake: Arc<IntakeProgress>,
    ) -> Result<Located, VaultError> {
        self.none_of_its_own(&[at.to_owned()]).await?;
        self.queued(drop).await?.locate(seqs, at, intake).await
    }

    /// Removes the items `seqs` from a drop, whether they are queued, waiting or in need of attention. While the drop
    /// is `being_filed`, items whose bytes are being sent are filed all the same.
    ///
    /// # Errors
    /// [`PortError`] if the drop was not read yet or was cancelled, the vault can't be asked what became of a file that
    /// was begun, or the vault's own data cannot be written.
    pub async fn remove_files(&self, drop: DropId, seqs: &[u64], being_filed: bool) -> Result<RemovedFiles, PortError> {
        self.queued(drop).await?.remove_files(seqs, being_filed).await
    }

    /// The ports that the queue and filing use.
    fn filing_context(&self) -> FilingContext<'_> {
        FilingContext {
            identity: &*self.identity,
            journal: &*self.journal,
            records: &*self.records,
            blobs: &*self.blobs,
            mirror: &*self.mirror,
            clock: &*self.clock,
            edits: self.edits(),
            app_version: &self.app_version,
        }
    }

    pub(crate) fn edits(&self) -> WaitingEdits<'_> {
        WaitingEdits { outbox: self.outbox.as_ref(), records: &*self.records, mirror: &*self.mirror }
    }

    /// A drop of the queue.
    pub(crate) async fn queued(&self, drop: DropId) -> Result<QueuedDrop<'_>, PortError> {
        QueuedDrop::find(self.filing_context(), drop).await
    }
}
