//! What a program that ended left to the next one, however it ended.

use std::sync::Arc;

use tempfile::TempDir;
use tokio::runtime::Runtime;
use vault_core::ports::DropPhase;
use vault_jobs::{JobError, JobId, Options, Phase};

use crate::results::Results;
use crate::scene::{Scene, asking, at_once, write};

/// Runs jobs in `place` and ends them in the middle, as when a program is killed.
fn killed<F: Future<Output = JobId>>(
    place: &Arc<TempDir>,
    options: Options,
    until: impl FnOnce(Arc<Scene>) -> F,
) -> JobId {
    let runtime = Runtime::new().expect("a runtime");
    let (scene, id) = runtime.block_on(async {
        let scene = Arc::new(Scene::in_place(Arc::clone(place), options, |_| ()).await);
        (Arc::clone(&scene), until(scene).await)
    });
    runtime.shutdown_background();
    drop(scene);
    id
}

#[test]
fn filing_goes_on_after_a_kill() {
    let place = Arc::new(TempDir::new().expect("a folder"));
    for number in 0..2100 {
        write(&place.path().join(format!("Box/{number}.txt")), format!("{number}"));
    }
    let id = killed(&place, at_once(), async |scene| {
        scene.gates.storing.shut();
        let id = scene.take("Box").await;
        scene.phase(id, Phase::Running).await;
        scene.gates.storing.reached().await;
        scene.gates.storing.let_through(1);
        scene.told.until_from(0, id, |job| job.filing().is_some_and(|result| result.stored > 0)).await;
        id
    });
    Runtime::new().expect("a runtime").block_on(async {
        let scene = Scene::in_place(place, asking(), |_| ()).await;
        let finished = scene.phase(id, Phase::Finished).await;
        let result = finished.filed();
        assert_eq!((result.stored, result.already, result.failed), (2100, 0, 0), "nothing is lost or filed twice");
        assert_eq!((finished.files, finished.files_done, finished.names), (2100, 2100, vec!["Box".to_owned()]));
        assert_eq!(scene.summary(id).await.expect("in the history").counts.stored, 2100);
    });
}

#[test]
fn what_waited_for_the_person_waits_again_after_a_kill() {
    let place = Arc::new(TempDir::new().expect("a folder"));
    write(&place.path().join("Box/a.txt"), "one");
    let id = killed(&place, asking(), async |scene| {
        let id = scene.take("Box").await;
        assert!(scene.journaled(id).await.waits_for_user(), "other programs know that it is not theirs to file");
        scene.phase(id, Phase::Ready).await;
        id
    });
    write(&place.path().join("Box/b.txt"), "two");
    Runtime::new().expect("a runtime").block_on(async {
        let scene = Scene::in_place(place, asking(), |_| ()).await;
        let ready = scene.phase(id, Phase::Ready).await;
        assert_eq!(ready.preflight.expect("a pre-flight").counts.new, 2, "it is read as it is now");
        assert_eq!(scene.journaled(id).await.phase, DropPhase::Preparing, "nothing is filed without having been asked");
        scene.jobs.file(id).await.expect("it waits for this");
        assert!(!scene.journaled(id).await.waits_for_user());
        scene.phase(id, Phase::Finished).await;
    });
}

#[test]
fn what_the_person_said_holds_after_a_kill() {
    let place = Arc::new(TempDir::new().expect("a folder"));
    write(&place.path().join("Box/a.txt"), "one");
    write(&place.path().join("Other/b.txt"), "two");
    let id = killed(&place, asking(), async |scene| {
        scene.gates.storing.shut();
        let first = scene.take("Box").await;
        scene.phase(first, Phase::Ready).await;
        scene.jobs.file(first).await.expect("it waits for this");
        scene.phase(first, Phase::Running).await;
        let second = scene.take("Other").await;
        scene.phase(second, Phase::Ready).await;
        scene.jobs.file(second).await.expect("it waits for this");
        second
    });
    Runtime::new().expect("a runtime").block_on(async {
        let scene = Scene::in_place(place, asking(), |_| ()).await;
        scene.phase(id, Phase::Finished).await;
        assert!(!scene.told.phases(id).contains(&Phase::Ready), "it was asked already");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shut_down_leaves_everything_to_the_next() {
    let scene = Scene::new(at_once()).await;
    scene.write("Box/a.txt", "one");
    scene.write("Other/b.txt", "two");
    scene.gates.storing.shut();
    let filing = scene.take("Box").await;
    scene.phase(filing, Phase::Running).await;
    scene.gates.storing.reached().await;
    scene.gates.reading.shut();
    let reading = scene.take("Other").await;
    scene.phase(reading, Phase::Reading).await;
    scene.jobs.pause(reading).expect("it is read");
    scene.gates.reading.open();
    scene.phase(reading, Phase::Paused).await;
    let jobs = scene.jobs.clone();
    let scene = scene.restarted(at_once()).await;
    let sources = vec![scene.path("Box")];
    let refused = jobs.submit(&vault_core::model::MatterId::general(), sources).await;
    assert_eq!(refused, Err(JobError::Ending));
    assert!(matches!(jobs.verify(None), Err(JobError::Ending)));
    scene.phase(filing, Phase::Finished).await;
    scene.phase(reading, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shutting_down_ends_no_work_and_tells_everything_first() {
    let scene = Scene::new(asking()).await;
    scene.write("Box/a.txt", "one");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    scene.jobs.shutdown().await;
    let told = scene.told.so_far();
    assert_eq!(scene.told.ends(id, 0).await, []);
    assert_eq!(scene.jobs.file(id).await, Err(JobError::Ending));
    scene.jobs.shutdown().await;
    assert_eq!(scene.told.so_far(), told, "nothing is told any more");
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Preparing);
}
