//! The runner of a job, from its beginning to its end: one task, which alone changes the status of the job and follows
//! its requested state.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use vault_core::model::Timestamp;
use vault_core::ports::{Attention, PortError};

use crate::desired::{DesiredState, Request};
use crate::job::Job;
use crate::registry::Registry;
use crate::status::{JobId, JobStatus, Phase};
use crate::watched::Watched;

/// How often the runner checks whether waiting files are due.
const LOOKED_AT: Duration = Duration::from_secs(1);

const FAULT: &str = "A fault in Strongroom itself ended this. What is stored is not affected. Try it again, and report it \
                     if it happens again.";

/// The result of a step of a job.
pub(crate) enum JobStep {
    /// The next step can start, or the requested state decides.
    On,
    /// The vault could not do it now.
    Held(PortError),
    /// Everything is done except files that wait to be retried.
    Later {
        /// When the first of them is retried.
        until: Timestamp,
        /// Why it waits.
        why: String,
    },
    /// There is no more to do.
    Ended,
}

/// What a job runs with: its requested state, and ways to change its status and to wait.
pub(crate) struct JobRunner {
    pub(crate) registry: Arc<Registry>,
    pub(crate) id: JobId,
    pub(crate) desired: watch::Receiver<DesiredState>,
    /// Signals that held jobs are to be retried at once; also a job that began to fail when the signal was sent.
    tries: watch::Receiver<u64>,
}

/// Runs a job from its current state until it ends or is left.
pub(crate) async fn run(registry: Arc<Registry>, id: JobId, job: Arc<dyn Job>, desired: watch::Receiver<DesiredState>) {
    let tries = registry.tries.subscribe();
    let runner = JobRunner { registry: Arc::clone(&registry), id, desired, tries };
    let doing = tokio::spawn(job.run(runner));
    if let Err(fault) = doing.await
        && fault.is_panic()
    {
        registry.end(id, Phase::Failed, |status| status.reason = Some(FAULT.to_owned()));
    }
}

/// Whether it may succeed later without any action here.
pub(crate) const fn heals(error: &PortError) -> bool {
    matches!(error, PortError::TryLater { .. } | PortError::NeedsPerson { kind: Attention::NoRoom, .. })
}

impl JobRunner {
    /// How the job is to continue.
    pub(crate) fn go(&mut self) -> Request {
        self.desired.borrow_and_update().go
    }

    /// The job enters a phase.
    pub(crate) fn phase(&self, phase: Phase, reason: Option<String>) {
        self.enter(phase, reason, |_| ());
    }

    /// The job enters a phase with new numbers, which are published together.
    pub(crate) fn enter(&self, phase: Phase, reason: Option<String>, change: impl FnOnce(&mut JobStatus)) {
        self.registry.change(self.id, |status| {
            if status.phase != phase {
                (status.rate, status.seconds_left) = (None, None);
            }
            (status.phase, status.reason) = (phase, reason);
            change(status);
        });
    }

    /// Waits until the requested state changes.
    pub(crate) async fn wanted(&mut self) {
        if self.desired.changed().await.is_err() {
            // No more requests can arrive.
            std::future::pending::<()>().await;
        }
    }

    /// Waits for `waited`, unless the requested state is no longer `as_now`.
    pub(crate) async fn unless_wanted<T>(&mut self, as_now: Request, waited: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = otherwise(&mut self.desired, as_now) => None,
            value = waited => Some(value),
        }
    }

    /// Waits in the queue, if there is one, with these numbers; `None` if the job is no longer to continue.
    pub(crate) async fn in_line<'a>(
        &mut self,
        line: &'a Semaphore,
        change: impl FnOnce(&mut JobStatus),
    ) -> Option<SemaphorePermit<'a>> {
        if let Ok(permit) = line.try_acquire() {
            return Some(permit);
        }
        self.enter(Phase::InLine, None, change);
        self.unless_wanted(Request::On, line.acquire()).await?.ok()
    }

    /// The user paused it: waits until the requested state changes.
    pub(crate) async fn paused(&mut self) {
        self.phase(Phase::Paused, None);
        otherwise(&mut self.desired, Request::Pause).await;
    }

    /// The vault could not do it while the job was to continue `as_before`: waits until the next retry, or until the
    /// requested state changes. `Ended` if waiting is of no use.
    pub(crate) async fn held(&mut self, error: PortError, as_before: Request) -> JobStep {
        if error.is_damage() {
            self.registry.end(self.id, Phase::Failed, |status| status.reason = Some(error.to_string()));
            return JobStep::Ended;
        }
        if self.go() != as_before {
            return JobStep::On;
        }
        let phase = if as_before == Request::Cancel { Phase::GivingUp } else { Phase::Held };
        let reason = if heals(&error) { format!("{error} {TRIED_AGAIN}") } else { error.to_string() };
        self.phase(phase, Some(reason));
        let again = self.registry.held_for;
        let mut tries = self.tries.clone();
        tokio::select! {
            () = self.wanted() => {}
            () = tokio::time::sleep(again), if heals(&error) => {}
            // The registry outlives its jobs, so this ends when it is signalled.
            _ = tries.changed(), if heals(&error) => {}
        }
        self.tries.mark_unchanged();
        JobStep::On
    }

    /// Files of it wait to be retried: waits until they are due, or until the requested state changes. Returns whether
    /// they are to be retried whatever their retry time.
    pub(crate) async fn later(&mut self, until: Timestamp, why: String, as_before: Request) -> bool {
        if self.go() != as_before {
            return true;
        }
        self.phase(Phase::Held, Some(why));
        let vault = self.registry.vault();
        let step = LOOKED_AT.min(self.registry.held_for);
        let mut tries = self.tries.clone();
        let due = async {
            // The wall clock continues while a computer sleeps; if it is set back, the other clock ends the wait.
            let longest = u64::try_from(until.0.saturating_sub(vault.now().0)).unwrap_or_default();
            let begun = Instant::now();
            while vault.now() < until && begun.elapsed() < Duration::from_millis(longest) {
                tokio::time::sleep(step).await;
            }
        };
        let at_once = tokio::select! {
            () = self.wanted() => true,
            () = due => false,
            _ = tries.changed() => true,
        };
        self.tries.mark_unchanged();
        at_once
    }

    /// Starts an operation for the job, which `stop` stops when the job is not to continue.
    pub(crate) fn begin<T: Send + 'static>(
        &self,
        stop: impl Fn() + Send + 'static,
        doing: impl Future<Output = T> + Send + 'static,
    ) -> Watched<T> {
        let _ = self.registry.with(self.id, |entry| {
            entry.being_done(stop);
            Ok(())
        });
        Watched::begin(doing)
    }
}

/// Added to the reason of a held job: the runner remains, so it can promise this.
const TRIED_AGAIN: &str = "It is tried again by itself.";

/// Waits until the requested state is no longer `as_now`.
async fn otherwise(desired: &mut watch::Receiver<DesiredState>, as_now: Request) {
    if desired.wait_for(|desired| desired.go != as_now).await.is_err() {
        // No more requests can arrive.
        std::future::pending::<()>().await;
    }
}
