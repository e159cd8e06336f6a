//! Restores.

use std::fs;
use std::path::{Path, PathBuf};

use vault_core::model::MatterId;
use vault_core::restore::{Origin, RestoreScope};
use vault_jobs::{JobError, JobKind, Phase};

use crate::results::Results;
use crate::scene::with_box_filed;

fn outside(destination: PathBuf) -> (PathBuf, Origin) {
    (destination, Origin::Outside)
}

fn general() -> RestoreScope {
    RestoreScope::Matter(MatterId::general())
}

fn same(one: &Path, other: &Path, path: &str) {
    assert_eq!(fs::read(one.join(path)).expect("a file"), fs::read(other.join(path)).expect("a file"), "{path}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_matter_comes_back_byte_for_byte() {
    let scene = with_box_filed().await;
    let back = scene.path("Back");
    fs::create_dir(&back).expect("a folder");
    let id = scene.jobs.restore(general(), vec!["General".to_owned()], outside(back.clone())).await.expect("begun");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.kind, &finished.matter), (JobKind::Restore, &Some(MatterId::general())));
    assert_eq!(finished.names, ["General"]);
    let result = finished.restored();
    assert_eq!((result.restored, result.already, result.failed, result.bytes), (3, 0, 0, 32));
    assert_eq!((finished.files, finished.files_done, finished.bytes, finished.bytes_done), (3, 3, 32, 32));
    for path in ["Box/a.pdf", "Box/Copies/a.pdf", "Box/b.txt"] {
        same(scene.place.path(), &back, path);
    }
    let report = scene.jobs.restore_report(id).expect("it has ended");
    assert_eq!((report.destination, report.renamed.len(), report.problems.len()), (back, 0, 0));
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Finished]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_belongs_to_its_matter() {
    let scene = with_box_filed().await;
    let drop = scene.jobs.list()[0].id.drop_id();
    let id =
        scene.jobs.restore(RestoreScope::Drop(drop), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    assert_eq!(scene.phase(id, Phase::Finished).await.matter, Some(MatterId::general()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_given_back_is_named() {
    let scene = with_box_filed().await;
    fs::remove_file(scene.blob_with("a letter")).expect("it was stored");
    let id = scene.jobs.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.restored().failed, finished.restored().restored), (1, 1, 2));
    let report = scene.jobs.restore_report(id).expect("it has ended");
    assert_eq!(report.problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["Box/b.txt"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_restored_to_fails_and_can_be_tried_again() {
    let scene = with_box_filed().await;
    scene.write("Back", "a file");
    let id = scene.jobs.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    let failed = scene.phase(id, Phase::Failed).await;
    assert!(failed.reason.expect("a reason").contains("Back"));
    assert!(matches!(scene.jobs.restore_report(id), Err(JobError::NotNow(_))));
    fs::remove_file(scene.path("Back")).expect("it was there");
    scene.jobs.resume(id).expect("it failed");
    scene.phase(id, Phase::Finished).await;
    same(scene.place.path(), &scene.path("Back"), "Box/b.txt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_is_paused_and_goes_on_and_is_given_up() {
    let scene = with_box_filed().await;
    scene.gates.giving.shut();
    let id = scene.jobs.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    scene.gates.giving.reached().await;
    scene.jobs.pause(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Paused).await;
    scene.jobs.resume(id).expect("it is paused");
    let finished = scene.phase(id, Phase::Finished).await;
    let result = finished.restored();
    assert_eq!(result.restored + result.already, 3);

    scene.gates.giving.shut();
    let id = scene.jobs.restore(general(), Vec::new(), outside(scene.path("Again"))).await.expect("begun");
    scene.gates.giving.reached().await;
    scene.jobs.cancel(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Cancelled).await;
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Cancelled]);
}
