//! A drop until its files are in the journal: it is read, and waits for the user.

use std::sync::Arc;

use vault_core::intake::IntakeProgress;
use vault_core::ports::{DropPhase, JournaledDrop, PortError};
use vault_core::preflight::Preflight;
use vault_core::queue::PauseReason;
use vault_core::{Progress, Vault, VaultError};

use super::{Filing, Stage};
use crate::numbers;
use crate::runner::JobStep;
use crate::shown::Shown;
use crate::work::{Phase, WorkId};

/// Records in the journal that a drop waits for the user, so that no other program files it. If that cannot be written,
/// other programs do not know, and the drop is held here.
pub(crate) async fn wait_to_be_asked(vault: &Vault, id: WorkId) {
    let (journal, id) = (&vault.journal, id.drop_id());
    // Another program may have filed it at a user's request.
    if let Ok(Some(JournaledDrop { phase: DropPhase::Preparing, paused: None, .. })) = journal.drop_by_id(id).await {
        if let Err(error) = journal.pause(id, &PauseReason::AwaitingReview).await {
            tracing::warn!(drop = %id, class = error.class(), "a drop's wait for its review is not kept");
        }
    }
}

impl Filing {
    /// Reads the folders, unless that was done in an earlier run.
    pub(super) async fn read(&mut self) -> Result<JobStep, PortError> {
        let desk = Arc::clone(self.desk());
        let vault = desk.vault();
        let drop = self.journaled(&vault).await?;
        if self.asked_elsewhere(&vault, &drop).await? {
            return Ok(JobStep::On);
        }
        if drop.phase != DropPhase::Preparing {
            self.stage = Stage::Queued;
            return Ok(JobStep::On);
        }
        let Some(_reading) = self.runner.in_line(&desk.readings, numbers::unread).await else { return Ok(JobStep::On) };
        self.runner.enter(Phase::Reading, None, numbers::unread);
        let progress = Arc::<IntakeProgress>::default();
        let (stopping, watching) = (Arc::clone(&progress), Arc::clone(&progress));
        let reading = async move { vault.read(&drop, watching).await };
        let mut reading = self.runner.begin(move || stopping.stop(), reading);
        let read = loop {
            if let Some(read) = reading.done().await {
                break read;
            }
            let now = progress.counts();
            let pace = reading.pace(now.into());
            desk.change(self.id(), |work| numbers::of_reading(work, now, pace));
        };
        match read {
            Ok(preflight) => {
                self.show(preflight);
                Ok(JobStep::On)
            }
            // This was requested, here or in another program.
            Err(VaultError::Stopped) => Ok(JobStep::On),
            Err(VaultError::Port(error)) => Err(error),
        }
    }

    /// The folders are read: the pre-flight is available from now on.
    fn show(&mut self, preflight: Preflight) {
        let desk = self.desk();
        let planned = numbers::planned(&preflight);
        let confirmed = desk.with(self.id(), |entry| {
            entry.shown = Some(Shown::new(preflight));
            Ok(entry.is_confirmed(desk.files_at_once()))
        });
        let confirmed = confirmed == Ok(true);
        let phase = if confirmed { Phase::InLine } else { Phase::Ready };
        self.runner.enter(phase, None, |work| {
            numbers::of_preflight(work, planned);
            if confirmed {
                numbers::to_be_filed(work);
            }
        });
        self.stage = Stage::Read;
    }

    /// Waits until the user presses *File*, and writes the files to the journal. Pausing has no effect here.
    pub(super) async fn wait_for_person(&mut self) -> Result<JobStep, PortError> {
        let desired = *self.runner.desired.borrow_and_update();
        if !desired.confirmed {
            let again = self.desk().with(self.id(), |entry| Ok(entry.take_again().inspect(|_| entry.shown = None)));
            if matches!(again, Ok(Some(_))) {
                self.stage = Stage::Unread;
                return Ok(JobStep::On);
            }
            self.runner.phase(Phase::Ready, None);
            wait_to_be_asked(&self.desk().vault(), self.id()).await;
            self.runner.wanted().await;
            return Ok(JobStep::On);
        }
        self.runner.enter(Phase::InLine, None, numbers::to_be_filed);
        let enqueued = self.enqueue().await;
        let _ = self.desk().with(self.id(), |entry| {
            entry.confirmed();
            Ok(())
        });
        // Whatever the outcome, the pre-flight is gone.
        self.stage = if enqueued.is_ok() { Stage::Queued } else { Stage::Unread };
        enqueued.map(|()| JobStep::On)
    }

    async fn enqueue(&self) -> Result<(), PortError> {
        let vault = self.desk().vault();
        let shown = self.desk().with(self.id(), |entry| Ok(entry.shown.take())).ok().flatten();
        let preflight = shown.and_then(|shown| shown.take());
        let drop = self.journaled(&vault).await?;
        // Another program may have continued the drop while it waited.
        let (DropPhase::Preparing, Some(preflight)) = (drop.phase, preflight) else { return Ok(()) };
        // Stopped before the first file: the files go to the journal, and the queue decides when they are filed.
        let stopped = Arc::<Progress>::default();
        stopped.stop();
        vault.file(drop.new.id, preflight, stopped).await?;
        let queued = self.journaled(&vault).await?;
        self.desk().change(self.id(), |work| numbers::of_drop(work, &queued));
        Ok(())
    }
}
