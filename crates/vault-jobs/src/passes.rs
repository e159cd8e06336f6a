//! A job that runs in passes: each does what is left, from the beginning or from where the last one stopped. A restore
//! and a check are such jobs. They run independently of everything else.

use std::sync::Arc;

use vault_core::ports::PortError;
use vault_core::{Progress, ProgressCounts, Vault, VaultError};

use crate::desired::Request;
use crate::registered::JobResult;
use crate::runner::{JobRunner, JobStep, heals};
use crate::status::{JobStatus, Phase, Speed};

/// What a pass came to.
pub(crate) struct JobOutcome {
    /// What the job has done so far.
    pub(crate) result: JobResult,
    /// Files that need attention.
    pub(crate) attention: u64,
    /// Whether it was stopped before it was done.
    pub(crate) stopped: bool,
    /// Why the vault stopped it.
    pub(crate) halt: Option<PortError>,
}

/// Runs passes until the job ends or is left. `begin` starts one, which stops when its progress does.
pub(crate) async fn run<F>(mut runner: JobRunner, begin: impl Fn(Vault, Arc<Progress>) -> F)
where
    F: Future<Output = Result<JobOutcome, VaultError>> + Send + 'static,
{
    loop {
        let go = runner.go();
        let step = match go {
            Request::Leave => return,
            Request::Cancel => {
                runner.registry.end(runner.id, Phase::Cancelled, |_| ());
                JobStep::Ended
            }
            Request::Pause => {
                runner.paused().await;
                JobStep::On
            }
            Request::On => {
                let progress = Arc::<Progress>::default();
                let doing = begin(runner.registry.vault(), Arc::clone(&progress));
                pass(&mut runner, doing, &progress).await
            }
        };
        let step = match step {
            JobStep::Held(error) if heals(&error) => runner.held(error, go).await,
            JobStep::Held(error) => {
                // It is in no queue: the user starts it again, or does not.
                runner.registry.end(runner.id, Phase::Failed, |status| status.reason = Some(error.to_string()));
                JobStep::Ended
            }
            step => step,
        };
        if matches!(step, JobStep::Ended) {
            return;
        }
    }
}

/// Runs one pass, and publishes its progress.
async fn pass(
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
        runner.registry.change(runner.id, |status| show(status, counts, speed));
    };
    match came {
        Ok(JobOutcome { result, attention, stopped, halt }) => {
            let counts = progress.counts();
            let change = |status: &mut JobStatus| {
                show(status, counts, (None, None));
                (status.result, status.attention) = (Some(result), attention);
            };
            if stopped {
                runner.registry.change(runner.id, change);
                return halt.map_or(JobStep::On, JobStep::Held);
            }
            runner.registry.end(runner.id, Phase::Finished, change);
            JobStep::Ended
        }
        Err(VaultError::Stopped) => JobStep::On,
        Err(VaultError::Port(error)) => JobStep::Held(error),
    }
}

fn show(status: &mut JobStatus, counts: ProgressCounts, speed: Speed) {
    (status.files, status.files_done) = (counts.files, counts.files_done);
    (status.bytes, status.bytes_done) = (counts.bytes, counts.bytes_done);
    (status.rate, status.seconds_left) = speed;
}
