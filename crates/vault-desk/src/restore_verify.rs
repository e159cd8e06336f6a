//! The job runner of a restore and of a check: they run independently of everything else. After a stop, a restore
//! leaves existing files as they are, and a check continues where it was.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use vault_core::ports::PortError;
use vault_core::rate::Throttle;
use vault_core::restore::{Origin, RestoreScope};
use vault_core::{Checking, Progress, Vault, VaultError, Verification};

use crate::desired::Request;
use crate::numbers;
use crate::report::Report;
use crate::runner::{JobRunner, JobStep, heals};
use crate::work::{Phase, WorkResult};

/// Its result.
struct JobOutcome {
    result: WorkResult,
    report: Report,
    /// Whether it was stopped before it was done.
    stopped: bool,
    /// Why the vault stopped it.
    halt: Option<PortError>,
}

/// A check, and its progress.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    throttle: Throttle,
    earlier: Arc<Mutex<Option<Verification>>>,
}

impl Check {
    /// One that continues where an earlier one was stopped, if there is one.
    pub(crate) fn new(earlier: Option<Verification>, per_second: Option<NonZeroU64>) -> Self {
        Self { throttle: Throttle::new(per_second), earlier: Arc::new(Mutex::new(earlier)) }
    }

    /// Its progress, if it can be continued.
    pub(crate) fn so_far(&self) -> Option<Verification> {
        self.earlier().clone()
    }

    /// Reads no more than this many bytes a second from now on.
    pub(crate) fn limit(&self, per_second: Option<NonZeroU64>) {
        self.throttle.set(per_second);
    }

    fn earlier(&self) -> MutexGuard<'_, Option<Verification>> {
        self.earlier.lock()
    }
}

/// Gives something back.
pub(crate) async fn restore(runner: JobRunner, scope: RestoreScope, destination: PathBuf, origin: Origin) {
    run(runner, |vault, progress| {
        let (scope, destination) = (scope.clone(), destination.clone());
        async move {
            let restored = vault.restore_from(origin, &scope, &destination, progress).await?;
            let (result, stopped) = (numbers::of_restored(&restored), restored.stopped);
            Ok(JobOutcome { result, report: Report::of_restored(restored, destination), stopped, halt: None })
        }
    })
    .await;
}

/// Checks everything that is stored, from its last position.
pub(crate) async fn verify(runner: JobRunner, check: Check) {
    run(runner, |vault, progress| {
        let check = check.clone();
        async move {
            let how = Checking { throttle: check.throttle.clone(), earlier: check.earlier().clone() };
            let found = vault.verify_as(how, progress).await?;
            let (result, stopped, halt) = (numbers::of_verification(&found), found.stopped, found.halt.clone());
            *check.earlier() = found.up_to.is_some().then(|| found.clone());
            let report = Report::of_verification(found, vault.is_remote());
            Ok(JobOutcome { result, report, stopped, halt })
        }
    })
    .await;
}

async fn run<F>(mut runner: JobRunner, begin: impl Fn(Vault, Arc<Progress>) -> F)
where
    F: Future<Output = Result<JobOutcome, VaultError>> + Send + 'static,
{
    loop {
        let go = runner.go();
        let step = match go {
            Request::Leave => return,
            Request::Cancel => {
                runner.desk.end(runner.id, Phase::Cancelled, |_| ());
                JobStep::Ended
            }
            Request::Pause => {
                runner.paused().await;
                JobStep::On
            }
            Request::On => {
                let progress = Arc::<Progress>::default();
                let doing = begin(runner.desk.vault(), Arc::clone(&progress));
                once(&mut runner, doing, &progress).await
            }
        };
        let step = match step {
            JobStep::Held(error) if heals(&error) => runner.held(error, go).await,
            JobStep::Held(error) => {
                // It is in no queue: the user starts it again, or does not.
                runner.desk.end(runner.id, Phase::Failed, |work| work.reason = Some(error.to_string()));
                JobStep::Ended
            }
            step => step,
        };
        if matches!(step, JobStep::Ended) {
            return;
        }
    }
}

/// Does it once.
async fn once(
    runner: &mut JobRunner,
    doing: impl Future<Output = Result<JobOutcome, VaultError>> + Send + 'static,
    progress: &Arc<Progress>,
) -> JobStep {
    runner.phase(Phase::Running, None);
    let stopping = Arc::clone(progress);
    let mut doing = runner.begin(move || stopping.stop(), doing);
    let came = loop {
        if let Some(came) = doing.done().await {
            break came;
        }
        let counts = progress.counts();
        let speed = doing.pace(counts.into());
        runner.desk.change(runner.id, |work| numbers::of_progress(work, counts, speed));
    };
    match came {
        Ok(JobOutcome { result, report, stopped, halt }) => {
            runner.desk.report(runner.id, report);
            let counts = progress.counts();
            let change = |work: &mut crate::work::Work| {
                numbers::of_progress(work, counts, (None, None));
                (work.result, work.attention) = (Some(result), result.failed);
            };
            if stopped {
                runner.desk.change(runner.id, change);
                return halt.map_or(JobStep::On, JobStep::Held);
            }
            runner.desk.end(runner.id, Phase::Finished, change);
            JobStep::Ended
        }
        Err(VaultError::Stopped) => JobStep::On,
        Err(VaultError::Port(error)) => JobStep::Held(error),
    }
}
