//! A drop until its files are in the journal: it is read, and waits for the user.

use std::sync::Arc;

use vault_core::intake::IntakeProgress;
use vault_core::ports::{DropPhase, PortError};
use vault_core::preflight::Preflight;
use vault_core::{Vault, VaultError};

use super::numbers;
use super::run::{Filing, Stage};
use crate::runner::JobStep;
use crate::status::{JobId, Phase};

/// Records in the journal that a drop waits for the user, so that no other program files it. If that cannot be written,
/// other programs do not know, and the drop is held here.
pub(super) async fn wait_to_be_asked(vault: &Vault, id: JobId) {
    if let Err(error) = vault.await_review(id.drop_id()).await {
        tracing::warn!(drop = %id, class = error.class(), "a drop's wait for its review is not kept");
    }
}

impl Filing {
    /// Reads the folders, unless that was done in an earlier run.
    pub(super) async fn read(&mut self) -> Result<JobStep, PortError> {
        let registry = Arc::clone(self.registry());
        let vault = registry.vault();
        let drop = self.journaled(&vault).await?;
        if self.asked_elsewhere(&vault, &drop).await? {
            return Ok(JobStep::On);
        }
        if drop.phase != DropPhase::Preparing {
            self.stage = Stage::Queued;
            return Ok(JobStep::On);
        }
        let Some(_reading) = self.runner.in_line(&registry.turns.reading, numbers::unread).await else {
            return Ok(JobStep::On);
        };
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
            registry.change(self.id(), |status| numbers::of_reading(status, now, pace));
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
        let planned = numbers::planned(&preflight);
        self.job.show(preflight);
        let at_once = self.registry().turns.file_at_once();
        let confirmed = self.registry().with(self.id(), |entry| Ok(entry.is_confirmed(at_once))) == Ok(true);
        let phase = if confirmed { Phase::InLine } else { Phase::Ready };
        self.runner.enter(phase, None, |status| {
            numbers::of_preflight(status, planned);
            if confirmed {
                numbers::to_be_filed(status);
            }
        });
        self.stage = Stage::Read;
    }

    /// Waits until the user presses *File*, and writes the files to the journal. Pausing has no effect here.
    pub(super) async fn wait_for_person(&mut self) -> Result<JobStep, PortError> {
        let desired = *self.runner.desired.borrow_and_update();
        if !desired.confirmed {
            if self.job.take_again().is_some() {
                self.job.take_shown();
                self.stage = Stage::Unread;
                return Ok(JobStep::On);
            }
            self.runner.phase(Phase::Ready, None);
            wait_to_be_asked(&self.registry().vault(), self.id()).await;
            self.runner.wanted().await;
            return Ok(JobStep::On);
        }
        self.runner.enter(Phase::InLine, None, numbers::to_be_filed);
        let enqueued = self.enqueue().await;
        self.job.confirmed();
        // Whatever the outcome, the pre-flight is gone.
        self.stage = if enqueued.is_ok() { Stage::Queued } else { Stage::Unread };
        enqueued.map(|()| JobStep::On)
    }

    async fn enqueue(&self) -> Result<(), PortError> {
        let vault = self.registry().vault();
        let preflight = self.job.take_shown();
        let drop = self.journaled(&vault).await?;
        // Another program may have continued the drop while it waited.
        let (DropPhase::Preparing, Some(preflight)) = (drop.phase, preflight) else { return Ok(()) };
        vault.enqueue(drop.new.id, &preflight).await?;
        let queued = self.journaled(&vault).await?;
        self.registry().change(self.id(), |status| numbers::of_drop(status, &queued));
        Ok(())
    }
}
