//! Storing and reading.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::sync::Barrier;
use tokio::task::JoinSet;
use vault_core::intake::Problem;
use vault_core::model::BlobRef;
use vault_core::ports::{Presence, Put, PutFailure};

use super::{Files, Subject, Watch, noise};

fn refs(puts: &[Put]) -> Vec<BlobRef> {
    puts.iter().map(|put| put.blob.clone()).collect()
}

/// Content of every size, many at once.
pub async fn content_is_read_as_it_was_written(subject: &Subject) {
    let files = subject.files();
    let sizes = [0, 1, 4095, 4096, 100_000, 262_144, 1 << 20, 3 * (1 << 20) + 1];
    let contents: Vec<Vec<u8>> = (0..40).zip(sizes.into_iter().cycle()).map(|(n, size)| noise(n, size)).collect();
    let puts: Vec<Put> = contents.iter().enumerate().map(|(n, c)| files.file(&format!("{n}.PDF"), c)).collect();
    assert_eq!(subject.blobs.check(&refs(&puts)).await, Ok(vec![Presence::Missing; puts.len()]));
    assert!(subject.put(&puts).await.iter().all(Result::is_ok));
    assert_eq!(subject.blobs.check(&refs(&puts)).await, Ok(vec![Presence::Verified; puts.len()]));
    assert_eq!(subject.again.check(&refs(&puts)).await, Ok(vec![Presence::Verified; puts.len()]));
    for (put, content) in puts.iter().zip(&contents) {
        assert!(subject.read(&put.blob).await.as_ref() == Some(content), "{}", put.blob.path);
        let source = std::fs::read(&put.source.path).expect("source");
        assert!(source == *content, "the source was touched");
    }
    assert_eq!(subject.put(&[]).await, []);
    assert_eq!(subject.blobs.check(&[]).await, Ok(vec![]));
}

/// Storing the same again, in one batch or later, from another name, is success.
pub async fn existing_content_counts_as_stored(subject: &Subject) {
    let files = subject.files();
    let one = files.file("one.pdf", b"the same");
    let two = files.file("two.pdf", b"the same");
    assert_eq!(subject.put(&[one.clone(), two.clone(), one.clone()]).await, [Ok(()), Ok(()), Ok(())]);
    assert_eq!(subject.put(&[two]).await, [Ok(())]);
    assert_eq!(subject.blobs.list(None, 10).await.expect("list").len(), 1);
    assert_eq!(subject.read(&one.blob).await.as_deref(), Some(&b"the same"[..]));
}

/// Bytes that differ from the promised ones never reach the path of the content.
pub async fn a_source_that_changed_stores_nothing(subject: &Subject) {
    let files = subject.files();
    let small = files.file("small.pdf", b"as it was");
    let large = files.file("large.pdf", &noise(1, 3 << 20));
    let longer = files.file("longer.pdf", b"short");
    let good = files.file("good.pdf", b"good");
    Files::change(&small);
    Files::change(&large);
    std::fs::write(&longer.source.path, b"longer than before").expect("write");
    let puts = [small, large, good.clone(), longer];
    let changed = Err(PutFailure::Source(Problem::Changed));
    assert_eq!(subject.put(&puts).await, [changed.clone(), changed.clone(), Ok(()), changed]);
    let there = subject.blobs.check(&refs(&puts)).await;
    assert_eq!(there, Ok(vec![Presence::Missing, Presence::Missing, Presence::Verified, Presence::Missing]));
    let listed = subject.blobs.list(None, 10).await.expect("list");
    assert_eq!(listed.into_iter().map(|blob| blob.path).collect::<Vec<_>>(), [Ok(good.blob.path)]);
}

/// A file that is gone, or is a folder now, fails alone.
pub async fn an_unreadable_source_blocks_no_other(subject: &Subject) {
    let files = subject.files();
    let gone = files.file("gone.pdf", b"gone");
    let folder = files.file("folder.pdf", b"folder");
    let good = files.file("good.pdf", b"good");
    for put in [&gone, &folder] {
        std::fs::remove_file(&put.source.path).expect("remove");
    }
    std::fs::create_dir(&folder.source.path).expect("folder");
    let answers = subject.put(&[gone, folder, good]).await;
    assert_eq!(answers[0], Err(PutFailure::Source(Problem::Vanished)));
    assert!(matches!(&answers[1], Err(PutFailure::Source(_))), "{:?}", answers[1]);
    assert_eq!(answers[2], Ok(()));
}

/// The bytes reported are the bytes stored.
pub async fn progress_counts_what_is_stored(subject: &Subject) {
    let files = subject.files();
    let puts: Vec<Put> = (0..9_u64).map(|n| files.file(&n.to_string(), &noise(n, 700_000))).collect();
    let watch = Arc::new(Watch::default());
    subject.blobs.put(puts, watch.clone()).await.expect("put");
    assert_eq!(watch.stored.load(Ordering::SeqCst), 9 * 700_000);
}

/// Each file that is stored, or was there, is reported once; one that fails is not.
pub async fn progress_reports_each_stored_file(subject: &Subject) {
    let files = subject.files();
    let mut puts: Vec<Put> = (0..9_u64).map(|n| files.file(&n.to_string(), &noise(n, 1000))).collect();
    subject.put(&puts[..2]).await;
    std::fs::remove_file(&puts[4].source.path).expect("remove");
    puts.push(puts[0].clone());
    let watch = Arc::new(Watch::default());
    let answers = subject.blobs.put(puts, watch.clone()).await.expect("put");
    let mut reported = watch.files.lock().expect("no panic").clone();
    reported.sort_unstable();
    let stored: Vec<usize> = (0..answers.len()).filter(|at| answers[*at].is_ok()).collect();
    assert_eq!(reported, stored);
    assert_eq!(stored, [0, 1, 2, 3, 5, 6, 7, 8, 9]);
}

/// A stop takes effect soon; each file is stored whole or not at all, and the rest can be stored later.
pub async fn a_stop_leaves_nothing_incomplete(subject: &Subject) {
    let files = subject.files();
    let mut puts: Vec<Put> = (0..30_u64).map(|n| files.file(&n.to_string(), &noise(n, 10_000))).collect();
    puts.push(files.file("large", &noise(99, 12 << 20)));
    let watch = Arc::new(Watch { stop_at: Some(50_000), ..Watch::default() });
    let answers = subject.blobs.put(puts.clone(), watch.clone()).await.expect("put");
    assert!(watch.asked.load(Ordering::SeqCst));
    assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(PutFailure::Stopped))), "{answers:?}");
    assert!(answers.contains(&Err(PutFailure::Stopped)));
    let there = subject.blobs.check(&refs(&puts)).await.expect("check");
    for (answer, presence) in answers.iter().zip(there) {
        assert_eq!(presence, if answer.is_ok() { Presence::Verified } else { Presence::Missing });
    }
    assert!(subject.put(&puts).await.iter().all(Result::is_ok));
    assert_eq!(subject.blobs.check(&refs(&puts)).await, Ok(vec![Presence::Verified; puts.len()]));
}

/// Two programs that store the same files at the same time do not disturb each other.
pub async fn two_writers_of_the_same_content_store_it_once(subject: &Subject) {
    let files = subject.files();
    let puts: Vec<Put> = (0..60_u64).map(|n| files.file(&format!("{n}.pdf"), &noise(n, 30_000))).collect();
    let barrier = Arc::new(Barrier::new(2));
    let mut tasks = JoinSet::new();
    for blobs in [subject.blobs.clone(), subject.again.clone()] {
        let (puts, barrier) = (puts.clone(), barrier.clone());
        tasks.spawn(async move {
            barrier.wait().await;
            blobs.put(puts, Arc::new(Watch::default())).await.expect("put")
        });
    }
    while let Some(answers) = tasks.join_next().await {
        assert!(answers.expect("task").iter().all(Result::is_ok));
    }
    assert_eq!(subject.blobs.check(&refs(&puts)).await, Ok(vec![Presence::Verified; puts.len()]));
    assert_eq!(subject.blobs.list(None, 1000).await.expect("list").len(), puts.len());
}
