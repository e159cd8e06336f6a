//! A vault as a program holds it: the ports put together, and the operations on them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::browse::sync_mirror;
use crate::filing::{Delivery, Finished, Halt};
use crate::intake::{Found, FoundFile, IntakeProgress, LeftOut, LeftOutRules, OwnFolders, Stopped, scan_and_hash};
use crate::model::{BlobRef, DropId, FileHash, Matter, MatterId, MatterStatus, Timestamp};
use crate::ports::{
    AtHand, Attention, BlobReader, Blobs, Clock, Cursor, Fingerprints, Following, Identity, Journal, Mirror, Outbox,
    Person, PortError, Presence, Records,
};
use crate::preflight::{Preflight, StoredContent, distinct_contents};
use crate::progress::Progress;
use crate::queue::{DropPhase, JournaledDrop, PauseReason, stop_is_noted};
use crate::reason::Reason;

/// How many hashes one query asks for.
const ASKED: usize = 1000;

/// How long a synchronized mirror counts as current for display. Delivery asks the vault again.
const CURRENT: Duration = Duration::from_secs(2);

/// A vault, open. It is put together from [`VaultParts`]; other crates use its methods, not its ports.
#[derive(Clone)]
pub struct Vault {
    pub(crate) identity: Arc<dyn Identity>,
    pub(crate) records: Arc<dyn Records>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) outbox: Option<Arc<dyn Outbox>>,
    /// The local copy of the documents, for browsing.
    pub mirror: Arc<dyn Mirror>,
    pub(crate) fingerprints: Arc<dyn Fingerprints>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The rules for what is left out of drops.
    pub left_out: LeftOutRules,
    pub(crate) protected_paths: Vec<PathBuf>,
    pub(crate) app_version: String,
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

impl VaultError {
    /// The kind of failure, for the log: the message may contain names.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Port(error) => error.class(),
        }
    }
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
        let preflight = Preflight::plan(matter.clone(), found, &stored);
        tracing::info!(
            files = preflight.found.files.len(),
            new = preflight.counts.new,
            left_out = preflight.found.left_out.len(),
            problems = preflight.found.problems.len(),
            offline = preflight.offline_estimate,
            "folders are read"
        );
        Ok(preflight)
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
    pub(crate) async fn open_matter(&self, matter: &MatterId) -> Result<Matter, PortError> {
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
    pub(crate) async fn none_of_its_own(&self, sources: &[PathBuf]) -> Result<(), PortError> {
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

    /// Performs a pre-flight: puts its files into the queue of an accepted drop, and files them. When it returns, every
    /// file is done or needs the user's attention, or the drop is paused or stopped, as [`Finished::halt`] says.
    ///
    /// # Errors
    /// As [`enqueue`](Self::enqueue), and if the vault's own data cannot be read or written; the queue is kept.
    pub async fn file(
        &self,
        drop: DropId,
        preflight: Preflight,
        progress: Arc<Progress>,
    ) -> Result<Finished, PortError> {
        self.enqueue(drop, &preflight).await?;
        // The queue has the files now; a million of them need not be in memory twice.
        std::mem::drop(preflight);
        Delivery::new(self.queued(drop).await?, progress).run().await
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
        Ok(Delivery::new(self.queued(drop.new.id).await?, filing).resumed(at_once).run().await?)
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
            if let Err(unkept) = self.journal.pause(drop.new.id, &PauseReason::Blocked(error.to_string())).await {
                tracing::warn!(drop = %drop.new.id, class = unkept.class(), "the reason of a pause is not kept");
            }
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

    /// The signed-in user, and the device.
    ///
    /// # Errors
    /// [`PortError`] if nobody is signed in.
    pub async fn person(&self) -> Result<Person, PortError> {
        self.identity.person().await
    }

    /// Gets a new token, which carries the user's current rights.
    ///
    /// # Errors
    /// [`PortError`] if the identity provider cannot be reached, or does not sign the user in any more.
    pub async fn renew_token(&self) -> Result<(), PortError> {
        self.identity.token(true).await.map(drop)
    }

    /// The time, by this computer's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new random id, which contains the time.
    pub fn unique_id(&self) -> Uuid {
        self.clock.unique()
    }

    /// The same vault with other rules for what is left out of drops.
    #[must_use]
    pub fn with_left_out(self, left_out: LeftOutRules) -> Self {
        Self { left_out, ..self }
    }

    /// Reads a content; `None` if the vault does not have it. What is read is not verified.
    ///
    /// # Errors
    /// [`PortError`] if the content cannot be read.
    pub async fn content(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        self.blobs.get(blob).await
    }

    /// Subscribes to changes after `since`, as [`Records::follow`] says.
    ///
    /// # Errors
    /// As [`Records::follow`].
    pub async fn follow(&self, since: Option<&Cursor>) -> Result<Box<dyn Following>, PortError> {
        self.records.follow(since).await
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
pub(crate) fn once_each(sources: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = std::collections::HashSet::new();
    sources.into_iter().filter(|source| seen.insert(source.clone())).collect()
}
