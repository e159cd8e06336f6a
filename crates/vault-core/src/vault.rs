//! A vault as a program holds it: the ports put together, and the operations on them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::browse::sync_mirror;
use crate::filing::{Delivery, Finished, Halt, Located, RemovedFiles, enqueue, stop_is_noted};
use crate::intake::{Found, FoundFile, IntakeProgress, LeftOut, LeftOutRules, OwnFolders, Stopped, scan_and_hash};
use crate::model::{DropId, FileHash, Matter, MatterId, MatterStatus};
use crate::ports::{
    AtHand, Attention, Blobs, Clock, DropPhase, Fingerprints, Identity, Journal, JournaledDrop, Mirror, NewDrop,
    Outbox, PortError, Presence, Records,
};
use crate::preflight::{Preflight, StoredContent, distinct_contents};
use crate::progress::Progress;
use crate::queue::PauseReason;
use crate::reason::Reason;

/// How many hashes one query asks for.
const ASKED: usize = 1000;

/// How long a synchronized mirror counts as current for display. Delivery asks the vault again.
const CURRENT: Duration = Duration::from_secs(2);

/// A vault, open.
#[derive(Clone)]
pub struct Vault {
    /// Who is signed in, and on which device.
    pub identity: Arc<dyn Identity>,
    /// The team's documents.
    pub records: Arc<dyn Records>,
    /// The content.
    pub blobs: Arc<dyn Blobs>,
    /// This computer's queue.
    pub journal: Arc<dyn Journal>,
    /// Edits that wait until the vault can be reached; `None` for a local vault, which always can.
    pub outbox: Option<Arc<dyn Outbox>>,
    /// The local copy of the documents, for browsing.
    pub mirror: Arc<dyn Mirror>,
    /// Hashes of files on this computer that were read before.
    pub fingerprints: Arc<dyn Fingerprints>,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// The rules for what is left out of drops.
    pub left_out: LeftOutRules,
    /// The folders on this computer that hold the vault itself. Nothing is filed from them or from a folder that
    /// contains them, and nothing is restored into them.
    pub protected_paths: Vec<PathBuf>,
    /// The app version that is recorded with every event.
    pub app_version: String,
}

/// Why an operation did not finish.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It was stopped on request.
    #[error("stopped before it was done")]
    Stopped,
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl From<Stopped> for VaultError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl Vault {
    /// Whether the vault is remote: then colleagues share it, and it may be unreachable.
    pub fn is_remote(&self) -> bool {
        self.outbox.is_some()
    }

    /// Reads what is at `sources` (see [`dropped_path`](crate::intake::dropped_path)) and reports what filing it to
    /// `matter` would do. Stores nothing. If the vault can't be reached now, the answer comes from the mirror
    /// ([`Preflight::offline_estimate`]).
    ///
    /// # Errors
    /// [`PortError`] if nothing can be filed to the matter, a source contains the vault itself, or the vault refuses
    /// the request.
    pub async fn preflight(
        &self,
        matter: &MatterId,
        sources: Vec<PathBuf>,
        progress: Arc<IntakeProgress>,
    ) -> Result<Preflight, VaultError> {
        // Picks up colleagues' changes: the matter closed, files filed. Without a connection the mirror has to do.
        let is_reached = reached(self.sync_mirror().await)?.is_some();
        self.open_matter(matter).await?;
        self.none_of_its_own(&sources).await?;
        let fingerprints = Arc::clone(&self.fingerprints);
        let since = Instant::now();
        let found =
            scan_and_hash(once_each(sources), self.left_out_rules(), fingerprints, Arc::clone(&progress)).await?;
        // Colleagues may have changed things during a long read. A vault that did not answer before is not waited for
        // again.
        let is_current = since.elapsed() < CURRENT;
        let is_reached = is_reached && (is_current || reached(self.sync_mirror().await)?.is_some());
        let stored = self.stored_for(matter, &found, is_reached, &progress).await?;
        if progress.stopped() {
            return Err(VaultError::Stopped);
        }
        Ok(Preflight::plan(matter.clone(), found, &stored))
    }

    /// Like [`preflight`](Self::preflight), for an accepted drop. Stops when a user pauses or cancels the drop, in any
    /// program.
    ///
    /// # Errors
    /// As [`preflight`](Self::preflight).
    pub async fn read(&self, drop: &JournaledDrop, progress: Arc<IntakeProgress>) -> Result<Preflight, VaultError> {
        let reading = self.preflight(&drop.new.matter, drop.new.sources.clone(), Arc::clone(&progress));
        tokio::pin!(reading);
        tokio::select! {
            read = &mut reading => read,
            () = stop_is_noted(&*self.journal, drop.new.id) => {
                progress.stop();
                reading.await
            }
        }
    }

    /// Which of these contents are stored where `matter` may refer to them: verified or, if the vault can't be reached,
    /// according to the mirror. The records are always read from the mirror: once synchronized it has all of them, and
    /// a remote vault charges for each content it is asked about.
    async fn stored_for(
        &self,
        matter: &MatterId,
        found: &Found,
        is_reached: bool,
        progress: &Arc<IntakeProgress>,
    ) -> Result<StoredContent, PortError> {
        let mut stored = Vec::new();
        let mut offline_estimate = !is_reached;
        for files in distinct_contents(&found.files).chunks(ASKED) {
            let files: HashMap<FileHash, &FoundFile> =
                files.iter().map(|at| &found.files[*at as usize]).map(|file| (file.reading.hash, file)).collect();
            let hashes: Vec<FileHash> = files.keys().copied().collect();
            let known = self.mirror.known(&hashes).await?;
            let blobs: Vec<_> = known.into_iter().filter(|k| k.may_serve(matter)).map(|k| k.blob).collect();
            let sources = blobs.iter().filter_map(|blob| Some((blob.hash(), found.source(files.get(&blob.hash())?))));
            let stop = Arc::clone(progress);
            let at_hand = AtHand { sources: sources.collect(), stopped: Arc::new(move || stop.stopped()) };
            // After one request found no connection, skip the rest: each could take until its timeout.
            let presence =
                if offline_estimate { None } else { reached(self.blobs.check_against(&blobs, &at_hand).await)? };
            offline_estimate |= presence.is_none();
            let there =
                |at: usize| presence.as_ref().is_none_or(|presence| presence.get(at) == Some(&Presence::Verified));
            stored.extend(blobs.iter().enumerate().filter(|(at, _)| there(*at)).map(|(_, blob)| blob.hash()));
        }
        Ok(StoredContent::from_iter(stored).offline_estimate(offline_estimate))
    }

    /// The matter, if files can be filed to it.
    async fn open_matter(&self, matter: &MatterId) -> Result<Matter, PortError> {
        let found = self.mirror.find_matter(matter.as_str()).await?.filter(|found| found.matter.id == *matter);
        let Some(found) = found else {
            return Err(PortError::invalid(Reason::NoSuchMatter { matter: matter.to_string() }));
        };
        let name = if found.matter.fields.number.is_empty() { matter.as_str() } else { &found.matter.fields.number };
        if found.matter.removed.is_some() {
            return Err(PortError::invalid(Reason::MatterNumberRemoved { number: name.to_owned() }));
        }
        if found.matter.fields.status == MatterStatus::Closed {
            return Err(PortError::invalid(Reason::MatterNumberClosed { number: name.to_owned() }));
        }
        Ok(found.matter)
    }

    /// What is left out of a drop.
    pub(crate) fn left_out_rules(&self) -> LeftOut {
        LeftOut { rules: self.left_out.clone(), protected_paths: self.protected_paths.clone() }
    }

    /// Refuses sources that contain the vault itself, or lie in it.
    async fn none_of_its_own(&self, sources: &[PathBuf]) -> Result<(), PortError> {
        let (own, sources) = (self.protected_paths.clone(), sources.to_vec());
        let looking = tokio::task::spawn_blocking(move || {
            let own = OwnFolders::of(&own);
            sources.into_iter().find_map(|source| {
                let own = own.overlapping(&source)?.to_owned();
                Some((source, own))
            })
        });
        match looking.await {
            Ok(Some((source, own))) => Err(PortError::invalid(Reason::SourceHoldsVault {
                path: source.display().to_string(),
                vault: own.display().to_string(),
            })),
            Ok(None) => Ok(()),
            Err(error) => Err(PortError::later(format!("The folders could not be looked at: {error}."))),
        }
    }

    /// Accepts a drop: from here on it is finished or cancelled, even after a crash.
    ///
    /// # Errors
    /// [`PortError`] if nothing can be filed to the matter, a source contains the vault itself, or the journal cannot
    /// be
    /// written.
    pub async fn accept(&self, matter: &MatterId, sources: Vec<PathBuf>) -> Result<DropId, PortError> {
        self.open_matter(matter).await?;
        self.none_of_its_own(&sources).await?;
        let id = DropId::new(self.clock.unique());
        let new = NewDrop { id, matter: matter.clone(), sources: once_each(sources), started: self.clock.now() };
        self.journal.accept(&new).await?;
        Ok(id)
    }

    /// Performs a pre-flight: puts its files into the queue of an accepted drop, and files them. When it returns, every
    /// file is done or needs the user's attention, or the drop is paused or stopped, as [`Finished::halt`] says.
    ///
    /// # Errors
    /// [`PortError`] if nothing can be filed to the matter any more, or the vault's own data cannot be read or written;
    /// the queue is kept.
    pub async fn file(
        &self,
        drop: DropId,
        preflight: Preflight,
        progress: Arc<Progress>,
    ) -> Result<Finished, PortError> {
        self.open_matter(&preflight.matter).await?;
        enqueue(&*self.journal, &*self.clock, drop, &preflight).await?;
        // The queue has the files now; a million of them need not be in memory twice.
        std::mem::drop(preflight);
        Delivery::new(self, drop, progress).await?.run().await
    }

    /// Continues a drop from its current state: reads its folders if they were not read yet, then files. Files that
    /// wait for a retry are tried at once, since the user asked for it or the program just started. A drop that a user
    /// paused ([`PauseReason::ByUser`]) stays paused, and one that is being cancelled is cancelled.
    ///
    /// # Errors
    /// As [`preflight`](Self::preflight) and [`file`](Self::file).
    pub async fn resume(
        &self,
        drop: &JournaledDrop,
        intake: Arc<IntakeProgress>,
        filing: Arc<Progress>,
    ) -> Result<Finished, VaultError> {
        self.go_on(drop, true, intake, filing).await
    }

    /// Like [`resume`](Self::resume), but files that wait for a retry are tried only when they are due.
    ///
    /// # Errors
    /// As [`resume`](Self::resume).
    pub async fn resume_what_is_due(
        &self,
        drop: &JournaledDrop,
        intake: Arc<IntakeProgress>,
        filing: Arc<Progress>,
    ) -> Result<Finished, VaultError> {
        self.go_on(drop, false, intake, filing).await
    }

    async fn go_on(
        &self,
        drop: &JournaledDrop,
        at_once: bool,
        intake: Arc<IntakeProgress>,
        filing: Arc<Progress>,
    ) -> Result<Finished, VaultError> {
        if drop.is_cancelling() {
            return Ok(self.cancel(drop.new.id).await?);
        }
        let went = self.go_on_as_it_stands(drop, at_once, intake, filing).await;
        if let Err(VaultError::Port(error)) = &went {
            self.keep_why(drop, error).await;
        }
        went
    }

    async fn go_on_as_it_stands(
        &self,
        drop: &JournaledDrop,
        at_once: bool,
        intake: Arc<IntakeProgress>,
        filing: Arc<Progress>,
    ) -> Result<Finished, VaultError> {
        if drop.phase == DropPhase::Preparing {
            return match self.read(drop, intake).await {
                Ok(preflight) => Ok(self.file(drop.new.id, preflight, filing).await?),
                Err(VaultError::Stopped) => self.stopped_reading(drop.new.id).await,
                Err(error) => Err(error),
            };
        }
        self.open_matter(&drop.new.matter).await?;
        Ok(Delivery::new(self, drop.new.id, filing).await?.resumed(at_once).run().await?)
    }

    /// Cancels a drop whose reading was stopped for that reason.
    ///
    /// # Errors
    /// [`VaultError::Stopped`] if the drop is not being cancelled; as [`cancel`](Self::cancel).
    pub async fn stopped_reading(&self, drop: DropId) -> Result<Finished, VaultError> {
        let now = self.journal.drop_by_id(drop).await?;
        // The program in which it was cancelled may have closed it already.
        if !now.is_some_and(|now| now.is_cancelling() || now.phase == DropPhase::Cancelled) {
            return Err(VaultError::Stopped);
        }
        let given_up = self.cancel(drop).await?;
        Ok(Finished { halt: Some(Halt::Stopped), ..given_up })
    }

    /// Records why a drop could not go on, replacing an older reason. A pause or cancellation by the user stays, and a
    /// drop that is not read yet keeps no reason from the vault.
    async fn keep_why(&self, drop: &JournaledDrop, error: &PortError) {
        let now = self.journal.drop_by_id(drop.new.id).await;
        let filing = |now: &JournaledDrop| now.phase == DropPhase::Filing && !now.is_stopped_by_user();
        if now.is_ok_and(|now| now.as_ref().is_some_and(filing)) {
            // On a full disk this write fails too; the caller still gets the reason, but it is not kept.
            let _ = self.journal.pause(drop.new.id, &PauseReason::Blocked(error.to_string())).await;
        }
    }

    /// Why nothing of a drop can be filed, judged by the state of its matter in the mirror; `None` if it can. (The
    /// reason in the queue is from the last attempt.)
    ///
    /// # Errors
    /// [`PortError`] if the mirror cannot be read.
    pub async fn in_the_way(&self, drop: &JournaledDrop) -> Result<Option<PortError>, PortError> {
        match self.open_matter(&drop.new.matter).await {
            Ok(_) => Ok(None),
            Err(error @ PortError::NeedsPerson { kind: Attention::Invalid, .. }) => Ok(Some(error)),
            Err(error) => Err(error),
        }
    }

    /// Cancels what is left of a drop; what was filed stays filed. The cancellation is recorded first: if the vault
    /// can't be asked what became of files that were begun, the next [`resume`](Self::resume) completes it.
    ///
    /// # Errors
    /// [`PortError`] if the vault cannot be asked, or its own data cannot be written.
    pub async fn cancel(&self, drop: DropId) -> Result<Finished, PortError> {
        Delivery::new(self, drop, Arc::default()).await?.cancel_drop().await
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
        let delivery = Delivery::new(self, drop, filing).await?;
        self.open_matter(delivery.matter()).await?;
        delivery.retry(seqs, intake).await
    }

    /// Dismisses files of a drop that need attention: the items `seqs` or, if it is empty, all. The history keeps that
    /// they failed; an entry that could never be read is listed as left out from then on.
    ///
    /// # Errors
    /// [`PortError`] if there is no such drop, or the vault's own data cannot be written.
    pub async fn dismiss_failed(&self, drop: DropId, seqs: &[u64]) -> Result<JournaledDrop, PortError> {
        Delivery::new(self, drop, Arc::default()).await?.dismiss_failed(seqs).await
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
        Delivery::new(self, drop, Arc::default()).await?.locate(seqs, at, intake).await
    }

    /// Removes the items `seqs` from a drop, whether they are queued, waiting or in need of attention. While the drop
    /// is `being_filed`, items whose bytes are being sent are filed all the same.
    ///
    /// # Errors
    /// [`PortError`] if the drop was not read yet or was cancelled, the vault can't be asked what became of a file that
    /// was begun, or the vault's own data cannot be written.
    pub async fn remove_files(&self, drop: DropId, seqs: &[u64], being_filed: bool) -> Result<RemovedFiles, PortError> {
        Delivery::new(self, drop, Arc::default()).await?.remove_files(seqs, being_filed).await
    }

    /// Brings the mirror up to date.
    ///
    /// # Errors
    /// [`PortError`] if the documents cannot be read or the mirror cannot be written.
    pub async fn sync_mirror(&self) -> Result<(), PortError> {
        self.sync_mirror_watched(&|_| ()).await
    }

    /// Like [`sync_mirror`](Self::sync_mirror), with progress: `told` is called after each page with the number of
    /// changes applied so far. The future may be dropped at any time; the next call continues after the last page.
    ///
    /// # Errors
    /// As [`sync_mirror`](Self::sync_mirror).
    pub async fn sync_mirror_watched(&self, told: &(dyn Fn(u64) + Send + Sync)) -> Result<(), PortError> {
        sync_mirror(&*self.records, &*self.mirror, told).await
    }
}

/// Turns [`PortError::TryLater`] into `None`.
pub(crate) fn reached<T>(answer: Result<T, PortError>) -> Result<Option<T>, PortError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(PortError::TryLater { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The dropped paths, each once, in the order given.
fn once_each(sources: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = std::collections::HashSet::new();
    sources.into_iter().filter(|source| seen.insert(source.clone())).collect()
}
