//! The desk: what may be asked.

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

/// What is under way on this computer. Cheap to clone; all clones are the same desk, which goes on until
/// [`shutdown`](Self::shutdown).
///
/// What a person asks of a work ([`pause`](Self::pause), [`cancel`](Self::cancel), …) is noted at once and done as soon
/// as may be; the [`Observer`] is told when it is done.
#[derive(Clone)]
pub struct Desk {
    pub(crate) shared: Arc<Shared>,
}

impl Desk {
    /// Takes up what the journal holds: drops that are not finished go on by themselves (one whose folders were not
    /// read yet is read, and then waits for the person unless [`Options::file_at_once`]), finished ones with files that
    /// need a person are shown, what a person paused stays so, and what they gave up is given up. Must be called inside
    /// a Tokio runtime, which does the work.
    ///
    /// # Errors
    /// [`PortError`] if the journal cannot be read.
    pub async fn start(
        vault: Vault,
        right: Arc<dyn FilingLock>,
        observer: Arc<dyn Observer>,
        options: Options,
    ) -> Result<Self, PortError> {
        let (unfinished, attention) = (vault.journal.unfinished().await?, vault.journal.needing_attention().await?);
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

    /// What is under way, what ended since the start, and drops of earlier days with files that need a person; oldest
    /// first.
    pub fn works(&self) -> Vec<Work> {
        self.shared.look(|entry| entry.work.clone())
    }

    /// One of [`works`](Self::works).
    pub fn work(&self, id: WorkId) -> Option<Work> {
        self.shared.with(id, |entry| Ok(entry.work.clone())).ok()
    }

    /// Whether something happens or will happen by itself: reason enough to ask before the window closes.
    pub fn is_busy(&self) -> bool {
        self.shared.look(|entry| entry.work.phase.is_busy()).contains(&true)
    }

    /// From now on, drops are filed as soon as they are read, or wait for the person. Drops that wait already go on
    /// waiting.
    pub fn set_file_at_once(&self, at_once: bool) {
        self.shared.file_at_once.store(at_once, Ordering::Relaxed);
    }

    /// What is left out of drops that are read from now on.
    pub fn set_left_out(&self, rules: LeftOutRules) {
        self.shared.set_left_out(rules);
    }

    /// Accepts a drop of what stands at `sources` (as `vault_home::Home::sources` gives them). When this returns the
    /// journal has it; its folders are read in the background, and then it is [`Ready`](Phase::Ready), or filed if the
    /// person set that.
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
        let accepted = vault.journal.drop_by_id(id).await?;
        let drop = accepted.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))?;
        let free = self.shared.readings.available_permits() > 0;
        let phase = if free { Phase::Reading } else { Phase::InLine };
        self.shared.add(Work { phase, ..work_of(&drop) }, Job::Drop, true)?;
        Ok(id.into())
    }

    /// The person has seen the pre-flight and says *File*. When this returns, the journal has that too: it holds after a
    /// restart. (If the journal cannot be written now, the work is [`Held`](Phase::Held) and says so.)
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

    /// Pauses a work. One that is read or checked is begun again by [`resume`](Self::resume); of one that is filed or
    /// restored, what is done stays done. A drop that was being filed stays paused after a restart. Does nothing to a work
    /// that is paused.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that waits for the person or has ended, [`DeskError::NotFound`].
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

    /// Goes on with a work that is paused, held or failed; tries at once to end one that is being given up. Does
    /// nothing to a work that is going on.
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

    /// Gives up the rest of a work. What was filed or restored stays. It holds after a restart, and cannot be taken
    /// back, even while the vault cannot be asked what it has of a drop ([`GivingUp`](Phase::GivingUp)).
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

    /// Takes a work that has ended off the list. A drop with files that need a person comes back at the next start.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a work that has not ended, [`DeskError::NotFound`].
    pub fn clear(&self, id: WorkId) -> Result<(), DeskError> {
        self.shared.remove(id)
    }

    /// Gives back what `scope` names, to the folder `destination`; `origin` says whether the copies are marked. `names` is what
    /// the person chose, for the list.
    ///
    /// # Errors
    /// [`DeskError::Ending`], [`DeskError::Vault`] if the vault cannot be asked which matter a drop belongs to; what goes
    /// wrong later is told by the work.
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

    /// Checks everything that is stored; of the content, no more than `per_second` bytes a second are read, if that is
    /// given. One that was paused, or held because the vault could not be reached, goes on where it was.
    ///
    /// # Errors
    /// [`DeskError::Ending`]; what goes wrong later is told by the work.
    pub fn verify(&self, per_second: Option<NonZeroU64>) -> Result<WorkId, DeskError> {
        self.begin(WorkKind::Verify, None, Vec::new(), Job::Verify(Check::new(None, per_second)))
    }

    /// Takes up a check that an earlier run of the program left unfinished. It stands paused, until the person goes on
    /// with it.
    ///
    /// # Errors
    /// [`DeskError::Ending`].
    pub fn take_up_check(&self, so_far: Verification, per_second: Option<NonZeroU64>) -> Result<WorkId, DeskError> {
        let clock = self.shared.vault().clock;
        let id = WorkId::new(clock.unique());
        let mut work = Work::new(id, WorkKind::Verify, None, Vec::new(), clock.now());
        (work.files_done, work.bytes_done) = (so_far.contents, so_far.bytes);
        self.shared.add(work, Job::Verify(Check::new(Some(so_far), per_second)), false)?;
        self.shared.with(id, |entry| {
            self.shared.begin(entry, DesiredState { go: Request::Pause, ..DesiredState::default() })
        })?;
        Ok(id)
    }

    /// How far a check came that has not ended, for the next run of the program to take up
    /// ([`take_up_check`](Self::take_up_check)); after [`shutdown`](Self::shutdown).
    pub fn unfinished_check(&self) -> Option<Verification> {
        let so_far = self.shared.look(|entry| match &entry.job {
            Job::Verify(check) if !matches!(entry.work.phase, Phase::Finished | Phase::Cancelled) => check.so_far(),
            _ => None,
        });
        so_far.into_iter().flatten().last()
    }

    /// Of the content, checks that are under way read no more than `per_second` bytes a second from now on, each.
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
        let clock = self.shared.vault().clock;
        let id = WorkId::new(clock.unique());
        self.shared.add(Work::new(id, kind, matter, names, clock.now()), job, true)?;
        Ok(id)
    }

    /// What became of a restore or a check, in detail.
    ///
    /// # Errors
    /// [`DeskError::NotNow`] for a drop and for what has not been done, [`DeskError::NotFound`].
    pub fn report(&self, id: WorkId) -> Result<Report, DeskError> {
        self.shared.with(id, |entry| entry.report.clone().ok_or(DeskError::NotNow("There is nothing to report yet.")))
    }

    /// Tries at once what the vault had to hold for a reason that passes by itself: there is a network again. What
    /// waits for a person goes on waiting.
    pub fn try_now(&self) {
        self.shared.tries.send_modify(|tries| *tries += 1);
    }

    /// Pauses everything that is going on.
    pub fn pause_all(&self) {
        for work in self.works().into_iter().filter(|work| work.phase.is_busy()) {
            // One that has just ended need not be paused.
            let _ = self.pause(work.id);
        }
    }

    /// Stops everything and leaves the queue so that the next start goes on. When this returns nothing is written any
    /// more, and the observer has been told everything.
    pub async fn shutdown(&self) {
        for doing in self.shared.leave() {
            // A fault in it has been told.
            let _ = doing.await;
        }
        self.shared.left();
        self.shared.teller.so_far().await;
    }
}
