//! Single files: one that waits by itself, one that is taken out, one that is somewhere else now.

use std::fs;
use std::time::Duration;

use vault_core::ports::DropPhase;
use vault_jobs::filing::QueueState;
use vault_jobs::{JobError, JobId, Options, Phase};

use crate::gates::STUCK;
use crate::results::Results;
use crate::scene::{Scene, asking, at_once};

/// Three files, one of which the storage does not take.
async fn with_one_stuck(options: Options) -> (Scene, JobId) {
    let scene = Scene::new(options).await;
    for name in ["a", "b", "c"] {
        scene.write(&format!("Box/{name}.txt"), name);
    }
    scene.gates.refuse(Some(b"b"));
    let id = scene.take("Box").await;
    let held = scene.phase(id, Phase::Held).await;
    assert_eq!((held.later, held.files, held.files_done, held.attention), (1, 3, 2, 0));
    assert_eq!((held.reason.as_deref(), held.filed().stored), (Some(STUCK), 2));
    (scene, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_waits_is_listed_with_its_reason_and_tried_when_somebody_asks() {
    let (scene, id) = with_one_stuck(at_once()).await;
    let rows = scene.jobs.queue(id, 0, 10).await.expect("it is filed");
    let QueueState::Waits { until, why } = &rows[0].standing else { panic!("{rows:?}") };
    assert_eq!((rows.len(), rows[0].name.as_str(), why.as_str()), (1, "b.txt", STUCK));
    assert!(*until > scene.now(id).started);
    assert!(scene.jobs.is_busy(), "it goes on by itself");

    // Somebody asks in vain, and it waits again; then the storage takes it.
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[rows[0].seq]).expect("it waits");
    scene.next(from, id, Phase::Running).await;
    scene.next(from, id, Phase::Held).await;
    scene.gates.refuse(None);
    scene.jobs.resume(id).expect("it waits");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.later, finished.filed().stored), (0, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_is_back_is_reason_enough_to_try_what_waits() {
    let (scene, id) = with_one_stuck(at_once()).await;
    scene.gates.refuse(None);
    scene.jobs.try_now();
    scene.phase(id, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_drops_are_filed_meanwhile() {
    let (scene, id) = with_one_stuck(at_once()).await;
    scene.write("Second/d.txt", "d");
    let second = scene.take("Second").await;
    scene.phase(second, Phase::Finished).await;
    assert_eq!(scene.now(id).phase, Phase::Held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_goes_on_after_a_restart() {
    let (scene, id) = with_one_stuck(at_once()).await;
    let scene = scene.restarted(at_once()).await;
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!(finished.filed().stored, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_paused_stays_paused_after_a_restart() {
    let (scene, id) = with_one_stuck(at_once()).await;
    scene.jobs.pause(id).expect("it waits");
    scene.phase(id, Phase::Paused).await;
    let scene = scene.restarted(at_once()).await;
    scene.phase(id, Phase::Paused).await;
    assert!(scene.journaled(id).await.is_paused_by_user(), "other programs leave it alone");
    scene.jobs.resume(id).expect("it is paused");
    assert_eq!(scene.phase(id, Phase::Finished).await.filed().stored, 3);
    assert_eq!(scene.journaled(id).await.paused, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_that_waits_can_be_taken_out_and_the_drop_is_finished() {
    let options = Options { held_for: Duration::from_millis(10), ..at_once() };
    for paused in [false, true] {
        let (scene, id) = with_one_stuck(options.clone()).await;
        if paused {
            scene.jobs.pause(id).expect("it waits");
            scene.phase(id, Phase::Paused).await;
        }
        let seq = scene.jobs.queue(id, 0, 10).await.expect("it is filed")[0].seq;
        assert_eq!(scene.jobs.remove_files(id, &[seq]).await, Ok(1));
        let finished = scene.phase(id, Phase::Finished).await;
        let result = finished.filed();
        assert_eq!((result.stored, result.cancelled, result.failed, finished.later), (2, 1, 0, 0), "paused: {paused}");
        assert_eq!(scene.journaled(id).await.phase, DropPhase::Finished);
        assert_eq!(scene.jobs.queue(id, 0, 10).await, Ok(vec![]));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn queued_files_are_taken_out_of_a_drop_in_line() {
    let scene = Scene::new(asking()).await;
    scene.write("First/x.txt", "x");
    for name in ["a", "b", "c"] {
        scene.write(&format!("Box/{name}.txt"), name);
    }
    scene.gates.storing.shut();
    let [first, id] = [scene.take("First").await, scene.take("Box").await];
    scene.phase(first, Phase::Ready).await;
    scene.jobs.file(first).await.expect("it is ready");
    scene.gates.storing.reached().await;
    scene.phase(id, Phase::Ready).await;
    scene.jobs.file(id).await.expect("it is ready");
    let rows = scene.jobs.queue(id, 0, 10).await.expect("it is in line");
    assert!(rows.iter().all(|row| row.standing == QueueState::Queued) && rows.len() == 3, "{rows:?}");
    let b = rows.iter().find(|row| row.name == "b.txt").expect("it is listed").seq;
    assert_eq!(scene.jobs.remove_files(id, &[b]).await, Ok(1));
    scene.gates.storing.open();
    scene.phase(first, Phase::Finished).await;
    let result = scene.phase(id, Phase::Finished).await.filed();
    assert_eq!((result.stored, result.cancelled), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_filed_from_where_it_is_now() {
    let scene = Scene::new(at_once()).await;
    for name in ["a", "b", "c"] {
        scene.write(&format!("Box/In/{name}.txt"), name);
    }
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.gates.storing.reached().await;
    fs::rename(scene.path("Box"), scene.path("Moved")).expect("it was there");
    scene.gates.storing.open();
    assert_eq!(scene.phase(id, Phase::Finished).await.attention, 3);

    fs::write(scene.path("Moved/In/b.txt"), "B").expect("it is there");
    let from = scene.told.so_far();
    let found = scene.jobs.locate(id, &[], &scene.path("Moved")).await.expect("something is missing");
    assert_eq!((found.found, found.different, found.missing), (2, vec!["Box/In/b.txt".to_owned()], 0));
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (1, 2));
    let found = scene.jobs.locate(id, &[], &scene.path("Moved")).await.expect("one is missing");
    assert_eq!((found.found, found.different.len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_chosen_from_a_drop_that_is_not_filed_yet() {
    let scene = Scene::new(asking()).await;
    scene.write("Box/a.txt", "a");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    assert!(matches!(scene.jobs.queue(id, 0, 10).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.remove_files(id, &[0]).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.locate(id, &[0], &scene.path("Box")).await, Err(JobError::NotNow(_))));
}

/// A file whose content is in the vault has its turn when the others of its page are stored: until then it can be taken
/// out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_known_file_that_was_taken_out_is_not_recorded() {
    let scene = Scene::new(at_once()).await;
    scene.write("First/a.txt", "the same");
    let first = scene.take("First").await;
    scene.phase(first, Phase::Finished).await;
    scene.write("Box/known.txt", "the same");
    scene.write("Box/private.txt", "the same");
    scene.write("Box/new.txt", "new");
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Running).await;
    scene.gates.storing.reached().await;
    let rows = scene.jobs.queue(id, 0, 10).await.expect("it is filed");
    let private = rows.iter().find(|row| row.name == "private.txt").expect("it is in line").seq;
    assert_eq!(scene.jobs.remove_files(id, &[private]).await, Ok(1));
    scene.gates.storing.open();
    let result = scene.phase(id, Phase::Finished).await.filed();
    assert_eq!((result.stored, result.already, result.cancelled), (1, 1, 1));
    let vault = &scene.opened.vault;
    let key = vault.drop_key(id.drop_id()).await.expect("a history").expect("a drop");
    let events = vault.parts().records.events_of_drop(&key, None, 10).await.expect("a history");
    let mut names: Vec<&str> = events.iter().map(|event| event.file_name.text()).collect();
    names.sort_unstable();
    assert_eq!(names, ["known.txt", "new.txt"]);
}

/// What a person wants tried again does not wait until the time of another file has come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_tried_again_though_another_waits() {
    let scene = Scene::new(Options { held_for: Duration::from_hours(1), ..at_once() }).await;
    for name in ["a", "b", "c"] {
        scene.write(&format!("Box/{name}.txt"), name);
    }
    scene.gates.refuse(Some(b"b"));
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.gates.storing.reached().await;
    let away = scene.path("c.txt");
    fs::rename(scene.path("Box/c.txt"), &away).expect("moved away");
    scene.gates.storing.open();
    let held = scene.told.until_from(0, id, |job| job.phase == Phase::Held && job.attention == 1).await;
    assert_eq!((held.later, held.filed().stored), (1, 1));
    fs::rename(&away, scene.path("Box/c.txt")).expect("moved back");
    // While the one that waits is tried once more, somebody wants the other tried.
    scene.gates.storing.shut();
    scene.jobs.resume(id).expect("it waits");
    scene.gates.storing.reached().await;
    scene.jobs.retry(id, &[]).expect("it is being filed");
    scene.gates.storing.open();
    scene.told.until_from(0, id, |job| job.attention == 0 && job.filing().is_some_and(|r| r.stored == 2)).await;
}
