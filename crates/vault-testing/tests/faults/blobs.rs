//! What can happen to the content in the vault.

use std::fs;
use std::sync::Arc;

use vault_core::model::MatterId;
use vault_core::restore::RestoreScope;

use super::world::{World, overwrite};

#[tokio::test]
async fn content_that_was_damaged_is_not_called_stored_and_is_healed_by_the_next_drop() {
    let world = World::new().await;
    world.write("a.txt", b"the text");
    world.file().await;
    overwrite(&world.blobs()[0], b"thE text");

    let found = world.vault.verify(Arc::default()).await.unwrap();
    assert_eq!((found.damaged.len(), found.missing.len()), (1, 0));
    assert_eq!(found.damaged[0].documents, ["a.txt"]);
    let preflight = world.preflight().await;
    assert_eq!((preflight.counts.new, preflight.counts.already_stored), (1, 0));
    let done = world.file().await;
    assert_eq!(done.drop.counts.stored, 1);
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn content_that_is_gone_is_not_called_stored_and_is_healed_by_the_next_drop() {
    let world = World::new().await;
    world.write("a.txt", b"the text");
    world.file().await;
    fs::remove_file(&world.blobs()[0]).unwrap();
    assert_eq!(world.vault.verify(Arc::default()).await.unwrap().missing.len(), 1);
    let done = world.file().await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (1, 0));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn junk_at_the_place_of_new_content_is_set_aside() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    world.file().await;
    let hash = vault_core::model::FileHash::of(b"second");
    let junk = world.blobs()[0].with_file_name(format!("{hash}.txt"));
    fs::write(&junk, b"junk!!").unwrap();
    world.write("b.txt", b"second");
    let done = world.file().await;
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (1, 1));
    assert_eq!(fs::read(&junk).unwrap(), b"second");
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn what_no_record_refers_to_is_reported_and_harms_nothing() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    world.file().await;
    let orphan = world.blobs()[0].with_file_name("notes.txt");
    fs::write(&orphan, b"?").unwrap();
    let found = world.vault.verify(Arc::default()).await.unwrap();
    assert!(found.is_sound());
    assert_eq!(found.orphaned.len(), 1);
}

#[tokio::test]
async fn damaged_content_is_never_given_back() {
    let world = World::new().await;
    world.write("a.txt", b"the text");
    world.write("b.txt", b"other text");
    world.file().await;
    let damaged = world.blobs().into_iter().find(|path| fs::read(path).unwrap() == b"the text").unwrap();
    overwrite(&damaged, b"thE text");
    let back = world.elsewhere("back");
    let restored =
        world.vault.restore(&RestoreScope::Matter(MatterId::general()), &back, Arc::default()).await.unwrap();
    assert_eq!((restored.restored, restored.problems.len()), (1, 1));
    assert!(restored.problems[0].reason.starts_with("Verification failed"));
    assert!(!back.join("Box/a.txt").exists());
    assert_eq!(fs::read_dir(&back).unwrap().count(), 1, "nothing is left of the attempt");
}
