//! An observer that remembers what it was told, and lets a test wait for it.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::watch;
use vault_core::model::MatterId;
use vault_jobs::{JobId, JobStatus, Observer, Phase};

use crate::scene::LIMIT;

/// Something that was told.
#[derive(Debug, Clone)]
pub(crate) enum Tale {
    Job(Instant, JobStatus),
    Gone(JobId),
    Filed(MatterId),
    Ended(JobStatus),
}

/// Remembers what it was told.
#[derive(Default)]
pub(crate) struct Told {
    tales: Mutex<Vec<Tale>>,
    count: watch::Sender<usize>,
}

impl Told {
    fn add(&self, tale: Tale) {
        let mut tales = self.tales.lock().expect("no panic");
        tales.push(tale);
        self.count.send_replace(tales.len());
    }

    pub(crate) fn all(&self) -> Vec<Tale> {
        self.tales.lock().expect("no panic").clone()
    }

    /// How a job stood each time it was told of, and when that was.
    pub(crate) fn of(&self, id: JobId) -> Vec<(Instant, JobStatus)> {
        let told = self.all().into_iter().filter_map(|tale| match tale {
            Tale::Job(at, job) if job.id == id => Some((at, job)),
            _ => None,
        });
        told.collect()
    }

    /// The phases a job went through, each once for as long as it stayed.
    pub(crate) fn phases(&self, id: JobId) -> Vec<Phase> {
        let mut phases: Vec<Phase> = self.of(id).iter().map(|(_, job)| job.phase).collect();
        phases.dedup();
        phases
    }

    /// The phases a job ended with, once so many ends were told.
    pub(crate) async fn ends(&self, id: JobId, so_many: usize) -> Vec<Phase> {
        let ends = |tales: &[Tale]| {
            let ends = tales.iter().filter_map(|tale| match tale {
                Tale::Ended(job) if job.id == id => Some(job.phase),
                _ => None,
            });
            Some(ends.collect::<Vec<_>>()).filter(|ends| ends.len() >= so_many)
        };
        self.wait(ends).await.unwrap_or_else(|| panic!("{so_many} ends were not told of: {:#?}", self.of(id).last()))
    }

    pub(crate) fn filed(&self) -> usize {
        self.all().iter().filter(|tale| matches!(tale, Tale::Filed(matter) if matter.is_general())).count()
    }

    pub(crate) fn gone(&self, id: JobId) -> bool {
        self.all().iter().any(|tale| matches!(tale, Tale::Gone(gone) if *gone == id))
    }

    /// Waits until `find` finds something in what was told; `None` after too long a time.
    async fn wait<T>(&self, find: impl Fn(&[Tale]) -> Option<T>) -> Option<T> {
        let mut count = self.count.subscribe();
        let waiting = async {
            loop {
                count.borrow_and_update();
                if let Some(found) = find(&self.all()) {
                    return found;
                }
                count.changed().await.expect("the observer is there");
            }
        };
        tokio::time::timeout(LIMIT, waiting).await.ok()
    }

    /// Waits until a job was told of that is as `is` says, after the first `from` things that were told.
    pub(crate) async fn until_from(&self, from: usize, id: JobId, is: impl Fn(&JobStatus) -> bool) -> JobStatus {
        let found = self.wait(|tales| {
            tales.iter().skip(from).find_map(|tale| match tale {
                Tale::Job(_, job) if job.id == id && is(job) => Some(job.clone()),
                _ => None,
            })
        });
        found.await.unwrap_or_else(|| panic!("this was not told: {:#?}", self.of(id).last()))
    }

    /// Waits until a job has come to this phase, at whatever time.
    pub(crate) async fn phase(&self, id: JobId, phase: Phase) -> JobStatus {
        self.until_from(0, id, |job| job.phase == phase).await
    }

    /// How many things were told so far.
    pub(crate) fn so_far(&self) -> usize {
        self.all().len()
    }
}

/// As the jobs are given it.
pub(crate) struct Ear(pub(crate) Arc<Told>);

impl Observer for Ear {
    fn job(&self, job: &JobStatus) {
        self.0.add(Tale::Job(Instant::now(), job.clone()));
    }

    fn job_gone(&self, id: JobId) {
        self.0.add(Tale::Gone(id));
    }

    fn filed(&self, matter: &MatterId) {
        self.0.add(Tale::Filed(matter.clone()));
    }

    fn ended(&self, job: &JobStatus) {
        self.0.add(Tale::Ended(job.clone()));
    }
}
