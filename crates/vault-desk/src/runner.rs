//! The job runner of a work, from its beginning to its end: one task, which alone changes the state of the work and
//! follows its requested state.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::task::JoinHandle;
use tokio::time::{Interval, MissedTickBehavior};
use vault_core::model::Timestamp;
use vault_core::ports::{Attention, PortError};
use vault_core::{Pace, ProgressSample};

use crate::desired::{DesiredState, Request};
use crate::shared::{Job, Shared};
use crate::work::{Phase, Work, WorkId};
use crate::{filing, restore_verify};

/// How often the numbers of a work are published.
const TICK: Duration = Duration::from_millis(250);

/// How often the runner checks whether waiting files are due.
const LOOKED_AT: Duration = Duration::from_secs(1);

const FAULT: &str = "A fault in Strongroom itself ended this. What is stored is not affected. Try it again, and report it \
                     if it happens again.";

/// The result of a step of a work.
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

/// The job runner of a work.
pub(crate) struct JobRunner {
    pub(crate) desk: Arc<Shared>,
    pub(crate) id: WorkId,
    pub(crate) desired: watch::Receiver<DesiredState>,
    /// Signals that held work is to be retried at once; also work that began to fail when the signal was sent.
    tries: watch::Receiver<u64>,
}

/// Runs a work from its current state until it ends or is left.
pub(crate) async fn run(desk: Arc<Shared>, id: WorkId, job: Job, desired: watch::Receiver<DesiredState>) {
    let runner = JobRunner { desk: Arc::clone(&desk), id, desired, tries: desk.tries.subscribe() };
    let doing = tokio::spawn(async move {
        match job {
            Job::Drop => filing::run(runner).await,
            Job::Restore(scope, destination, origin) => {
                restore_verify::restore(runner, scope, destination, origin).await;
            }
            Job::Verify(check) => restore_verify::verify(runner, check).await,
        }
    });
    if let Err(fault) = doing.await
        && fault.is_panic()
    {
        desk.end(id, Phase::Failed, |work| work.reason = Some(FAULT.to_owned()));
    }
}

/// Whether it may succeed later without any action here.
pub(crate) const fn heals(error: &PortError) -> bool {
    matches!(error, PortError::TryLater { .. } | PortError::NeedsPerson { kind: Attention::NoRoom, .. })
}

impl JobRunner {
    /// How the work is to continue.
    pub(crate) fn go(&mut self) -> Request {
        self.desired.borrow_and_update().go
    }

    /// The work enters a phase.
    pub(crate) fn phase(&self, phase: Phase, reason: Option<String>) {
        self.enter(phase, reason, |_| ());
    }

    /// The work enters a phase with new numbers, which are published together.
    pub(crate) fn enter(&self, phase: Phase, reason: Option<String>, change: impl FnOnce(&mut Work)) {
        self.desk.change(self.id, |work| {
            if work.phase != phase {
                (work.rate, work.seconds_left) = (None, None);
            }
            (work.phase, work.reason) = (phase, reason);
            change(work);
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

    /// Waits in the queue, if there is one, with these numbers; `None` if the work is no longer to continue.
    pub(crate) async fn in_line<'a>(
        &mut self,
        line: &'a Semaphore,
        change: impl FnOnce(&mut Work),
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

    /// The vault could not do it while the work was to continue `as_before`: waits until the next retry, or until the
    /// requested state changes. `Ended` if waiting is of no use.
    pub(crate) async fn held(&mut self, error: PortError, as_before: Request) -> JobStep {
        if error.is_damage() {
            self.desk.end(self.id, Phase::Failed, |work| work.reason = Some(error.to_string()));
            return JobStep::Ended;
        }
        if self.go() != as_before {
            return JobStep::On;
        }
        let phase = if as_before == Request::Cancel { Phase::GivingUp } else { Phase::Held };
        let reason = if heals(&error) { format!("{error} {TRIED_AGAIN}") } else { error.to_string() };
        self.phase(phase, Some(reason));
        let again = self.desk.held_for;
        let mut tries = self.tries.clone();
        tokio::select! {
            () = self.wanted() => {}
            () = tokio::time::sleep(again), if heals(&error) => {}
            // The desk outlives its works, so this ends when it is signalled.
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
        let vault = self.desk.vault();
        let step = LOOKED_AT.min(self.desk.held_for);
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

    /// Starts an operation for the work, which `stop` stops when the work is not to continue.
    pub(crate) fn begin<T: Send + 'static>(
        &self,
        stop: impl Fn() + Send + 'static,
        doing: impl Future<Output = T> + Send + 'static,
    ) -> Watched<T> {
        let _ = self.desk.with(self.id, |entry| {
            entry.being_done(stop);
            Ok(())
        });
        Watched::begin(doing)
    }
}

/// The state of a work that the vault could not do now: the desk remains, so it can report it.
const TRIED_AGAIN: &str = "It is tried again by itself.";

/// Waits until the requested state is no longer `as_now`.
async fn otherwise(desired: &mut watch::Receiver<DesiredState>, as_now: Request) {
    if desired.wait_for(|desired| desired.go != as_now).await.is_err() {
        // No more requests can arrive.
        std::future::pending::<()>().await;
    }
}

/// A running operation whose progress is polled.
pub(crate) struct Watched<T> {
    task: JoinHandle<T>,
    tick: Interval,
    since: Instant,
    pace: Pace,
}

impl<T: Send + 'static> Watched<T> {
    /// Starts it on a task of its own, so that polling does not block it.
    fn begin(doing: impl Future<Output = T> + Send + 'static) -> Self {
        let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + TICK, TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let task = tokio::spawn(doing);
        Self { task, tick, since: Instant::now(), pace: Pace::default() }
    }

    /// Waits until it is done; `None` when it is time to publish the progress.
    pub(crate) async fn done(&mut self) -> Option<T> {
        tokio::select! {
            done = &mut self.task => Some(match done {
                Ok(done) => done,
                Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
                // The runtime is shutting down, and this with it.
                Err(_) => std::future::pending().await,
            }),
            _ = self.tick.tick() => None,
        }
    }

    /// Records its progress; returns bytes a second and seconds left, as far as known.
    pub(crate) fn pace(&mut self, now: ProgressSample) -> (Option<u64>, Option<u64>) {
        self.pace.take(self.since.elapsed(), now);
        (self.pace.bytes_per_second(), self.pace.seconds_left(now))
    }
}
