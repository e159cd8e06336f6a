//! The desk: its requests.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use vault_core::intake::LeftOutRules;
use vault_core::model::MatterId;
use vault_core::ports::{FilingLock, PortError};
use vault_core::restore::{Origin, RestoreScope};
use vault_core::{Vault, Verification};

use crate::desired::{DesiredState, Request};
use crate::filing::{asked_of, wait_to_be_asked, work_of};
use crate::restore_verify::Check;
use crate::shared::{Job, Shared};
use crate::work::{Phase, Work, WorkId, WorkKind};
use crate::{DeskError, Observer, Options, Report};

const CANCELLING: DeskError = DeskError::NotNow("It is being given up, as soon as the vault can be asked what it has.");

/// The work in progress on this computer. Cheap to clone; all clones are the same desk, which runs until
/// [`shutdown`](Self::shutdown).
///
/// User requests ([`pause`](Self::pause), [`cancel`](Self::cancel), …) are recorded at once and carried out as soon as
/// possible; the [`Observer`] is notified when they are done.
#[derive(Clone)]
pub struct Desk {
    pub(crate) shared: Arc<Shared>,
}

impl Desk {
    /// Restores the state of the journal: unfinished drops continue automatically (one whose folders were not read yet
    /// is read, and then waits for the user unless [`Options::file_at_once`]), finished drops with files that need
    /// attention are listed, paused drops stay paused, and cancelled drops are cancelled. Must be called inside a Tokio
    /// runtime, which does the work.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read.
    pub async fn start(
        vault: Vault,
        right: Arc<dyn FilingLock>,
        observer: Arc<dyn Observer>,
        options: Options,
    ) -> Result<Self, PortError> {
        let (unfinished, attention) = (vault.unfinished_drops().await?, vault.drops_needing_attention().await?);
        let shared = Shared::new(vault, right, observer, &options);
        for drop in &attention {
            // Only a desk that is ending refuses.
            let _ = shared.add(Work { phase: Phase::Finished, ..work_of(drop) }, Job::Drop, false);
        }
        for drop in &unfinished {
            let _ = shared.add(work_of(drop), Job::Drop, true);
            if let Some(go) = asked_of(drop) {
                let _ = shared.with(drop.new.id.into(), |entry| {
                    entry.request(go);
                    Ok(())
                });
            }
        }
        Ok(Self { shared })
    }

    /// Work in progress, work that ended since the start, and earlier drops with files that need attention; oldest
    /// first.
    pub fn works(&self) -> Vec<Work> {
        self.shared.look(|entry| entry.work.clone())
    }

    /// One of [`works`](Self::works).
    pub fn work(&self, id: WorkId) -> Option<Work> {
        self.shared.with(id, |entry| Ok(entry.work.clone())).ok()
    }

    /// Whether something is running or will run automatically: a reason to ask before the window closes.
    pub fn is_busy(&self) -> bool {
        self.shared.look(|entry| entry.work.phase.is_busy()).contains(&true)
    }

    /// From now on, drops are filed as soon as they are read, or wait for the user. Drops that are already waiting keep
    /// waiting.
    pub fn set_file_at_once(&self, at_once: bool) {
        self.shared.file_at_once.store(at_once, Ordering::Relaxed);
    }

    /// Which names are left out of drops that are read from now on.
    pub fn set_left_out(&self, rules: LeftOutRules) {
        self.shared.set_left_out(rules);
    }

    /// Accepts a drop of `sources` (as returned by `vault_home::Home::sources`). It is in the journal when this
    /// returns; its folders are read in the background, and then it is [`Ready`](Phase::Ready), or filed if the user
    /// chose that.
    ///
    /// # Errors
    /// [`DeskError::Vault`] if nothing can be filed to the matter, or the journal cannot be written.
    pub async fn submit(&self, matter: &MatterId, sources: Vec<PathBuf>) -> Result<WorkId, DeskError> {
        if self.shared.is_ending() {
            return Err(DeskError::Ending);
        }
        let vault = self.shared.vault();
        let id = vault.accept(matter, sources).await?;
        if !self.shared.files_at_once() {
            wait_to_be_asked(&vault, id.into()).await;
        }
        let accepted = vault.queued_drop(id).await?;
        let drop = accepted.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))?;
        let free = self.shared.readings.available_permits() > 0;
        let phase = if free { Phase::Reading } else { Phase::InLine };
        self.shared.add(Work { phase, ..work_of(&drop) }, Job::Drop, true)?;
        Ok(id.into())
    }

    /// The user has seen the pre-flight and presses *File*. This is in the journal when this returns, so it survives a
    /// restart. (If the journal cannot be written now, the work is [`Held`](Phase::Held) and reports it.)
    ///
    /// # Errors
    /// [`DeskError::NotNow`] unless the work is [`Ready`](Phase::Ready), [`DeskError::Ending`], [`DeskError::NotFound`].
    pub async fn file(&self, id: WorkId) -> Result<(), DeskError> {
        let in_journal = self.shared.with(id, |entry| match entry.work.phase {
            _ if self.shared.is_ending() => Err(DeskError::Ending),
            Phase::Ready => Ok(entry.confirm()),
            _ => Err(DeskError::NotNow("It does not wait to be filed.")),
        })?;
        in_journal.await.map_err(|_| DeskError::Ending)
    }

    /// Pauses a work. Reading and checking start again on [`resume`](Self::resume); filing and restoring keep what is
    /// done. A drop that was being filed stays paused after a restart. Does nothing if the work is already paused.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that waits for the user or has ended, [`DeskError::NotFound`].
    pub fn pause(&self, id: WorkId) -> Result<(), DeskError> {
        self.shared.with(id, |entry| match entry.work.phase {
            Phase::Ready => Err(DeskError::NotNow("It waits for you already.")),
            phase if phase.is_end() => Err(DeskError::NotNow("It has ended: there is nothing to pause.")),
            _ if entry.is_cancelling() => Err(CANCELLING),
            _ => {
                entry.request(Request::Pause);
                Ok(())
            }
        })
    }

    /// Continues a work that is paused, held or failed; for one that is being cancelled, tries at once to finish that.
    /// Does nothing to a work that is running.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that has ended otherwise, [`DeskError::NotFound`].
    pub fn resume(&self, id: WorkId) -> Result<(), DeskError> {
        self.shared.with(id, |entry| match entry.work.phase {
            Phase::Finished | Phase::Cancelled => {
                Err(DeskError::NotNow("It has ended: there is nothing to go on with."))
            }
            Phase::Failed => self.shared.begin(entry, DesiredState::default()),
            _ => {
                entry.request(Request::On);
                Ok(())
            }
        })
    }

    /// Cancels the rest of a work. Files that were filed or restored stay. This survives a restart and cannot be
    /// undone, even while the vault cannot be reached to check the drop ([`GivingUp`](Phase::GivingUp)).
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that is finished, [`DeskError::NotFound`].
    pub fn cancel(&self, id: WorkId) -> Result<(), DeskError> {
        let kind = self.shared.with(id, |entry| match entry.work.phase {
            Phase::Finished | Phase::Cancelled => Err(DeskError::NotNow("It has ended: there is nothing to give up.")),
            Phase::Failed => {
                self.shared.begin(entry, DesiredState { go: Request::Cancel, ..DesiredState::default() })?;
                Ok(entry.work.kind)
            }
            _ => {
                entry.request(Request::Cancel);
                Ok(entry.work.kind)
            }
        })?;
        if kind == WorkKind::Drop {
            self.shared.note_cancelling(id);
        }
        Ok(())
    }

    /// Removes a work that has ended from the list. A drop with files that need attention is listed again at the next
    /// start.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that has not ended, [`DeskError::NotFound`].
    pub fn clear(&self, id: WorkId) -> Result<(), DeskError> {
        self.shared.remove(id)
    }

    /// Restores `scope` to the folder `destination`; `origin` states whether the copies are marked. `names` is the
    /// user's selection, for the list.
    ///
    /// # Errors
    /// [`DeskError::Ending`], [`DeskError::Vault`] if the vault cannot be asked which matter a drop belongs to; later
    /// failures are reported by the work.
    pub async fn restore(
        &self,
        scope: RestoreScope,
        names: Vec<String>,
        (destination, origin): (PathBuf, Origin),
    ) -> Result<WorkId, DeskError> {
        let matter = match &scope {
            RestoreScope::Matter(matter) | RestoreScope::Folder(matter, _) | RestoreScope::Documents(matter, _) => {
                Some(matter.clone())
            }
            RestoreScope::Drop(id) => self.shared.vault().drop_key(*id).await?.map(|drop| drop.matter),
        };
        self.begin(WorkKind::Restore, matter, names, Job::Restore(scope, destination, origin))
    }

    /// Checks everything that is stored, reading no more than `per_second` bytes of content a second, if given. A check
    /// that was paused, or held because the vault could not be reached, continues where it stopped.
    ///
    /// # Errors
    /// [`DeskError::Ending`]; later failures are reported by the work.
    pub fn verify(&self, per_second: Option<NonZeroU64>) -> Result<WorkId, DeskError> {
        self.begin(WorkKind::Verify, None, Vec::new(), Job::Verify(Check::new(None, per_second)))
    }

    /// Lists a check that an earlier run of the program left unfinished. It is paused until the user resumes it.
    ///
    /// # Errors
    /// [`DeskError::Ending`].
    pub fn take_up_check(&self, so_far: Verification, per_second: Option<NonZeroU64>) -> Result<WorkId, DeskError> {
        let vault = self.shared.vault();
        let id = WorkId::new(vault.unique_id());
        let mut work = Work::new(id, WorkKind::Verify, None, Vec::new(), vault.now());
        (work.files_done, work.bytes_done) = (so_far.contents, so_far.bytes);
        self.shared.add(work, Job::Verify(Check::new(Some(so_far), per_second)), false)?;
        self.shared.with(id, |entry| {
            self.shared.begin(entry, DesiredState { go: Request::Pause, ..DesiredState::default() })
        })?;
        Ok(id)
    }

    /// The progress of an unfinished check, for the next run of the program ([`take_up_check`](Self::take_up_check));
    /// after [`shutdown`](Self::shutdown).
    pub fn unfinished_check(&self) -> Option<Verification> {
        let so_far = self.shared.look(|entry| match &entry.job {
            Job::Verify(check) if !matches!(entry.work.phase, Phase::Finished | Phase::Cancelled) => check.so_far(),
            _ => None,
        });
        so_far.into_iter().flatten().last()
    }

    /// From now on, each running check reads no more than `per_second` bytes of content a second.
    pub fn limit_checks(&self, per_second: Option<NonZeroU64>) {
        self.shared.look(|entry| {
            if let Job::Verify(check) = &entry.job {
                check.limit(per_second);
            }
        });
    }

    fn begin(
        &self,
        kind: WorkKind,
        matter: Option<MatterId>,
        names: Vec<String>,
        job: Job,
    ) -> Result<WorkId, DeskError> {
        let vault = self.shared.vault();
        let id = WorkId::new(vault.unique_id());
        self.shared.add(Work::new(id, kind, matter, names, vault.now()), job, true)?;
        Ok(id)
    }

    /// The report of a restore or a check.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a drop and for what has not been done, [`DeskError::NotFound`].
    pub fn report(&self, id: WorkId) -> Result<Report, DeskError> {
        self.shared.with(id, |entry| entry.report.clone().ok_or(DeskError::NotNow("There is nothing to report yet.")))
    }

    /// Retries at once what the vault had to hold for a temporary reason, because there is a connection again. Work
    /// that waits for the user keeps waiting.
    pub fn try_now(&self) {
        self.shared.tries.send_modify(|tries| *tries += 1);
    }

    /// Pauses all running work.
    pub fn pause_all(&self) {
        for work in self.works().into_iter().filter(|work| work.phase.is_busy()) {
            // One that has just ended need not be paused.
            let _ = self.pause(work.id);
        }
    }

    /// Stops everything and leaves the queue so that the next start continues. When this returns, nothing is written
    /// any more, and the observer has received all notifications.
    pub async fn shutdown(&self) {
        for doing in self.shared.leave() {
            // A panic in it has already been reported.
            let _ = doing.await;
        }
        self.shared.left();
        self.shared.teller.so_far().await;
    }
}
