//! How often the observer is told, and in which order.

use std::fs::File;
use std::time::Duration;

use vault_jobs::{JobStatus, Phase};

use crate::scene::{Scene, asking, at_once, write};
use crate::told::Tale;

/// A file that takes longer to read than any test: it is stopped before that.
fn endless(scene: &Scene, path: &str) {
    let path = scene.path(path);
    write(&path, "");
    File::options().write(true).open(path).expect("a file").set_len(1 << 40).expect("a length");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_come_at_most_four_times_a_second_and_a_pace_when_it_is_known() {
    let scene = Scene::new(asking()).await;
    endless(&scene, "Box/long.bin");
    let id = scene.take("Box").await;
    let paced = scene.told.until_from(0, id, |job| job.rate.is_some() && job.seconds_left.is_some()).await;
    assert_eq!((paced.phase, paced.files, paced.files_done, paced.bytes), (Phase::Reading, 1, 0, 1 << 40));
    scene.jobs.cancel(id).expect("it is read");
    scene.phase(id, Phase::Cancelled).await;

    let reading: Vec<_> = scene.told.of(id).into_iter().filter(|(_, job)| job.phase == Phase::Reading).collect();
    let (first, last) = (&reading[0], &reading[reading.len() - 1]);
    let four_a_second = (last.0 - first.0).as_millis() / 250 + 2;
    assert!((reading.len() as u128) <= four_a_second, "{} in {:?}", reading.len(), last.0 - first.0);
    assert!(reading.windows(2).all(|two| two[0].1.bytes_done <= two[1].1.bytes_done), "numbers never go back");
    assert_eq!(first.1.rate, None, "nothing is known at first");
    let known = reading.iter().find(|(_, job)| job.seconds_left.is_some()).expect("it came to be known");
    assert!(known.0 - first.0 >= Duration::from_secs(1), "the first moment says little of the rest");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_told_while_nothing_changes() {
    let scene = Scene::new(at_once()).await;
    scene.write("Box/a.txt", "one");
    scene.gates.storing.shut();
    let still = scene.take("Box").await;
    scene.phase(still, Phase::Running).await;
    scene.gates.storing.reached().await;
    let told = scene.told.of(still).len();
    // Another job measures the time.
    endless(&scene, "Other/long.bin");
    let clock = scene.take("Other").await;
    scene.told.until_from(0, clock, |job| job.rate.is_some()).await;
    assert_eq!(scene.told.of(still).len(), told);
    scene.jobs.cancel(clock).expect("it is read");
    scene.phase(clock, Phase::Cancelled).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_comes_last_and_no_two_tales_in_a_row_are_the_same() {
    let scene = Scene::new(at_once()).await;
    for number in 0..50 {
        scene.write(&format!("Box/{number}.txt"), format!("{number}"));
    }
    let id = scene.take("Box").await;
    scene.phase(id, Phase::Finished).await;
    scene.jobs.clear(id).expect("it has ended");
    scene.jobs.shutdown().await;
    let tales = scene.told.all();
    let jobs: Vec<JobStatus> = scene.told.of(id).into_iter().map(|(_, job)| job).collect();
    assert!(jobs.windows(2).all(|two| two[0] != two[1]));
    let [.., Tale::Filed(_), Tale::Job(_, last), Tale::Ended(ended), Tale::Gone(gone)] = tales.as_slice() else {
        panic!("{tales:#?}");
    };
    assert_eq!((last, last.phase, *gone), (ended, Phase::Finished, id));
}
