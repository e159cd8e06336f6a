//! Files that need a person: they hold nothing up, and stay until somebody tries them again or gives them up.

use std::fs;

use vault_core::intake::Problem;
use vault_core::ports::DropPhase;
use vault_jobs::filing::PreflightList;
use vault_jobs::{JobError, JobId, Phase};

use crate::results::Results;
use crate::scene::{Scene, asking, at_once};

/// A drop of three files, two of which vanish between being read and being filed.
async fn with_two_vanished(scene: &Scene) -> JobId {
    for name in ["a", "b", "c"] {
        scene.write(&format!("Box/In/{name}.txt"), name);
    }
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Running).await;
    scene.gates.storing.reached().await;
    for name in ["a", "b"] {
        fs::remove_file(scene.path(&format!("Box/In/{name}.txt"))).expect("it was there");
    }
    scene.gates.storing.open();
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.files, finished.files_done), (2, 3, 3));
    let result = finished.filed();
    assert_eq!((result.stored, result.failed), (1, 2), "the others are not held up");
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_failed_are_named_and_tried_again() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    let problems = scene.jobs.problems(id).await.expect("a drop");
    let named: Vec<_> = problems.iter().map(|row| (row.name.as_str(), row.folder.as_str(), &row.problem)).collect();
    assert_eq!(named, [("a.txt", "Box/In", &Problem::Vanished), ("b.txt", "Box/In", &Problem::Vanished)]);

    scene.write("Box/In/a.txt", "a");
    scene.write("Box/In/b.txt", "b, but longer");
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[]).expect("it is finished");
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (0, 3));
    assert_eq!(scene.jobs.problems(id).await.expect("a drop"), []);
    assert_eq!(scene.told.ends(id, 2).await, [Phase::Finished, Phase::Finished], "each end is told");
    assert_eq!(scene.summary(id).await.expect("in the history").counts.stored, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_are_given_up_need_nobody_any_more() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    let first = scene.jobs.problems(id).await.expect("a drop")[0].seq;
    scene.jobs.dismiss_failed(id, &[first]).await.expect("it is finished");
    assert_eq!((scene.now(id).attention, scene.now(id).filed().failed), (1, 2));
    let left = scene.jobs.problems(id).await.expect("a drop");
    assert_eq!(left.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["b.txt"]);
    scene.jobs.dismiss_failed(id, &[]).await.expect("it is finished");
    assert_eq!(scene.now(id).attention, 0);
    let summary = scene.summary(id).await.expect("in the history");
    assert_eq!((summary.counts.stored, summary.counts.failed), (1, 2), "the history keeps that they failed");
    let scene = scene.restarted(asking()).await;
    assert_eq!(scene.jobs.list(), [], "nothing is left of it to see to");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_earlier_days_are_shown_until_somebody_sees_to_them() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    scene.jobs.clear(id).expect("it has ended");
    let scene = scene.restarted(asking()).await;
    let earlier = scene.now(id);
    assert_eq!((earlier.phase, earlier.attention, earlier.files), (Phase::Finished, 2, 3));
    assert_eq!(earlier.filed().stored, 1);
    assert_eq!(scene.jobs.problems(id).await.expect("a drop").len(), 2);
    assert!(!scene.jobs.is_busy());
    scene.write("Box/In/a.txt", "a");
    scene.write("Box/In/b.txt", "b");
    scene.jobs.retry(id, &[]).expect("it is finished");
    let finished = scene.told.until_from(0, id, |job| job.phase == Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (0, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_again_needs_a_person_again() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    scene.write("Box/In/a.txt", "a");
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[]).expect("it is finished");
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (1, 2));
    assert_eq!(scene.jobs.problems(id).await.expect("a drop")[0].name, "b.txt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_read_is_listed_before_anything_is_filed_and_read_again() {
    let scene = Scene::new(asking()).await;
    scene.write("Box/a.txt", "a");
    scene.write("Box/b.txt", "b");
    scene.gates.reading.shut();
    let id = scene.take("Box").await;
    scene.gates.reading.reached().await;
    fs::remove_file(scene.path("Box/b.txt")).expect("it was there");
    scene.gates.reading.open();
    let ready = scene.phase(id, Phase::Ready).await;
    assert_eq!((ready.attention, ready.preflight.expect("a pre-flight").counts.problems), (1, 1));
    let problems = scene.jobs.problems(id).await.expect("a drop");
    assert_eq!((problems[0].seq, problems[0].name.as_str()), (1, "b.txt"));
    let rows = scene.jobs.preflight_rows(id, PreflightList::Problems, 0, 10).await.expect("it is ready");
    assert_eq!(rows[0].reason.as_deref(), Some(Problem::Vanished.to_string().as_str()));
    assert!(matches!(scene.jobs.dismiss_failed(id, &[]).await, Err(JobError::NotNow(_))));

    scene.write("Box/b.txt", "b");
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[1]).expect("it waits");
    let ready = scene.next(from, id, Phase::Ready).await;
    assert_eq!((ready.attention, ready.preflight.expect("a pre-flight").counts.new), (0, 2));
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Preparing);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_cannot_be_tried_again() {
    let scene = Scene::new(asking()).await;
    scene.write("Box/a.txt", "a");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    scene.jobs.cancel(id).expect("it waits");
    scene.phase(id, Phase::Cancelled).await;
    assert!(matches!(scene.jobs.retry(id, &[]), Err(JobError::NotNow(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_is_tried_again_and_the_other_waits() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    scene.write("Box/In/a.txt", "a");
    scene.write("Box/In/b.txt", "b");
    let second = scene.jobs.problems(id).await.expect("a drop")[1].seq;
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[second]).expect("it is finished");
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (1, 2));
    assert_eq!(scene.jobs.problems(id).await.expect("a drop")[0].name, "a.txt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_while_the_drop_is_filed_is_done_after_the_rest() {
    let scene = Scene::new(at_once()).await;
    let id = with_two_vanished(&scene).await;
    scene.write("Box/In/a.txt", "a");
    scene.gates.storing.shut();
    let seqs: Vec<u64> = scene.jobs.problems(id).await.expect("a drop").iter().map(|row| row.seq).collect();
    scene.jobs.retry(id, &seqs[..1]).expect("it is finished");
    scene.gates.storing.reached().await;
    scene.write("Box/In/b.txt", "b");
    let from = scene.told.so_far();
    scene.jobs.retry(id, &seqs[1..]).expect("it is being filed");
    scene.gates.storing.open();
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (0, 3));
    assert_eq!(scene.told.ends(id, 2).await.len(), 2, "both were done before it ended again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_was_gone_is_read_once_it_is_back() {
    let scene = Scene::new(vault_jobs::Options { readings: 1, ..at_once() }).await;
    scene.write("First/a.txt", "a");
    scene.write("Stick/In/b.txt", "b");
    scene.gates.reading.shut();
    let first = scene.take("First").await;
    scene.gates.reading.reached().await;
    let id = scene.take("Stick").await;
    assert_eq!(scene.now(id).phase, Phase::InLine, "one drop is read at a time, as was wished");
    fs::rename(scene.path("Stick"), scene.path("Unplugged")).expect("it was there");
    scene.gates.reading.open();
    scene.phase(first, Phase::Finished).await;
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.files), (1, 1));
    fs::rename(scene.path("Unplugged"), scene.path("Stick")).expect("it is there");
    let from = scene.told.so_far();
    scene.jobs.retry(id, &[]).expect("it is finished");
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.filed().stored), (0, 1));
}
