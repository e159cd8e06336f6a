//! The job runner of a drop: it is read and waits for the user ([`reading`]), then its files are filed
//! ([`delivering`]).

mod delivering;
mod reading;

pub(crate) use reading::wait_to_be_asked;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use vault_core::Vault;
use vault_core::ports::{DropPhase, JournaledDrop, PortError};
use vault_core::queue::PauseReason;

use crate::desired::Request;
use crate::numbers;
use crate::runner::{JobRunner, JobStep};
use crate::shared::Shared;
use crate::tell::DeskEvent;
use crate::work::{Phase, Work, WorkId, WorkKind};

/// Numbers of files in a drop; an empty list means all files that need attention.
type Seqs = BTreeSet<u64>;

/// The stage of a drop between the steps of its job runner.
enum Stage {
    /// Its folders are to be read.
    Unread,
    /// It waits for the user.
    Read,
    /// Its files are in the journal.
    Queued,
}

/// A drop as it is shown while only the journal's data is known.
pub(crate) fn work_of(drop: &JournaledDrop) -> Work {
    let new = &drop.new;
    let names = new.sources.iter().map(|source| name_of(source)).collect();
    let mut work = Work::new(new.id.into(), WorkKind::Drop, Some(new.matter.clone()), names, new.started);
    if drop.phase != DropPhase::Preparing {
        numbers::of_drop(&mut work, drop);
    }
    work
}

/// The requested state of a drop, from the journal.
pub(crate) fn asked_of(drop: &JournaledDrop) -> Option<Request> {
    match drop {
        drop if drop.is_cancelling() => Some(Request::Cancel),
        drop if drop.is_paused_by_user() => Some(Request::Pause),
        _ => None,
    }
}

fn name_of(source: &Path) -> String {
    source.file_name().map_or_else(|| source.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Runs a drop from its state in the journal.
pub(crate) async fn run(runner: JobRunner) {
    let mut filing = Filing { runner, stage: Stage::Unread, filed: None, at_once: true, resumed: false };
    loop {
        let go = filing.runner.go();
        let stepped = match go {
            Request::Leave => return,
            Request::Pause => {
                filing.keep_paused().await;
                filing.runner.paused().await;
                (filing.at_once, filing.resumed) = (true, true);
                Ok(JobStep::On)
            }
            Request::Cancel => filing.cancel().await,
            Request::On => match filing.stage {
                Stage::Unread => filing.read().await,
                Stage::Read => filing.wait_for_person().await,
                Stage::Queued => filing.file().await,
            },
        };
        let step = match stepped {
            Ok(JobStep::Held(error)) | Err(error) => {
                filing.at_once = true;
                filing.runner.held(error, go).await
            }
            Ok(JobStep::Later { until, why }) => {
                filing.at_once = filing.runner.later(until, why, go).await;
                JobStep::On
            }
            Ok(step) => step,
        };
        if matches!(step, JobStep::Ended) {
            return;
        }
    }
}

struct Filing {
    runner: JobRunner,
    stage: Stage,
    /// When the last notification about new files in the matter was sent, and how many files had arrived by then.
    filed: Option<(Instant, u64)>,
    /// Waiting files are retried now, whatever their retry time.
    at_once: bool,
    /// The user resumed it; the journal may still state that it is paused.
    resumed: bool,
}

impl Filing {
    fn desk(&self) -> &Arc<Shared> {
        &self.runner.desk
    }

    fn id(&self) -> WorkId {
        self.runner.id
    }

    /// The drop from the journal.
    async fn journaled(&self, vault: &Vault) -> Result<JournaledDrop, PortError> {
        let id = self.id();
        let found = vault.journal.drop_by_id(id.drop_id()).await?;
        found.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))
    }

    /// Records that the user paused it: it stays paused after a restart, and other programs leave it alone. If that
    /// cannot be written, it is held here.
    async fn keep_paused(&self) {
        let vault = self.desk().vault();
        if let Ok(JournaledDrop { phase: DropPhase::Filing, .. }) = self.journaled(&vault).await {
            if let Err(error) = vault.journal.pause(self.id().drop_id(), &PauseReason::ByUser).await {
                tracing::warn!(drop = %self.id(), class = error.class(), "a pause is not kept");
            }
        }
    }

    /// Applies a request that was made for the drop in another program or before a restart. Returns whether there was
    /// one.
    async fn asked_elsewhere(&mut self, vault: &Vault, drop: &JournaledDrop) -> Result<bool, PortError> {
        let asked = asked_of(drop);
        if asked == Some(Request::Pause) && self.resumed {
            vault.journal.resume(self.id().drop_id()).await?;
            self.resumed = false;
            return Ok(false);
        }
        self.resumed = false;
        let Some(go) = asked else { return Ok(false) };
        let _ = self.desk().with(self.id(), |entry| {
            entry.request(go);
            Ok(())
        });
        Ok(true)
    }

    /// Cancels the rest. A drop that only this program knows of needs no filing lock.
    async fn cancel(&mut self) -> Result<JobStep, PortError> {
        let vault = self.desk().vault();
        let _ = self.desk().with(self.id(), |entry| Ok(entry.take_again()));
        let _right = match self.journaled(&vault).await?.phase {
            DropPhase::Preparing => None,
            _ => match self.right(Request::Cancel).await? {
                Some(right) => Some(right),
                None => return Ok(JobStep::On),
            },
        };
        let cancelled = match vault.cancel(self.id().drop_id()).await {
            Ok(cancelled) => cancelled.drop,
            Err(error) => {
                // Files that do not need attention are cancelled already.
                let so_far = self.journaled(&vault).await?;
                self.desk().change(self.id(), |work| numbers::of_drop(work, &so_far));
                return Err(error);
            }
        };
        let phase = if cancelled.phase == DropPhase::Finished { Phase::Finished } else { Phase::Cancelled };
        Ok(self.end(phase, &cancelled))
    }

    /// The drop has ended, unless files of it are to be retried.
    fn end(&self, phase: Phase, drop: &JournaledDrop) -> JobStep {
        // Update what is shown first, then report the end.
        self.desk().teller.tell(DeskEvent::Filed(drop.new.matter.clone()));
        let ended = self.desk().end(self.id(), phase, |work| {
            numbers::of_drop(work, drop);
            if phase == Phase::Cancelled {
                // Files of a cancelled drop cannot be retried.
                work.attention = 0;
            }
        });
        if ended { JobStep::Ended } else { JobStep::On }
    }
}
