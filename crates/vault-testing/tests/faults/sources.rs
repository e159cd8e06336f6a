//! What can happen to a source file between the pre-flight and the vault.

use std::fs;
use std::sync::Arc;

use vault_core::filing::{Finished, ItemState};
use vault_core::intake::Problem;
use vault_core::model::EventKind;

use super::world::{World, set_time};

/// Files after `meanwhile` has been done to the folder that the pre-flight saw.
async fn file_after(world: &World, meanwhile: impl FnOnce()) -> Finished {
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    meanwhile();
    world.vault.file(drop, preflight, Arc::default()).await.unwrap()
}

#[tokio::test]
async fn an_edited_file_is_read_again_and_its_new_content_is_stored() {
    let world = World::new().await;
    let path = world.write("a.txt", b"first");
    world.write("b.txt", b"other");
    let done = file_after(&world, || fs::write(&path, b"second").unwrap()).await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed, done.halt), (2, 0, None));
    let told = world.told(done.drop.new.id).await;
    let expected = [("a.txt", EventKind::Failed), ("a.txt", EventKind::Success), ("b.txt", EventKind::Success)];
    assert_eq!(told, expected.map(|(name, kind)| (name.to_owned(), kind)));
    let events = world.events(done.drop.new.id).await;
    let stored = events.iter().find(|event| event.kind == EventKind::Success && event.size == 6).unwrap();
    assert_eq!(stored.file_hash, vault_core::model::FileHash::of(b"second"));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn new_bytes_under_the_old_size_and_time_are_never_stored_under_the_old_hash() {
    let world = World::new().await;
    let path = world.write("a.txt", b"first text");
    let done = file_after(&world, || {
        fs::write(&path, b"other text").unwrap();
        set_time(&path, 1_600_000_000_123);
    })
    .await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed), (1, 0));
    assert_eq!(world.blobs().len(), 1);
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn a_second_drop_notices_new_bytes_under_the_old_size_and_time() {
    let world = World::new().await;
    let path = world.write("a.txt", b"first text");
    world.file().await;
    fs::write(&path, b"other text").unwrap();
    set_time(&path, 1_600_000_000_123);
    let preflight = world.preflight().await;
    assert_eq!((preflight.counts.new, preflight.counts.already_stored), (1, 0));
}

#[tokio::test]
async fn a_file_that_vanished_needs_a_person_and_holds_up_nobody() {
    let world = World::new().await;
    let path = world.write("a.txt", b"here");
    world.write("b.txt", b"stays");
    let done = file_after(&world, || fs::remove_file(&path).unwrap()).await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed, done.drop.waiting), (1, 1, 0));
    let attention = world.attention(done.drop.new.id).await;
    assert_eq!(attention[0].file.state, ItemState::NeedsAttention(Problem::Vanished));

    world.write("a.txt", b"here");
    let retried = world.retry(done.drop.new.id, &[]).await.unwrap();
    assert_eq!((retried.drop.counts.stored, retried.drop.counts.failed), (2, 0));
    assert!(world.attention(done.drop.new.id).await.is_empty());
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn when_the_first_of_three_copies_vanishes_the_second_is_stored() {
    let world = World::new().await;
    let first = world.write("1/a.txt", b"same");
    world.write("2/a.txt", b"same");
    world.write("3/a.txt", b"same");
    let done = file_after(&world, || fs::remove_file(&first).unwrap()).await;
    let counts = done.drop.counts;
    assert_eq!((counts.stored, counts.skipped, counts.failed), (1, 1, 1));
    assert_eq!(world.blobs().len(), 1);
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn a_truncated_file_is_stored_as_it_is_now() {
    let world = World::new().await;
    let path = world.write("a.txt", &vec![7; 100_000]);
    let done = file_after(&world, || fs::File::options().write(true).open(&path).unwrap().set_len(10).unwrap()).await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed), (1, 0));
    let stored = world.events(done.drop.new.id).await.into_iter().find(|e| e.kind == EventKind::Success).unwrap();
    assert_eq!(stored.size, 10);
}

#[tokio::test]
async fn a_file_replaced_by_a_link_is_not_followed() {
    let world = World::new().await;
    let path = world.write("a.txt", b"here");
    let secret = world.elsewhere("secret");
    fs::write(&secret, b"secret").unwrap();
    let done = file_after(&world, || {
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(&secret, &path).unwrap();
    })
    .await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.failed), (0, 1));
    assert!(world.blobs().is_empty());
}

#[tokio::test]
async fn a_file_that_is_written_all_the_time_is_given_up_in_the_end() {
    let world = World::new().await;
    let path = world.write("a.txt", &vec![1; 3_000_000]);
    world.write("b.txt", b"stays");
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let done = {
        let drop = world.accept().await;
        let preflight = world.preflight().await;
        let writing = Arc::clone(&stop);
        let writer = std::thread::spawn(move || {
            let mut byte = 0_u8;
            while !writing.load(std::sync::atomic::Ordering::Relaxed) {
                byte = byte.wrapping_add(1);
                fs::write(&path, vec![byte; 3_000_000]).unwrap();
            }
        });
        let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        writer.join().unwrap();
        done
    };
    // It may have kept still for an instant; what must not be is a mixture.
    assert_eq!(done.drop.counts.stored + done.drop.counts.failed, 2);
    assert_eq!(done.drop.waiting, 0);
    assert!(world.is_sound().await);
}
