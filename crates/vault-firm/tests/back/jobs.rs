//! Work in a window: held while the connection is dead, and continued automatically.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use vault_core::model::MatterId;
use vault_core::restore::{Origin, RestoreScope};
use vault_jobs::{JobId, JobResult, JobStatus, Jobs, Observer, Options, Phase};

use super::world::{World, borrowed, content, files, letters};

/// Longer than anything here takes.
const LIMIT: Duration = Duration::from_mins(1);

/// Keeps the status of the last reported job.
struct Last(watch::Sender<Option<JobStatus>>);

impl Observer for Last {
    fn job(&self, job: &JobStatus) {
        self.0.send_replace(Some(job.clone()));
    }
    fn job_gone(&self, _id: JobId) {}
    fn filed(&self, _matter: &MatterId) {}
    fn ended(&self, _job: &JobStatus) {}
}

/// Jobs that retry nothing automatically before a request, and the status of the last one.
async fn jobs(world: &World) -> (Jobs, watch::Receiver<Option<JobStatus>>) {
    let last = watch::Sender::new(None);
    let seen = last.subscribe();
    let options = Options { held_for: Duration::from_hours(1), ..Options::default() };
    let jobs = Jobs::start(world.vault.clone(), world.right.clone(), Arc::new(Last(last)), options).await;
    (jobs.unwrap(), seen)
}

async fn until(seen: &mut watch::Receiver<Option<JobStatus>>, phase: Phase) -> JobStatus {
    let there = seen.wait_for(|job| job.as_ref().is_some_and(|job| job.phase == phase));
    tokio::time::timeout(LIMIT, there).await.expect("it comes there").unwrap().clone().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_held_while_the_connection_is_dead_and_continues_where_it_stopped() {
    let world = World::with(&borrowed(&letters(400))).await;
    world.server.remove(&world.place_of(&content(7)));
    let (jobs, mut seen) = jobs(&world).await;
    world.dead_after(300);
    let id = jobs.verify(None).unwrap();
    let held = until(&mut seen, Phase::Held).await;
    assert!(held.reason.is_some_and(|reason| reason.contains("cannot be reached")));
    assert_eq!(jobs.verify_report(id).unwrap().problems.iter().filter(|problem| problem.path != "007.txt").count(), 0);
    world.server.heal();
    let before = world.downloads();
    jobs.try_now();
    let finished = until(&mut seen, Phase::Finished).await;
    assert_eq!(world.downloads() - before, 400 - 256, "content that was read is not read again");
    let Some(JobResult::Verify(result)) = finished.result else { panic!("{finished:?}") };
    assert_eq!((result.sound, result.missing, finished.files, finished.files_done), (399, 1, 400, 400));
    let problems = jobs.verify_report(id).unwrap().problems;
    assert_eq!(problems.iter().map(|problem| &*problem.path).collect::<Vec<_>>(), ["007.txt"]);
    assert!(problems[0].reason.starts_with("Its content is missing"), "{}", problems[0].reason);
    jobs.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_is_held_while_the_connection_is_dead_and_then_continues() {
    let world = World::with(&borrowed(&letters(60))).await;
    let (jobs, mut seen) = jobs(&world).await;
    world.dead_after(25);
    let back = world.path("back");
    let scope = RestoreScope::Matter(MatterId::general());
    jobs.restore(scope, Vec::new(), (back.clone(), Origin::Outside)).await.unwrap();
    let held = until(&mut seen, Phase::Held).await;
    assert!(held.reason.is_some_and(|reason| reason.contains("cannot be reached")));
    let first = files(&back).len() as u64;
    world.server.heal();
    jobs.try_now();
    let finished = until(&mut seen, Phase::Finished).await;
    let Some(JobResult::Restore(result)) = finished.result else { panic!("{finished:?}") };
    assert_eq!((result.already, result.restored, result.failed), (first, 60 - first, 0));
    jobs.shutdown().await;
}
