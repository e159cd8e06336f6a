//! Restores of a matter.

use std::sync::Arc;

use vault_core::ports::PortError;
use vault_core::{Progress, VaultError};
use vault_testing::storage_server::{Fault, Step};

use super::world::{World, borrowed, content, files, letters};

/// More than a chunk, so that it arrives in many pieces.
const LARGE: usize = 9 << 20;

/// Rows 36 and 37.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_document_is_named_and_nothing_of_it_is_written() {
    let large = vec![7; LARGE];
    let world = World::with(&[("a.pdf", &large), ("Sub/b.pdf", b"bee"), ("c.pdf", b"sea")]).await;
    world.server.remove(&world.place_of(b"sea"));
    let bit = LARGE as u64 * 8 - 1;
    for (round, fault) in [Fault::FlipBit(bit), Fault::Shorten(1), Fault::Lengthen(1)].into_iter().enumerate() {
        world.always(&large, fault);
        let back = world.path(&format!("back {round}"));
        let restored = world.give_back(&back, &Arc::default()).await.unwrap();
        assert_eq!((restored.restored, restored.stopped), (1, false));
        let said: Vec<_> = restored.problems.iter().map(|problem| (problem.path.text(), &*problem.reason)).collect();
        let [("Box/a.pdf", damaged), ("Box/c.pdf", missing)] = said[..] else { panic!("{said:?}") };
        assert!(damaged.starts_with("Verification failed"), "{damaged}");
        assert!(missing.starts_with("Content missing"), "{missing}");
        assert_eq!(files(&back).into_iter().collect::<Vec<_>>(), [("Box/Sub/b.pdf".to_owned(), b"bee".to_vec())]);
    }
}

/// Rows 7 and 9.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_loses_its_connection_leaves_only_whole_files_and_continues_later() {
    let mut all = letters(60);
    all.push(("Large.bin".to_owned(), vec![9; LARGE]));
    let world = World::with(&borrowed(&all)).await;
    let back = world.path("back");
    world.dead_after(25);
    let lost = world.give_back(&back, &Arc::default()).await;
    assert!(matches!(&lost, Err(VaultError::Port(PortError::TryLater { .. }))), "{lost:?}");
    let first = files(&back);
    assert!(!first.is_empty() && first.len() < all.len(), "{}", first.len());
    for (name, content) in &first {
        let (_, right) = all.iter().find(|(known, _)| format!("Box/{known}") == *name).unwrap();
        assert_eq!(content, right, "{name}");
    }

    world.server.heal();
    let before = world.downloads();
    let restored = world.give_back(&back, &Arc::default()).await.unwrap();
    assert_eq!((restored.already_there, restored.problems.len()), (first.len() as u64, 0));
    assert_eq!(restored.restored, (all.len() - first.len()) as u64);
    assert_eq!(world.downloads() - before, all.len() - first.len(), "restored files are not requested again");
    assert_eq!(files(&back).len(), all.len());
}

/// Row 9: in the middle of one file.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_cut_within_a_file_continues_in_that_file() {
    let large = vec![7; LARGE];
    let world = World::with(&[("a.pdf", &large)]).await;
    world.server.next(Step::Media, Fault::CutAt(5 << 20));
    let restored = world.give_back(&world.path("back"), &Arc::default()).await.unwrap();
    assert_eq!((restored.restored, restored.problems.len()), (1, 0));
    let log = world.server.log();
    let begun: Vec<u64> =
        log.asked.iter().filter(|(asked, ..)| asked.step == Step::Media).map(|(asked, ..)| asked.offset).collect();
    // The server's last bytes may have been lost with the connection.
    assert!(matches!(begun[..], [0, from] if from > 3 << 20 && from <= 5 << 20), "{begun:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_restore_leaves_only_whole_files_and_continues() {
    let all = letters(60);
    let world = World::with(&borrowed(&all)).await;
    let (back, progress) = (world.path("back"), Arc::<Progress>::default());
    let stop = Arc::clone(&progress);
    let mut asked_for = 0;
    world.server.decide(move |asked| {
        asked_for += usize::from(asked.step == Step::Media);
        if asked_for == 20 {
            stop.stop();
        }
        None
    });
    let stopped = world.give_back(&back, &progress).await.unwrap();
    assert!(stopped.stopped && stopped.problems.is_empty());
    let first = files(&back);
    assert!(first.len() < all.len() && first.values().all(|text| text.starts_with(b"letter ")));
    let restored = world.give_back(&back, &Arc::default()).await.unwrap();
    assert_eq!((restored.already_there + restored.restored, restored.stopped), (60, false));
    assert_eq!(files(&back)["Box/Letters/059.txt"], content(59));
}
