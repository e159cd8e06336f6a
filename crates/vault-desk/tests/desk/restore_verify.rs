//! Restores and checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vault_core::model::MatterId;
use vault_core::restore::{Origin, RestoreScope};
use vault_desk::{DeskError, Phase, WorkKind};

use crate::scene::{Scene, at_once};

async fn with_box() -> Scene {
    let scene = Scene::new(at_once()).await;
    scene.write("Box/a.pdf", "the contract");
    scene.write("Box/Copies/a.pdf", "the contract");
    scene.write("Box/b.txt", "a letter");
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Finished).await;
    scene
}

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
    let scene = with_box().await;
    let back = scene.path("Back");
    fs::create_dir(&back).expect("a folder");
    let id = scene.desk.restore(general(), vec!["General".to_owned()], outside(back.clone())).await.expect("begun");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.kind, finished.matter), (WorkKind::Restore, Some(MatterId::general())));
    assert_eq!(finished.names, ["General"]);
    let result = finished.result.expect("a result");
    assert_eq!((result.stored, result.already, result.failed, result.bytes), (3, 0, 0, 32));
    assert_eq!((finished.files, finished.files_done, finished.bytes, finished.bytes_done), (3, 3, 32, 32));
    for path in ["Box/a.pdf", "Box/Copies/a.pdf", "Box/b.txt"] {
        same(scene.place.path(), &back, path);
    }
    let report = scene.desk.report(id).expect("it has ended");
    assert_eq!((report.destination, report.renamed.len(), report.problems.len()), (Some(back), 0, 0));
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Finished]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_belongs_to_its_matter() {
    let scene = with_box().await;
    let drop = scene.desk.works()[0].id.drop_id();
    let id =
        scene.desk.restore(RestoreScope::Drop(drop), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    assert_eq!(scene.phase(id, Phase::Finished).await.matter, Some(MatterId::general()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_given_back_is_named() {
    let scene = with_box().await;
    fs::remove_file(blob_with(&scene, "a letter")).expect("it was stored");
    let id = scene.desk.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    let finished = scene.phase(id, Phase::Finished).await;
    assert_eq!((finished.attention, finished.result.expect("a result").stored), (1, 2));
    let report = scene.desk.report(id).expect("it has ended");
    assert_eq!(report.problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["Box/b.txt"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_restored_to_fails_and_can_be_tried_again() {
    let scene = with_box().await;
    scene.write("Back", "a file");
    let id = scene.desk.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    let failed = scene.phase(id, Phase::Failed).await;
    assert!(failed.reason.expect("a reason").contains("Back"));
    assert!(matches!(scene.desk.report(id), Err(DeskError::NotNow(_))));
    fs::remove_file(scene.path("Back")).expect("it was there");
    scene.desk.resume(id).expect("it failed");
    scene.phase(id, Phase::Finished).await;
    same(scene.place.path(), &scene.path("Back"), "Box/b.txt");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_is_paused_and_goes_on_and_is_given_up() {
    let scene = with_box().await;
    scene.gates.giving.shut();
    let id = scene.desk.restore(general(), Vec::new(), outside(scene.path("Back"))).await.expect("begun");
    scene.gates.giving.reached().await;
    scene.desk.pause(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Paused).await;
    scene.desk.resume(id).expect("it is paused");
    let finished = scene.phase(id, Phase::Finished).await;
    let result = finished.result.expect("a result");
    assert_eq!(result.stored + result.already, 3);

    scene.gates.giving.shut();
    let id = scene.desk.restore(general(), Vec::new(), outside(scene.path("Again"))).await.expect("begun");
    scene.gates.giving.reached().await;
    scene.desk.cancel(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Cancelled).await;
    assert_eq!(scene.told.ends(id, 1).await, [Phase::Cancelled]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_finds_what_is_damaged_missing_and_needed_by_nobody() {
    let scene = with_box().await;
    let id = scene.desk.verify(None).expect("begun");
    let sound = scene.phase(id, Phase::Finished).await;
    assert_eq!((sound.kind, sound.attention, sound.result.expect("a result").stored), (WorkKind::Verify, 0, 2));
    assert_eq!(scene.desk.report(id).expect("it has ended"), vault_desk::Report::default());

    let letter = blob_with(&scene, "a letter");
    // As two computers left it that filed it at once. Harmless, and so no problem.
    let copy = letter.with_extension("");
    fs::copy(&letter, &copy).expect("a copy");
    let id = scene.desk.verify(None).expect("begun");
    assert_eq!(scene.phase(id, Phase::Finished).await.attention, 0);
    let report = scene.desk.report(id).expect("it has ended");
    let [double] = report.doubles.as_slice() else { panic!("{:?}", report.doubles) };
    assert_eq!((report.problems.len(), double.copies.len(), double.bytes()), (0, 2, 16));
    fs::remove_file(copy).expect("it was copied");

    fs::write(letter.with_file_name("nobody's.pdf"), "unknown").expect("a file");
    overwrite(&letter, "A LETTER");
    fs::remove_file(blob_with(&scene, "the contract")).expect("it was stored");
    let id = scene.desk.verify(None).expect("begun");
    let found = scene.phase(id, Phase::Finished).await;
    assert_eq!((found.attention, found.result.expect("a result").failed), (2, 2));
    let report = scene.desk.report(id).expect("it has ended");
    let named: Vec<(&str, &str)> = report
        .problems
        .iter()
        .map(|problem| (problem.path.as_str(), problem.reason.split('.').next().unwrap_or_default()))
        .collect();
    assert_eq!(named, [("a.pdf", "Its content is missing"), ("b.txt", "Its content is damaged")]);
    // Harmless, and so no problem.
    let [orphan] = report.orphaned.as_slice() else { panic!("{:?}", report.orphaned) };
    assert!(orphan.path.ends_with("nobody's.pdf") && orphan.size == 7, "{orphan:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_is_paused_and_begun_again_beside_a_drop_that_is_filed() {
    let scene = with_box().await;
    scene.gates.giving.shut();
    let id = scene.desk.verify(None).expect("begun");
    scene.gates.giving.reached().await;
    scene.write("Other/c.txt", "something else");
    let drop = scene.take("Other").await;
    scene.phase(drop, Phase::Finished).await;
    assert_eq!(scene.now(id).phase, Phase::Running, "neither waits for the other");
    scene.desk.pause(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Paused).await;
    scene.desk.resume(id).expect("it is paused");
    assert_eq!(scene.phase(id, Phase::Finished).await.result.expect("a result").stored, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_drop_has_no_files_to_choose_from() {
    let scene = with_box().await;
    let id = scene.desk.verify(None).expect("begun");
    scene.phase(id, Phase::Finished).await;
    assert!(matches!(scene.desk.problems(id).await, Err(DeskError::NotNow(_))));
    assert!(matches!(scene.desk.retry(id, &[]), Err(DeskError::NotNow(_))));
    assert!(matches!(scene.desk.dismiss_failed(id, &[]).await, Err(DeskError::NotNow(_))));
}

/// Where this content is stored.
fn blob_with(scene: &Scene, content: &str) -> PathBuf {
    let mut folders = vec![scene.path("home/vault/teams")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).expect("a file") == content {
                return path;
            }
        }
    }
    panic!("“{content}” is not stored");
}

fn overwrite(path: &Path, content: &str) {
    let mut permissions = fs::metadata(path).expect("a file").permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o600);
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions).expect("permissions");
    fs::write(path, content).expect("a file");
}

/// Closing the window stops a check; the next one goes on with it where it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_that_was_left_is_taken_up_paused_and_goes_on_where_it_was() {
    let scene = Scene::new(at_once()).await;
    for number in 0..600 {
        scene.write(&format!("Box/{number}.txt"), format!("{number}"));
    }
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Finished).await;
    assert_eq!(scene.desk.unfinished_check(), None);
    // The first slice is read, and of the next only a beginning.
    scene.gates.giving.shut();
    scene.gates.giving.let_through(300);
    let check = scene.desk.verify(None).expect("begun");
    scene.told.until_from(0, check, |work| work.files_done >= 256).await;
    let (place, gates) = (Arc::clone(&scene.place), scene.gates.clone());
    tokio::join!(scene.desk.shutdown(), async { gates.open_all() });
    let so_far = scene.desk.unfinished_check().expect("it has not ended");
    assert!(so_far.up_to.is_some() && so_far.contents >= 256 && so_far.contents < 600, "{so_far:?}");
    drop(scene);

    let scene = Scene::in_place(place, at_once(), |_| ()).await;
    let taken_up = scene.desk.take_up_check(so_far.clone(), None).expect("taken up");
    let paused = scene.phase(taken_up, Phase::Paused).await;
    assert_eq!((paused.files_done, paused.bytes_done), (so_far.contents, so_far.bytes));
    assert_eq!(
        scene.desk.unfinished_check().map(|check| check.contents),
        Some(so_far.contents),
        "nobody went on with it"
    );
    scene.desk.resume(taken_up).expect("it is paused");
    let finished = scene.phase(taken_up, Phase::Finished).await;
    assert_eq!(finished.result.expect("a result").stored, 600);
    assert_eq!(scene.desk.unfinished_check(), None);
}
