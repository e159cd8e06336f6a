//! The road of a drop, from being handed over to its end.

use vault_core::ports::DropPhase;
use vault_jobs::{JobKind, JobStatus, Phase};

use crate::results::Results;
use crate::scene::{Scene, asking, at_once};

fn box_of(scene: &Scene) {
    scene.write("Box/a.pdf", "the contract");
    scene.write("Box/Copies/a.pdf", "the contract");
    scene.write("Box/Letters/b.txt", "a letter");
    scene.write("Box/Thumbs.db", "pictures");
}

/// The numbers of a drop that ended, and of its pre-flight, say the same of every file.
fn adds_up(job: &JobStatus) {
    let (planned, result) = (job.preflight.expect("a pre-flight").counts, job.filed());
    let sum = planned.new + planned.already_stored + planned.repeated + planned.left_out + planned.problems;
    assert_eq!(planned.found, sum);
    assert_eq!(planned.found, result.stored + result.already + result.failed + result.left_out);
    assert_eq!(job.files, result.stored + result.already + result.failed);
    assert_eq!(job.files, job.files_done);
    assert_eq!(job.bytes, job.bytes_done);
    assert_eq!(job.bytes, result.bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_is_read_waits_for_the_person_and_is_filed() {
    let scene = Scene::new(asking()).await;
    box_of(&scene);
    let id = scene.take("Box").await;
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Preparing, "it is in the journal at once");

    let ready = scene.phase(id, Phase::Ready).await;
    assert_eq!((ready.kind, ready.names.as_slice()), (JobKind::Filing, ["Box".to_owned()].as_slice()));
    let planned = ready.preflight.expect("a pre-flight");
    assert_eq!((planned.folders, planned.counts.found, planned.counts.new, planned.counts.repeated), (3, 4, 2, 1));
    assert_eq!((ready.files, ready.files_done, ready.bytes, ready.bytes_done), (3, 3, 32, 32));
    assert_eq!(ready.result, None, "nothing is filed without having been asked");
    assert!(!scene.jobs.is_busy());

    scene.jobs.file(id).await.expect("it waits for this");
    assert_ne!(scene.journaled(id).await.phase, DropPhase::Preparing, "that it was asked is in the journal");
    let finished = scene.phase(id, Phase::Finished).await;
    adds_up(&finished);
    let result = finished.filed();
    assert_eq!((result.stored, result.already, result.failed, result.left_out, result.bytes), (2, 1, 0, 1, 20));
    assert_eq!((finished.attention, finished.reason.as_deref(), finished.rate), (0, None, None));
    assert_eq!(scene.told.phases(id), [Phase::Reading, Phase::Ready, Phase::InLine, Phase::Running, Phase::Finished]);
    scene.jobs.shutdown().await;
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Finished]);
    assert!(scene.told.filed() > 0);
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Finished);
    assert_eq!(scene.summary(id).await.expect("in the history").counts.stored, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_is_filed_at_once_if_that_is_set() {
    let scene = Scene::new(at_once()).await;
    box_of(&scene);
    let id = scene.take("Box").await;
    let finished = scene.phase(id, Phase::Finished).await;
    adds_up(&finished);
    assert!(!scene.told.phases(id).contains(&Phase::Ready));

    scene.jobs.set_file_at_once(false);
    let again = scene.take("Box").await;
    let planned = scene.phase(again, Phase::Ready).await.preflight.expect("a pre-flight").counts;
    assert_eq!((planned.new, planned.already_stored, planned.bytes_to_store), (0, 3, 0));
    scene.jobs.set_file_at_once(true);
    scene.jobs.file(again).await.expect("setting it later does not file what waits");
    let result = scene.phase(again, Phase::Finished).await.filed();
    assert_eq!((result.stored, result.already, result.bytes), (0, 3, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_folder_is_filed_too() {
    let scene = Scene::new(at_once()).await;
    std::fs::create_dir(scene.path("Box")).expect("a folder");
    let id = scene.take("Box").await;
    let finished = scene.phase(id, Phase::Finished).await;
    adds_up(&finished);
    assert_eq!(finished.preflight.expect("a pre-flight").folders, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_drop_is_filed_at_a_time_and_the_next_is_read_meanwhile() {
    let scene = Scene::new(at_once()).await;
    box_of(&scene);
    scene.write("Other/c.txt", "something else");
    scene.gates.storing.shut();
    let first = scene.take("Box").await;
    scene.phase(first, Phase::Running).await;
    scene.gates.storing.reached().await;
    let second = scene.take("Other").await;
    let waiting = scene.told.until_from(0, second, |job| job.phase == Phase::InLine && job.preflight.is_some()).await;
    assert_eq!(waiting.preflight.expect("it was read").counts.new, 1);
    assert_eq!(scene.now(first).phase, Phase::Running);
    assert!(scene.jobs.is_busy());
    scene.gates.storing.open();
    scene.phase(first, Phase::Finished).await;
    scene.phase(second, Phase::Finished).await;
    let running = |id| scene.told.of(id).into_iter().find(|(_, job)| job.phase == Phase::Running).expect("it ran").0;
    let ended = scene.told.of(first).pop().expect("it ended").0;
    assert!(running(second) >= ended, "the second began before the first was done");
    assert_eq!(scene.jobs.list().iter().map(|job| job.id).collect::<Vec<_>>(), [first, second], "oldest first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_its_turn_counts_what_is_filed_and_not_what_was_read() {
    let scene = Scene::new(at_once()).await;
    box_of(&scene);
    for number in 0..4 {
        scene.write(&format!("Other/{number}.txt"), format!("something else {number}"));
    }
    scene.gates.storing.shut();
    let first = scene.take("Box").await;
    scene.phase(first, Phase::Running).await;
    scene.gates.storing.reached().await;
    let second = scene.take("Other").await;
    let in_line = scene.told.until_from(0, second, |job| job.phase == Phase::InLine && job.result.is_some()).await;
    assert_eq!((in_line.files, in_line.files_done, in_line.bytes_done), (4, 0, 0));
    scene.gates.storing.open();
    scene.phase(second, Phase::Finished).await;
    let told = scene.told.of(second).into_iter().map(|(_, job)| job);
    let mut filing = told.skip_while(|job| job.preflight.is_none());
    let from = filing.next().expect("it was read");
    let done = filing.fold(from.files_done, |before, now| {
        assert_eq!(now.files, 4, "{now:?}");
        assert!(before <= now.files_done, "{before} files were done, and then {}", now.files_done);
        now.files_done
    });
    assert_eq!((from.phase, from.files_done, done), (Phase::InLine, 0, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_ended_can_be_cleared_and_nothing_else() {
    let scene = Scene::new(asking()).await;
    box_of(&scene);
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    scene.jobs.clear(id).expect_err("it waits");
    scene.jobs.cancel(id).expect("it may be given up");
    scene.phase(id, Phase::Cancelled).await;
    scene.jobs.clear(id).expect("it has ended");
    assert_eq!((scene.jobs.list().len(), scene.jobs.status(id)), (0, None));
    scene.jobs.clear(id).expect_err("it is gone");
    scene.jobs.shutdown().await;
    assert!(scene.told.gone(id));
}
