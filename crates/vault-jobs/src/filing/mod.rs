//! Filing a drop: it is read and waits for the user (`reading`), then its files are filed (`delivering`), one drop
//! at a time (`Turns`).

mod delivering;
mod lists;
mod numbers;
mod problems;
mod reading;
mod requests;
mod result;
mod run;
mod shown;
mod single;
mod turns;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use parking_lot::Mutex;
use tokio::sync::oneshot;
use vault_core::ports::{DropPhase, JournaledDrop, PortError};
use vault_core::preflight::Preflight;

pub use lists::{Found, PreflightList, PreflightRow, ProblemRow, QueueRow, QueueState};
pub use result::{FilingResult, Planned};
pub(crate) use turns::Turns;

use self::shown::Shown;
use crate::desired::Request;
use crate::job::Job;
use crate::jobs::Jobs;
use crate::registered::JobKind;
use crate::registry::Registry;
use crate::runner::JobRunner;
use crate::status::{JobId, JobStatus, Phase};

/// Numbers of files in a drop; an empty list means all files that need attention.
type Seqs = BTreeSet<u64>;

/// The drop with the job's id is filed. Everything else about it is in the journal.
#[derive(Default)]
pub(crate) struct FilingJob(Mutex<Kept>);

/// What is kept of a drop for the user, and of their requests.
#[derive(Default)]
struct Kept {
    /// The pre-flight, while it waits for the user.
    shown: Option<Shown>,
    /// Files to retry.
    again: Option<Seqs>,
    /// Callers that wait until *File* is in the journal.
    confirming: Vec<oneshot::Sender<()>>,
}

#[async_trait]
impl Job for FilingJob {
    fn kind(&self) -> JobKind {
        JobKind::Filing
    }

    async fn take_up(jobs: &Jobs) -> Result<(), PortError> {
        let (registry, vault) = (&jobs.registry, jobs.registry.vault());
        let (unfinished, attention) = (vault.unfinished_drops().await?, vault.drops_needing_attention().await?);
        for drop in &attention {
            // Only a registry that is ending refuses.
            let _ = registry.add(JobStatus { phase: Phase::Finished, ..status_of(drop) }, new(), false);
        }
        for drop in &unfinished {
            let _ = registry.add(status_of(drop), new(), true);
            if let Some(go) = asked_of(drop) {
                let _ = registry.with(drop.new.id.into(), |entry| {
                    entry.request(go);
                    Ok(())
                });
            }
        }
        Ok(())
    }

    async fn run(self: Arc<Self>, runner: JobRunner) {
        run::run(self, runner).await;
    }

    /// Records it in the journal: the window may be closed before the running operation has stopped, and another program
    /// may be filing the drop.
    fn cancelled(&self, registry: &Registry, id: JobId) {
        let vault = registry.vault();
        registry.runtime.spawn(async move {
            // If it cannot be written now, the runner tries again.
            if let Err(error) = vault.note_cancellation(id.drop_id()).await {
                tracing::warn!(drop = %id, class = error.class(), "a cancellation is not kept yet");
            }
        });
    }

    fn may_finish(&self) -> bool {
        !self.is_to_try_again()
    }

    fn let_go(&self) {
        *self.0.lock() = Kept::default();
    }
}

impl FilingJob {
    /// Shows this pre-flight until it is taken for filing.
    fn show(&self, preflight: Preflight) {
        self.0.lock().shown = Some(Shown::new(preflight));
    }

    /// The pre-flight that is shown, if it has not been taken.
    fn shown(&self) -> Option<Shown> {
        self.0.lock().shown.clone()
    }

    /// Takes the pre-flight; its lists are gone.
    fn take_shown(&self) -> Option<Preflight> {
        let shown = self.0.lock().shown.take();
        shown.and_then(|shown| shown.take())
    }

    /// Requests a retry of these files; with none, of all.
    fn try_again(&self, seqs: impl IntoIterator<Item = u64>) {
        let seqs = Seqs::from_iter(seqs);
        let mut kept = self.0.lock();
        kept.again = match kept.again.take() {
            Some(mut before) if !before.is_empty() && !seqs.is_empty() => {
                before.extend(seqs);
                Some(before)
            }
            Some(all) if all.is_empty() => Some(all),
            _ => Some(seqs),
        };
    }

    /// Whether files are to be retried.
    fn is_to_try_again(&self) -> bool {
        self.0.lock().again.is_some()
    }

    /// Takes the files to retry, if there are any; the caller retries them.
    fn take_again(&self) -> Option<Seqs> {
        self.0.lock().again.take()
    }

    /// The user pressed *File*; the returned future ends when that is in the journal.
    fn confirm(&self) -> oneshot::Receiver<()> {
        let (in_journal, wait) = oneshot::channel();
        self.0.lock().confirming.push(in_journal);
        wait
    }

    /// *File* is in the journal, or cannot be written there now.
    fn confirmed(&self) {
        let confirming = std::mem::take(&mut self.0.lock().confirming);
        for waiting in confirming {
            // The caller may no longer be waiting.
            let _ = waiting.send(());
        }
    }
}

fn new() -> Arc<FilingJob> {
    Arc::default()
}

/// A drop as it is shown while only the journal's data is known.
fn status_of(drop: &JournaledDrop) -> JobStatus {
    let new = &drop.new;
    let names = new.sources.iter().map(|source| name_of(source)).collect();
    let mut status = JobStatus::new(new.id.into(), JobKind::Filing, Some(new.matter.clone()), names, new.started);
    if drop.phase != DropPhase::Preparing {
        numbers::of_drop(&mut status, drop);
    }
    status
}

/// The requested state of a drop, from the journal.
fn asked_of(drop: &JournaledDrop) -> Option<Request> {
    match drop {
        drop if drop.is_cancelling() => Some(Request::Cancel),
        drop if drop.is_paused_by_user() => Some(Request::Pause),
        _ => None,
    }
}

fn name_of(source: &Path) -> String {
    source.file_name().map_or_else(|| source.display().to_string(), |name| name.to_string_lossy().into_owned())
}
