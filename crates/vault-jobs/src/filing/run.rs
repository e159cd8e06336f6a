//! Runs a drop: one step after the other, as the user and the journal want it.

use std::sync::Arc;
use std::time::Instant;

use vault_core::Vault;
use vault_core::ports::{DropPhase, JournaledDrop, PortError};

use super::{FilingJob, asked_of, numbers};
use crate::desired::Request;
use crate::registry::Registry;
use crate::runner::{JobRunner, JobStep};
use crate::status::{JobId, Phase};
use crate::tell::JobEvent;

/// The stage of a drop between its steps.
pub(super) enum Stage {
    /// Its folders are to be read.
    Unread,
    /// It waits for the user.
    Read,
    /// Its files are in the journal.
    Queued,
}

/// Runs a drop from its state in the journal.
pub(super) async fn run(job: Arc<FilingJob>, runner: JobRunner) {
    let mut filing = Filing { job, runner, stage: Stage::Unread, filed: None, at_once: true, resumed: false };
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

pub(super) struct Filing {
    pub(super) job: Arc<FilingJob>,
    pub(super) runner: JobRunner,
    pub(super) stage: Stage,
    /// When the last notification about new files in the matter was sent, and how many files had arrived by then.
    pub(super) filed: Option<(Instant, u64)>,
    /// Waiting files are retried now, whatever their retry time.
    pub(super) at_once: bool,
    /// The user resumed it; the journal may still state that it is paused.
    resumed: bool,
}

impl Filing {
    pub(super) fn registry(&self) -> &Arc<Registry> {
        &self.runner.registry
    }

    pub(super) fn id(&self) -> JobId {
        self.runner.id
    }

    /// The drop from the journal.
    pub(super) async fn journaled(&self, vault: &Vault) -> Result<JournaledDrop, PortError> {
        let id = self.id();
        let found = vault.queued_drop(id.drop_id()).await?;
        found.ok_or_else(|| PortError::damaged(format!("Drop {id} is not in the queue any more.")))
    }

    /// Records that the user paused it: it stays paused after a restart, and other programs leave it alone. If that
    /// cannot be written, it is held here.
    async fn keep_paused(&self) {
        let vault = self.registry().vault();
        if let Ok(JournaledDrop { phase: DropPhase::Filing, .. }) = self.journaled(&vault).await
            && let Err(error) = vault.pause(self.id().drop_id()).await
        {
            tracing::warn!(drop = %self.id(), class = error.class(), "a pause is not kept");
        }
    }

    /// Applies a request that was made for the drop in another program or before a restart. Returns whether there was
    /// one.
    pub(super) async fn asked_elsewhere(&mut self, vault: &Vault, drop: &JournaledDrop) -> Result<bool, PortError> {
        let asked = asked_of(drop);
        if asked == Some(Request::Pause) && self.resumed {
            vault.end_pause(self.id().drop_id()).await?;
            self.resumed = false;
            return Ok(false);
        }
        self.resumed = false;
        let Some(go) = asked else { return Ok(false) };
        let _ = self.registry().with(self.id(), |entry| {
            entry.request(go);
            Ok(())
        });
        Ok(true)
    }

    /// Cancels the rest. A drop that only this program knows of needs no filing lock.
    async fn cancel(&mut self) -> Result<JobStep, PortError> {
        let vault = self.registry().vault();
        self.job.take_again();
        let _lock = match self.journaled(&vault).await?.phase {
            DropPhase::Preparing => None,
            _ => match self.lock(Request::Cancel).await? {
                Some(lock) => Some(lock),
                None => return Ok(JobStep::On),
            },
        };
        let cancelled = match vault.cancel(self.id().drop_id()).await {
            Ok(cancelled) => cancelled.drop,
            Err(error) => {
                // Files that do not need attention are cancelled already.
                let so_far = self.journaled(&vault).await?;
                self.registry().change(self.id(), |status| numbers::of_drop(status, &so_far));
                return Err(error);
            }
        };
        let phase = if cancelled.phase == DropPhase::Finished { Phase::Finished } else { Phase::Cancelled };
        Ok(self.end(phase, &cancelled))
    }

    /// The drop has ended, unless files of it are to be retried.
    pub(super) fn end(&self, phase: Phase, drop: &JournaledDrop) -> JobStep {
        // Update what is shown first, then report the end.
        self.registry().teller.tell(JobEvent::Filed(drop.new.matter.clone()));
        let ended = self.registry().end(self.id(), phase, |status| {
            numbers::of_drop(status, drop);
            if phase == Phase::Cancelled {
                // Files of a cancelled drop cannot be retried.
                status.attention = 0;
            }
        });
        if ended { JobStep::Ended } else { JobStep::On }
    }
}
