//! Pausing, going on and giving up, as far as a drop may be.

use std::time::Duration;

use vault_core::ports::{DropPhase, PortError};
use vault_core::queue::PauseReason;
use vault_jobs::{JobError, Options, Phase};

use crate::results::Results;
use crate::scene::{Scene, asking, at_once, home};

async fn with_box(options: vault_jobs::Options) -> Scene {
    let scene = Scene::new(options).await;
    scene.write("Box/a.txt", "one");
    scene.write("Box/b.txt", "two");
    scene
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_that_is_read_is_paused_and_read_again() {
    let scene = with_box(asking()).await;
    scene.gates.reading.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Reading).await;
    scene.gates.reading.reached().await;
    scene.jobs.pause(id).expect("it is being read");
    scene.gates.reading.open();
    scene.phase(id, Phase::Paused).await;
    scene.jobs.pause(id).expect("it is paused already");
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Preparing);
    assert!(!scene.jobs.is_busy());
    scene.jobs.resume(id).expect("it is paused");
    let ready = scene.phase(id, Phase::Ready).await;
    assert_eq!(ready.preflight.expect("a pre-flight").counts.new, 2);
    assert_eq!(scene.told.phases(id), [Phase::Reading, Phase::Paused, Phase::Reading, Phase::Ready]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_that_is_filed_is_paused_and_goes_on() {
    let scene = with_box(at_once()).await;
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Running).await;
    scene.gates.storing.reached().await;
    scene.jobs.pause(id).expect("it is being filed");
    scene.gates.storing.open();
    scene.phase(id, Phase::Paused).await;
    let from = scene.told.so_far();
    scene.jobs.resume(id).expect("it is paused");
    let finished = scene.next(from, id, Phase::Finished).await;
    assert_eq!(finished.filed().stored, 2);
    assert_eq!((finished.files, finished.files_done, finished.bytes, finished.bytes_done), (2, 2, 6, 6));
    scene.jobs.shutdown().await;
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Finished], "a pause is no end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_in_line_gives_up_its_place_while_it_is_paused() {
    let scene = with_box(at_once()).await;
    scene.write("Second/c.txt", "three");
    scene.write("Third/d.txt", "four");
    scene.gates.storing.shut();
    let first = scene.take("Box").await;
    scene.phase(first, Phase::Running).await;
    let second = scene.take("Second").await;
    scene.told.until_from(0, second, |job| job.phase == Phase::InLine && job.preflight.is_some()).await;
    let third = scene.take("Third").await;
    scene.told.until_from(0, third, |job| job.phase == Phase::InLine && job.preflight.is_some()).await;
    scene.jobs.pause(second).expect("it is in line");
    scene.phase(second, Phase::Paused).await;
    scene.gates.storing.open();
    scene.phase(third, Phase::Finished).await;
    assert_eq!(scene.now(second).phase, Phase::Paused);
    scene.jobs.resume(second).expect("it is paused");
    scene.phase(second, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_the_person_or_has_ended_cannot_be_paused() {
    let scene = with_box(asking()).await;
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    assert!(matches!(scene.jobs.pause(id), Err(JobError::NotNow(_))));
    scene.jobs.file(id).await.expect("it waits for this");
    scene.phase(id, Phase::Finished).await;
    assert!(matches!(scene.jobs.pause(id), Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.resume(id), Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.cancel(id), Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.file(id).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.restore_report(id), Err(JobError::NotNow(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_that_was_given_up_before_anything_was_filed_leaves_no_trace_in_the_history() {
    let scene = with_box(asking()).await;
    // While it waits for the person.
    let ready = scene.take("Box").await;
    scene.phase(ready, Phase::Ready).await;
    scene.jobs.cancel(ready).expect("it waits");
    // While it is read.
    scene.phase(ready, Phase::Cancelled).await;
    scene.gates.reading.shut();
    let reading = scene.take("Box").await;
    scene.phase(reading, Phase::Reading).await;
    scene.gates.reading.reached().await;
    scene.jobs.cancel(reading).expect("it is read");
    scene.gates.reading.open();
    scene.phase(reading, Phase::Cancelled).await;
    for id in [ready, reading] {
        assert_eq!(scene.journaled(id).await.phase, DropPhase::Cancelled);
        assert_eq!(scene.summary(id).await, None);
        assert_eq!(scene.told.ends(id, 1).await, [Phase::Cancelled]);
    }
    assert_eq!(scene.opened.vault.unfinished_drops().await.expect("a journal"), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_drop_is_given_up() {
    let scene = with_box(asking()).await;
    scene.gates.reading.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Reading).await;
    scene.jobs.pause(id).expect("it is read");
    scene.gates.reading.open();
    scene.phase(id, Phase::Paused).await;
    scene.jobs.cancel(id).expect("it is paused");
    scene.phase(id, Phase::Cancelled).await;
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Cancelled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn giving_up_while_files_are_filed_keeps_what_was_filed() {
    let scene = Scene::new(at_once()).await;
    // More than are taken from the queue at once, so that the first are done while the others are not.
    for number in 0..2100 {
        scene.write(&format!("Box/{number}.txt"), format!("{number}"));
    }
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Running).await;
    scene.gates.storing.reached().await;
    scene.gates.storing.let_through(1);
    scene.told.until_from(0, id, |job| job.filing().is_some_and(|result| result.stored > 0)).await;
    scene.jobs.cancel(id).expect("it is being filed");
    scene.gates.storing.open();
    let cancelled = scene.phase(id, Phase::Cancelled).await;
    let result = cancelled.filed();
    assert!(result.stored > 0 && result.stored < 2100, "{result:?}");
    let journaled = scene.journaled(id).await;
    assert_eq!((journaled.phase, journaled.waiting), (DropPhase::Cancelled, 0));
    let summary = scene.summary(id).await.expect("what was filed is in the history");
    assert_eq!(summary.counts.stored, result.stored);
    assert!(summary.finished.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_in_line_is_given_up_at_once() {
    let scene = with_box(at_once()).await;
    scene.write("Other/c.txt", "three");
    scene.gates.storing.shut();
    let first = scene.take("Box").await;
    scene.phase(first, Phase::Running).await;
    let second = scene.take("Other").await;
    scene.told.until_from(0, second, |job| job.phase == Phase::InLine && job.preflight.is_some()).await;
    scene.jobs.cancel(second).expect("it is in line");
    let cancelled = scene.phase(second, Phase::Cancelled).await;
    assert_eq!(cancelled.filed().stored, 0);
    assert_eq!(scene.now(first).phase, Phase::Running, "while the other is still being filed");
    let journaled = scene.journaled(second).await;
    assert_eq!((journaled.phase, journaled.waiting), (DropPhase::Cancelled, 0));
    scene.gates.storing.open();
    scene.phase(first, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_paused_together() {
    let scene = with_box(asking()).await;
    scene.write("Other/c.txt", "three");
    let ready = scene.take("Box").await;
    scene.phase(ready, Phase::Ready).await;
    scene.gates.reading.shut();
    let reading = scene.take("Other").await;
    scene.phase(reading, Phase::Reading).await;
    scene.jobs.pause_all();
    scene.gates.reading.open();
    scene.phase(reading, Phase::Paused).await;
    assert_eq!(scene.now(ready).phase, Phase::Ready);
}

/// `strongroom pause` and `strongroom cancel` while the window files.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_pauses_or_gives_up_is_paused_or_given_up_here() {
    for (mark, phase) in [(PauseReason::ByUser, Phase::Paused), (PauseReason::Cancelling, Phase::Cancelled)] {
        let scene = with_box(at_once()).await;
        scene.gates.storing.shut();
        let id = scene.take("Box").await;
        scene.phase(id, Phase::Running).await;
        scene.gates.storing.reached().await;
        scene.opened.vault.parts().journal.pause(id.drop_id(), &mark).await.expect("a journal");
        scene.gates.stopped().await;
        scene.gates.storing.open();
        scene.phase(id, phase).await;
        if phase == Phase::Paused {
            scene.jobs.resume(id).expect("it is paused");
            scene.phase(id, Phase::Finished).await;
            assert_eq!(scene.journaled(id).await.paused, None);
        }
    }
}

/// `strongroom pause` and `strongroom cancel` while the window reads. Nobody files then, so that `cancel` ends the drop itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_pauses_or_gives_up_is_read_no_further() {
    for phase in [Phase::Paused, Phase::Cancelled] {
        let scene = with_box(asking()).await;
        scene.gates.reading.shut();
        let id = scene.take("Box").await;
        scene.gates.reading.reached().await;
        // The journal of the other program: what it reads is not what is read here.
        let other = home(&scene.place).open().await.expect("the same vault").vault;
        if phase == Phase::Paused {
            other.pause(id.drop_id()).await.expect("a journal");
        } else {
            other.cancel(id.drop_id()).await.expect("a journal");
        }
        scene.gates.queue.stop_is_read().await;
        scene.gates.reading.open();
        scene.phase(id, phase).await;
        assert!(!scene.told.phases(id).contains(&Phase::Ready), "it is not shown as read: {:?}", scene.told.phases(id));
    }
}

/// One that is held is looked at again before it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_pauses_does_not_go_on_by_itself() {
    let scene = with_box(Options { held_for: Duration::from_millis(20), ..at_once() }).await;
    scene.gates.fail_with(Some(PortError::later("The vault is busy.")));
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Held).await;
    scene.gates.storing.shut();
    scene.gates.storing.reached().await;
    scene.opened.vault.pause(id.drop_id()).await.expect("a journal");
    scene.gates.storing.open();
    scene.phase(id, Phase::Paused).await;
    assert!(scene.journaled(id).await.is_paused_by_user(), "that the vault was busy is no reason any more");
}

/// It was given up without a network; then the program ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_is_given_up_after_a_restart_and_cannot_be_taken_back() {
    let scene = with_box(at_once()).await;
    scene.gates.fail_with(Some(PortError::later("There is no network.")));
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Held).await;
    scene.opened.vault.note_cancellation(id.drop_id()).await.expect("a journal");
    let scene = scene.restarted(at_once()).await;
    let cancelled = scene.phase(id, Phase::Cancelled).await;
    assert_eq!(cancelled.filed().stored, 0);
    assert!(scene.jobs.resume(id).is_err() && scene.jobs.pause(id).is_err());
}

/// What is on its way may take minutes to stop, and the window be closed before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_a_drop_is_given_up_is_kept_before_what_is_under_way_has_stopped() {
    let scene = with_box(at_once()).await;
    scene.gates.storing.shut();
    let id = scene.take("Box").await;
    scene.gates.storing.reached().await;
    scene.jobs.cancel(id).expect("it is being filed");
    scene.gates.queue.paused_for(&PauseReason::Cancelling).await;
    assert!(scene.journaled(id).await.is_cancelling());
    scene.gates.storing.open();
    scene.phase(id, Phase::Cancelled).await;
}

/// A pause that was taken back while the folders were read says nothing about one of later, from elsewhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_is_taken_back_once() {
    let scene = with_box(at_once()).await;
    scene.gates.reading.shut();
    let id = scene.take("Box").await;
    scene.gates.reading.reached().await;
    scene.jobs.pause(id).expect("it is read");
    scene.gates.reading.open();
    scene.phase(id, Phase::Paused).await;
    scene.gates.storing.shut();
    scene.jobs.resume(id).expect("it is paused");
    scene.gates.storing.reached().await;
    scene.opened.vault.pause(id.drop_id()).await.expect("a journal");
    scene.gates.stopped().await;
    let from = scene.told.so_far();
    scene.gates.storing.open();
    scene.next(from, id, Phase::Paused).await;
    assert!(scene.journaled(id).await.is_paused_by_user());
}
