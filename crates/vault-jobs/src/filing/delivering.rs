//! A drop whose files are in the journal: they are filed, one drop at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use vault_core::filing::{Finished, Halt};
use vault_core::intake::IntakeProgress;
use vault_core::ports::{DropPhase, FilingGuard, JournaledDrop, PortError};
use vault_core::{Progress, Vault, VaultError};

use super::run::{Filing, Stage};
use super::{Seqs, numbers};
use crate::desired::Request;
use crate::runner::JobStep;
use crate::status::Phase;
use crate::tell::JobEvent;

/// How often the observer is notified that files reached a matter, while more keep arriving.
const FILED: Duration = Duration::from_secs(2);

const ANOTHER: &str = "Another Strongroom is filing on this computer. This goes on as soon as it is done.";

impl Filing {
    /// Files a drop from the journal when it is first in the queue and no other program is filing.
    pub(super) async fn file(&mut self) -> Result<JobStep, PortError> {
        let registry = Arc::clone(self.registry());
        let Some(_turn) = self.runner.in_line(&registry.turns.filing, |_| ()).await else { return Ok(JobStep::On) };
        let Some(_lock) = self.lock(Request::On).await? else { return Ok(JobStep::On) };
        let vault = registry.vault();
        let drop = self.journaled(&vault).await?;
        if self.asked_elsewhere(&vault, &drop).await? {
            return Ok(JobStep::On);
        }
        let again = self.job.take_again();
        match drop.phase {
            DropPhase::Filing => {}
            DropPhase::Finished if again.is_some() => {}
            DropPhase::Finished => return Ok(self.end(Phase::Finished, &drop)),
            DropPhase::Cancelled => return Ok(self.end(Phase::Cancelled, &drop)),
            DropPhase::Preparing => {
                self.stage = Stage::Unread;
                return Ok(JobStep::On);
            }
        }
        let delivered = self.deliver(vault, drop, again.clone()).await;
        if let (Err(_), Some(again)) = (&delivered, again) {
            // The request is not carried out yet.
            self.job.try_again(again);
            let _ = registry.with(self.id(), |entry| {
                entry.poll();
                Ok(())
            });
        }
        let Finished { drop, halt } = match delivered {
            Ok(finished) => finished,
            Err(VaultError::Stopped) => return Ok(JobStep::On),
            Err(VaultError::Port(error)) => return Err(error),
        };
        let Some(halt) = halt else { return Ok(self.end(Phase::Finished, &drop)) };
        registry.change(self.id(), |status| numbers::of_drop(status, &drop));
        self.tell_filed(&drop, Duration::ZERO);
        Ok(match halt {
            Halt::Stopped => JobStep::On,
            Halt::Paused(error) => JobStep::Held(error),
            // Files that the user retries do not wait for those that are retried automatically.
            Halt::Waiting { .. } if self.job.is_to_try_again() => JobStep::On,
            Halt::Waiting { until, why } => JobStep::Later { until, why },
        })
    }

    /// Files, and publishes the progress.
    async fn deliver(
        &mut self,
        vault: Vault,
        drop: JournaledDrop,
        again: Option<Seqs>,
    ) -> Result<Finished, VaultError> {
        let (registry, id, at_once) = (Arc::clone(self.registry()), self.id(), self.at_once);
        let mut to_store = 0;
        self.runner.enter(Phase::Running, None, |status| {
            numbers::of_drop(status, &drop);
            to_store = status.bytes.saturating_sub(status.bytes_done);
        });
        self.filed.get_or_insert((Instant::now(), filed(&drop)));
        // A folder that could not be read is read before its files are filed.
        let intake = Arc::<IntakeProgress>::default();
        let progress = Arc::new(Progress::expecting(to_store));
        let (before, reading, storing) = (drop.clone(), Arc::clone(&intake), Arc::clone(&progress));
        let stop = {
            let (intake, progress) = (Arc::clone(&intake), Arc::clone(&progress));
            move || {
                intake.stop();
                progress.stop();
            }
        };
        let delivering = vault.clone();
        let mut filing = self.runner.begin(stop, async move {
            match again {
                Some(seqs) => delivering.retry(before.new.id, &Vec::from_iter(seqs), reading, storing).await,
                None if at_once => delivering.resume(&before, reading, storing).await,
                None => delivering.resume_what_is_due(&before, reading, storing).await,
            }
        });
        loop {
            if let Some(finished) = filing.done().await {
                return finished;
            }
            let (read, counts) = (intake.counts(), progress.counts());
            if counts.files == 0 && read.found > 0 {
                self.runner.phase(Phase::Reading, None);
                let pace = filing.pace(read.into());
                registry.change(id, |status| numbers::of_reading(status, read, pace));
                continue;
            }
            self.runner.phase(Phase::Running, None);
            let pace = filing.pace(counts.into());
            // If this cannot be read now, it is read the next time.
            if let Ok(Some(now)) = vault.queued_drop(drop.new.id).await {
                registry.change(id, |status| numbers::of_filing(status, &drop, &now, counts, pace));
                self.tell_filed(&now, FILED);
            }
        }
    }

    /// Takes the filing lock; `None` if the job is no longer to continue `as_now`.
    pub(super) async fn lock(&mut self, as_now: Request) -> Result<Option<Arc<FilingGuard>>, PortError> {
        let registry = Arc::clone(self.registry());
        if let Some(lock) = registry.lock.try_take().await? {
            return Ok(Some(lock));
        }
        self.runner.phase(Phase::InLine, Some(ANOTHER.to_owned()));
        let Some(lock) = self.runner.unless_wanted(as_now, registry.lock.take()).await else { return Ok(None) };
        // The other program has changed the journal.
        registry.vault().sync_mirror().await?;
        lock.map(Some)
    }

    /// Notifies the observer of new files in the matter, if there are any and the last notification is `after` ago.
    fn tell_filed(&mut self, drop: &JournaledDrop, after: Duration) {
        let now = filed(drop);
        let (told, known) = self.filed.get_or_insert((Instant::now(), now));
        if now != *known && told.elapsed() >= after {
            (*told, *known) = (Instant::now(), now);
            self.registry().teller.tell(JobEvent::Filed(drop.new.matter.clone()));
        }
    }
}

/// Files that arrived in the matter.
fn filed(drop: &JournaledDrop) -> u64 {
    drop.counts.stored + drop.counts.skipped
}
