//! The course of a restore and of a check: they run beside everything else. When they were stopped, a restore leaves
//! what is there already, and a check goes on where it was.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use vault_core::ports::PortError;
use vault_core::rate::Throttle;
use vault_core::restore::{Origin, RestoreScope};
use vault_core::{Checking, Progress, Vault, VaultError, Verification};

use crate::course::{Course, Step, heals};
use crate::numbers;
use crate::report::Report;
use crate::wish::Go;
use crate::work::{Phase, WorkResult};

/// What came of it.
struct Came {
    result: WorkResult,
    report: Report,
    /// Whether it was stopped before it was done.
    stopped: bool,
    /// Why the vault stopped it.
    halt: Option<PortError>,
}

/// A check, and how far it came.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    throttle: Throttle,
    earlier: Arc<Mutex<Option<Verification>>>,
}

impl Check {
    /// One that goes on where an earlier one was stopped, if there is one.
    pub(crate) fn new(earlier: Option<Verification>, per_second: Option<NonZeroU64>) -> Self {
        Self { throttle: Throttle::new(per_second), earlier: Arc::new(Mutex::new(earlier)) }
    }

    /// How far it came, if it can go on from there.
    pub(crate) fn so_far(&self) -> Option<Verification> {
        self.earlier().clone()
    }

    /// Reads no more than so much a second from now on.
    pub(crate) fn limit(&self, per_second: Option<NonZeroU64>) {
        self.throttle.set(per_second);
    }

    fn earlier(&self) -> MutexGuard<'_, Option<Verification>> {
        self.earlier.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives something back.
pub(crate) async fn restore(course: Course, scope: RestoreScope, destination: PathBuf, origin: Origin) {
    run(course, |vault, progress| {
        let (scope, destination) = (scope.clone(), destination.clone());
        async move {
            let restored = vault.restore_from(origin, &scope, &destination, progress).await?;
            let (result, stopped) = (numbers::of_restored(&restored), restored.stopped);
            Ok(Came { result, report: Report::of_restored(restored, destination), stopped, halt: None })
        }
    })
    .await;
}

/// Checks everything that is stored, from where it was.
pub(crate) async fn verify(course: Course, check: Check) {
    run(course, |vault, progress| {
        let check = check.clone();
        async move {
            let how = Checking { throttle: check.throttle.clone(), earlier: check.earlier().clone() };
            let found = vault.verify_as(how, progress).await?;
            let (result, stopped, halt) = (numbers::of_verification(&found), found.stopped, found.halt.clone());
            *check.earlier() = found.up_to.is_some().then(|| found.clone());
            let report = Report::of_verification(found, vault.is_elsewhere());
            Ok(Came { result, report, stopped, halt })
        }
    })
    .await;
}

async fn run<F>(mut course: Course, begin: impl Fn(Vault, Arc<Progress>) -> F)
where
    F: Future<Output = Result<Came, VaultError>> + Send + 'static,
{
    loop {
        let go = course.go();
        let step = match go {
            Go::Leave => return,
            Go::Cancel => {
                course.desk.end(course.id, Phase::Cancelled, |_| ());
                Step::Ended
            }
            Go::Pause => {
                course.paused().await;
                Step::On
            }
            Go::On => {
                let progress = Arc::<Progress>::default();
                let doing = begin(course.desk.vault(), Arc::clone(&progress));
                once(&mut course, doing, &progress).await
            }
        };
        let step = match step {
            Step::Held(error) if heals(&error) => course.held(error, go).await,
            Step::Held(error) => {
                // Nothing of it is in a queue: it is asked for again, or it is not.
                course.desk.end(course.id, Phase::Failed, |work| work.reason = Some(error.to_string()));
                Step::Ended
            }
            step => step,
        };
        if matches!(step, Step::Ended) {
            return;
        }
    }
}

/// Does it once.
async fn once(
    course: &mut Course,
    doing: impl Future<Output = Result<Came, VaultError>> + Send + 'static,
    progress: &Arc<Progress>,
) -> Step {
    course.phase(Phase::Running, None);
    let stopping = Arc::clone(progress);
    let mut doing = course.begin(move || stopping.stop(), doing);
    let came = loop {
        if let Some(came) = doing.done().await {
            break came;
        }
        let counts = progress.counts();
        let speed = doing.pace(counts.into());
        course.desk.change(course.id, |work| numbers::of_progress(work, counts, speed));
    };
    match came {
        Ok(Came { result, report, stopped, halt }) => {
            course.desk.report(course.id, report);
            let counts = progress.counts();
            let change = |work: &mut crate::work::Work| {
                numbers::of_progress(work, counts, (None, None));
                (work.result, work.attention) = (Some(result), result.failed);
            };
            if stopped {
                course.desk.change(course.id, change);
                return halt.map_or(Step::On, Step::Held);
            }
            course.desk.end(course.id, Phase::Finished, change);
            Step::Ended
        }
        Err(VaultError::Stopped) => Step::On,
        Err(VaultError::Port(error)) => Step::Held(error),
    }
}
