//! Checks.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use vault_jobs::verify::VerifyReport;
use vault_jobs::{JobError, JobKind, Phase};

use crate::results::Results;
use crate::scene::{Scene, at_once, with_box_filed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_finds_what_is_damaged_missing_and_needed_by_nobody() {
    let scene = with_box_filed().await;
    let id = scene.jobs.verify(None).expect("begun");
    let sound = scene.phase(id, Phase::Finished).await;
    assert_eq!((sound.kind, sound.attention, sound.verified().sound), (JobKind::Verify, 0, 2));
    assert_eq!(scene.jobs.verify_report(id).expect("it has ended"), VerifyReport::default());

    let letter = scene.blob_with("a letter");
    // As two computers left it that filed it at once. Harmless, and so no problem.
    let copy = letter.with_extension("");
    fs::copy(&letter, &copy).expect("a copy");
    let id = scene.jobs.verify(None).expect("begun");
    assert_eq!(scene.phase(id, Phase::Finished).await.attention, 0);
    let report = scene.jobs.verify_report(id).expect("it has ended");
    let [double] = report.doubles.as_slice() else { panic!("{:?}", report.doubles) };
    assert_eq!((report.problems.len(), double.copies.len(), double.bytes()), (0, 2, 16));
    fs::remove_file(copy).expect("it was copied");

    fs::write(letter.with_file_name("nobody's.pdf"), "unknown").expect("a file");
    overwrite(&letter, "A LETTER");
    fs::remove_file(scene.blob_with("the contract")).expect("it was stored");
    let id = scene.jobs.verify(None).expect("begun");
    let found = scene.phase(id, Phase::Finished).await;
    let result = found.verified();
    assert_eq!((found.attention, result.sound, result.missing, result.damaged), (2, 0, 1, 1));
    let report = scene.jobs.verify_report(id).expect("it has ended");
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
    let scene = with_box_filed().await;
    scene.gates.giving.shut();
    let id = scene.jobs.verify(None).expect("begun");
    scene.gates.giving.reached().await;
    scene.write("Other/c.txt", "something else");
    let drop = scene.take("Other").await;
    scene.phase(drop, Phase::Finished).await;
    assert_eq!(scene.now(id).phase, Phase::Running, "neither waits for the other");
    scene.jobs.pause(id).expect("it is running");
    scene.gates.giving.open();
    scene.phase(id, Phase::Paused).await;
    scene.jobs.resume(id).expect("it is paused");
    assert_eq!(scene.phase(id, Phase::Finished).await.verified().sound, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_drop_has_no_files_to_choose_from() {
    let scene = with_box_filed().await;
    let id = scene.jobs.verify(None).expect("begun");
    scene.phase(id, Phase::Finished).await;
    assert!(matches!(scene.jobs.problems(id).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.queue(id, 0, 10).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.file(id).await, Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.restore_report(id), Err(JobError::NotNow(_))), "a check restores nothing");
    assert!(matches!(scene.jobs.retry(id, &[]), Err(JobError::NotNow(_))));
    assert!(matches!(scene.jobs.dismiss_failed(id, &[]).await, Err(JobError::NotNow(_))));
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
    assert_eq!(scene.jobs.unfinished_check(), None);
    // The first slice is read, and of the next only a beginning.
    scene.gates.giving.shut();
    scene.gates.giving.let_through(300);
    let check = scene.jobs.verify(None).expect("begun");
    scene.told.until_from(0, check, |job| job.files_done >= 256).await;
    let (place, gates) = (Arc::clone(&scene.place), scene.gates.clone());
    tokio::join!(scene.jobs.shutdown(), async { gates.open_all() });
    let so_far = scene.jobs.unfinished_check().expect("it has not ended");
    assert!(so_far.up_to.is_some() && so_far.contents >= 256 && so_far.contents < 600, "{so_far:?}");
    drop(scene);

    let scene = Scene::in_place(place, at_once(), |_| ()).await;
    let taken_up = scene.jobs.take_up_check(so_far.clone(), None).expect("taken up");
    let paused = scene.phase(taken_up, Phase::Paused).await;
    assert_eq!((paused.files_done, paused.bytes_done), (so_far.contents, so_far.bytes));
    assert_eq!(
        scene.jobs.unfinished_check().map(|check| check.contents),
        Some(so_far.contents),
        "nobody went on with it"
    );
    scene.jobs.resume(taken_up).expect("it is paused");
    let finished = scene.phase(taken_up, Phase::Finished).await;
    assert_eq!(finished.verified().sound, 600);
    assert_eq!(scene.jobs.unfinished_check(), None);
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
