//! Faults: of the vault, of another program, of this one.

use std::time::Duration;

use vault_core::ports::{Attention, DropPhase, PortError};
use vault_jobs::{Options, Phase};

use crate::results::Results;
use crate::scene::{Scene, asking, at_once, home};

fn full() -> PortError {
    PortError::NeedsPerson { kind: Attention::NoRoom, message: "The disk is full: filing is paused.".to_owned() }
}

fn soon() -> Options {
    Options { held_for: Duration::from_millis(20), ..at_once() }
}

async fn with_box(options: Options) -> Scene {
    let scene = Scene::new(options).await;
    scene.write("Box/a.txt", "one");
    scene
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_holds_a_drop_until_there_is_room() {
    let scene = with_box(soon()).await;
    for fault in [full(), PortError::later("The vault is busy.")] {
        scene.gates.fail_with(Some(fault.clone()));
        let from = scene.told.so_far();
        scene.write("Box/a.txt", format!("{fault}"));
        let id = scene.take("Box").await;
        let held = scene.next(from, id, Phase::Held).await;
        assert_eq!(held.reason, Some(format!("{fault} It is tried again by itself.")));
        assert_eq!(scene.journaled(id).await.phase, DropPhase::Filing, "the queue is kept");
        assert!(scene.jobs.is_busy());
        // It is tried again, and held again, by itself.
        let from = scene.told.so_far();
        scene.next(from, id, Phase::Running).await;
        scene.gates.fail_with(None);
        let finished = scene.phase(id, Phase::Finished).await;
        assert_eq!((finished.reason.as_deref(), finished.filed().stored), (None, 1));
        assert_eq!(scene.told.ends(id, 1).await, [Phase::Finished]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_goes_on_when_the_person_says_so_or_is_given_up() {
    let scene = with_box(at_once()).await;
    scene.gates.fail_with(Some(full()));
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Held).await;
    let from = scene.told.so_far();
    scene.jobs.resume(id).expect("it is held");
    scene.next(from, id, Phase::Held).await;
    scene.jobs.pause(id).expect("it is held");
    scene.phase(id, Phase::Paused).await;
    scene.gates.fail_with(None);
    scene.jobs.resume(id).expect("it is paused");
    scene.phase(id, Phase::Finished).await;

    scene.write("Box/a.txt", "another");
    scene.gates.fail_with(Some(full()));
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Held).await;
    scene.jobs.cancel(id).expect("it is held");
    scene.phase(id, Phase::Cancelled).await;
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Cancelled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_is_tried_at_once_when_there_is_a_network_again() {
    let scene = with_box(Options { held_for: Duration::from_hours(1), ..at_once() }).await;
    for fault in [full(), PortError::later("There is no network.")] {
        scene.write("Box/a.txt", format!("{fault}"));
        scene.gates.fail_with(Some(fault));
        let id = scene.take("Box").await;
        scene.phase(id, Phase::Held).await;
        let from = scene.told.so_far();
        scene.jobs.try_now();
        scene.next(from, id, Phase::Running).await;
        scene.told.until_from(from, id, |job| job.phase == Phase::Held && job.reason.is_some()).await;
        scene.gates.fail_with(None);
        scene.jobs.try_now();
        scene.phase(id, Phase::Finished).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_a_person_is_not_tried_when_there_is_a_network_again() {
    let scene = with_box(Options { held_for: Duration::from_millis(20), ..at_once() }).await;
    let message = "Sign in to continue.".to_owned();
    scene.gates.fail_with(Some(PortError::NeedsPerson { kind: Attention::SignIn, message }));
    let held = scene.take("Box").await;
    scene.phase(held, Phase::Held).await;
    scene.gates.fail_with(None);
    scene.jobs.try_now();
    // Whatever is tried is tried before this has gone all the way, and been tried itself.
    scene.write("Other/b.txt", "two");
    scene.gates.fail_with(Some(PortError::later("There is no network.")));
    let other = scene.take("Other").await;
    scene.phase(other, Phase::Held).await;
    scene.gates.fail_with(None);
    scene.jobs.try_now();
    scene.phase(other, Phase::Finished).await;
    assert_eq!(scene.now(held).phase, Phase::Held);
    scene.jobs.resume(held).expect("it is held");
    scene.phase(held, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_does_not_hold_up_the_next() {
    let scene = with_box(at_once()).await;
    scene.write("Other/b.txt", "two");
    scene.gates.fail_with(Some(full()));
    let held = scene.take("Box").await;
    scene.phase(held, Phase::Held).await;
    scene.gates.fail_with(None);
    let next = scene.take("Other").await;
    scene.phase(next, Phase::Finished).await;
    assert_eq!(scene.now(held).phase, Phase::Held);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_matter_that_was_closed_holds_a_drop_until_it_is_opened_again() {
    use vault_core::model::{MatterFields, MatterStatus};
    let scene = with_box(asking()).await;
    let fields = MatterFields { title: "Lease".to_owned(), ..MatterFields::default() };
    let matter = scene.opened.vault.create_matter(fields).await.expect("a matter");
    scene.gates.reading.shut();
    let sources = home(&scene.place).sources(&[scene.path("Box")]).expect("it is there");
    let id = scene.jobs.submit(&matter.id, sources).await.expect("it is open");
    scene.gates.reading.reached().await;
    scene.jobs.pause(id).expect("it is read");
    scene.gates.reading.open();
    scene.phase(id, Phase::Paused).await;
    scene.opened.vault.set_matter_status(&matter.id, MatterStatus::Closed).await.expect("closed");
    scene.jobs.resume(id).expect("it is paused");
    let held = scene.phase(id, Phase::Held).await;
    assert!(held.reason.expect("a reason").contains("is closed. Reopen it"));
    scene.opened.vault.set_matter_status(&matter.id, MatterStatus::Active).await.expect("open");
    scene.jobs.resume(id).expect("it is held");
    scene.phase(id, Phase::Ready).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_of_the_program_ends_that_work_and_no_other() {
    let scene = with_box(at_once()).await;
    scene.write("Other/b.txt", "two");
    scene.gates.panic_next();
    let id = scene.take("Box").await;
    let failed = scene.phase(id, Phase::Failed).await;
    assert!(failed.reason.expect("a reason").starts_with("A fault in Strongroom itself ended this."));
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Failed]);
    let other = scene.take("Other").await;
    scene.phase(other, Phase::Finished).await;
    assert_eq!(scene.journaled(id).await.phase, DropPhase::Filing, "it stays in the queue");
    scene.jobs.resume(id).expect("it failed");
    scene.phase(id, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_program_files_drops_wait_and_then_go_on() {
    let scene = with_box(at_once()).await;
    let other = home(&scene.place).open().await.expect("the same vault");
    let right = other.right.try_take().await.expect("a lock").expect("nobody files");
    let id = scene.take("Box").await;
    let waiting = scene.told.until_from(0, id, |job| job.phase == Phase::InLine && job.reason.is_some()).await;
    assert!(waiting.reason.expect("a reason").starts_with("Another Strongroom is filing"));
    assert!(scene.jobs.is_busy());
    scene.jobs.pause(id).expect("it waits");
    scene.phase(id, Phase::Paused).await;
    let from = scene.told.so_far();
    scene.jobs.resume(id).expect("it is paused");
    scene.told.until_from(from, id, |job| job.phase == Phase::InLine && job.reason.is_some()).await;
    drop(right);
    scene.phase(id, Phase::Finished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_program_files_what_nobody_else_knows_of_is_given_up_at_once() {
    let scene = with_box(asking()).await;
    let other = home(&scene.place).open().await.expect("the same vault");
    let _right = other.right.try_take().await.expect("a lock").expect("nobody files");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    scene.jobs.cancel(id).expect("it waits");
    scene.phase(id, Phase::Cancelled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_has_filed_meanwhile_is_finished() {
    let scene = with_box(asking()).await;
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Ready).await;
    let other = home(&scene.place).open().await.expect("the same vault");
    let drop = scene.journaled(id).await;
    other.vault.resume(&drop, std::sync::Arc::default(), std::sync::Arc::default()).await.expect("filed");
    scene.jobs.file(id).await.expect("it waits for this");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!(finished.filed().stored, 1);
}
