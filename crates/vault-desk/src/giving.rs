//! The course of a restore and of a check: they run beside everything else, and begin anew when they were stopped.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::restore::RestoreScope;
use vault_core::{Progress, Vault, VaultError};

use crate::course::{Course, Step, Watched, heals};
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
}

/// Gives something back.
pub(crate) async fn restore(course: Course, scope: RestoreScope, destination: PathBuf) {
    run(course, |vault, progress| {
        let (scope, destination) = (scope.clone(), destination.clone());
        async move {
            let restored = vault.restore(&scope, &destination, progress).await?;
            let (result, stopped) = (numbers::of_restored(&restored), restored.stopped);
            Ok(Came { result, report: Report::of_restored(restored, destination), stopped })
        }
    })
    .await;
}

/// Checks everything that is stored.
pub(crate) async fn verify(course: Course) {
    run(course, |vault, progress| async move {
        let found = vault.verify(progress).await?;
        let (result, stopped) = (numbers::of_verification(&found), found.stopped);
        Ok(Came { result, report: Report::of_verification(found), stopped })
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

/// Does it, from its beginning.
async fn once(
    course: &mut Course,
    doing: impl Future<Output = Result<Came, VaultError>> + Send + 'static,
    progress: &Progress,
) -> Step {
    course.phase(Phase::Running, None);
    let mut doing = Watched::begin(doing);
    let came = loop {
        if let Some(came) = course.watch(&mut doing, || progress.stop()).await {
            break came;
        }
        let counts = progress.counts();
        let speed = doing.pace(counts.into());
        course.desk.change(course.id, |work| numbers::of_progress(work, counts, speed));
    };
    match came {
        Ok(Came { result, report, stopped }) => {
            course.desk.report(course.id, report);
            let counts = progress.counts();
            let change = |work: &mut crate::work::Work| {
                numbers::of_progress(work, counts, (None, None));
                (work.result, work.attention) = (Some(result), result.failed);
            };
            if stopped {
                course.desk.change(course.id, change);
                return Step::On;
            }
            course.desk.end(course.id, Phase::Finished, change);
            Step::Ended
        }
        Err(VaultError::Stopped) => Step::On,
        Err(VaultError::Port(error)) => Step::Held(error),
    }
}
