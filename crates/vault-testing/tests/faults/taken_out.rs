//! Single files that a person takes out of a drop.

use std::fs;
use std::sync::Arc;

use vault_core::Progress;
use vault_core::filing::{Halt, ItemState};
use vault_core::model::{DropId, EventKind};
use vault_core::ports::{DropPhase, ItemUpdate};

use super::world::World;

/// A drop with files `0.txt` to `4.txt` in the queue, of which none is filed yet.
async fn queued(world: &World) -> DropId {
    for index in 0..5 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    let progress = Arc::<Progress>::default();
    progress.stop();
    let stopped = world.vault.file(drop, preflight, progress).await.unwrap();
    assert_eq!((stopped.halt, stopped.drop.waiting), (Some(Halt::Stopped), 5));
    drop
}

async fn seq_of(world: &World, drop: DropId, name: &str) -> u64 {
    let mut items = world.vault.open_files(drop, 0, 100).await.unwrap();
    items.extend(world.attention(drop).await);
    items.iter().find(|item| item.file.name.text() == name).unwrap().seq
}

#[tokio::test]
async fn a_queued_file_is_taken_out_and_the_others_are_filed() {
    let world = World::new().await;
    let drop = queued(&world).await;
    let out = seq_of(&world, drop, "2.txt").await;
    let taken = world.vault.remove_files(drop, &[out, 4711], false).await.unwrap();
    assert_eq!((taken.files, taken.too_late, taken.drop.waiting, taken.drop.cancelled), (1, 1, 4, 1));
    let again = world.vault.remove_files(drop, &[out], false).await.unwrap();
    assert_eq!((again.files, again.too_late, again.drop.cancelled), (0, 1, 1), "it stays so");
    let done = world.vault.resume(&again.drop, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.drop.phase, done.drop.counts.stored, done.drop.cancelled), (DropPhase::Finished, 4, 1));
    assert_eq!((done.drop.counts.failed, done.drop.attention, world.blobs().len()), (0, 0, 4));
    assert!(world.told(drop).await.iter().all(|(name, kind)| name != "2.txt" && *kind == EventKind::Success));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn a_file_that_needs_a_person_is_taken_out_of_a_finished_drop() {
    let world = World::new().await;
    world.write("stays.txt", b"stays");
    let gone = world.write("gone.txt", b"gone");
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    fs::remove_file(gone).unwrap();
    let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.failed, done.drop.attention), (1, 1));
    let out = seq_of(&world, drop, "gone.txt").await;
    let taken = world.vault.remove_files(drop, &[out], false).await.unwrap();
    assert_eq!((taken.files, taken.drop.attention, taken.drop.cancelled, taken.drop.counts.failed), (1, 0, 1, 0));
    assert!(world.vault.drops_needing_attention().await.unwrap().is_empty());
    let summary = world.summary(drop).await.unwrap();
    assert_eq!(summary.counts, taken.drop.counts, "the vault's history knows");
    assert!(world.told(drop).await.contains(&("gone.txt".to_owned(), EventKind::Failed)), "that it failed is kept");
    let again = world.retry(drop, &[]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.cancelled), (1, 1));
}

#[tokio::test]
async fn a_drop_of_which_everything_is_taken_out_is_finished() {
    let world = World::new().await;
    let drop = queued(&world).await;
    let all: Vec<u64> = (0..5).collect();
    let taken = world.vault.remove_files(drop, &all, false).await.unwrap();
    assert_eq!((taken.files, taken.drop.phase, taken.drop.cancelled), (5, DropPhase::Finished, 5));
    assert!(world.vault.unfinished_drops().await.unwrap().is_empty());
    assert!(world.blobs().is_empty() && world.events(drop).await.is_empty());
}

#[tokio::test]
async fn what_is_on_its_way_is_left_alone_while_it_is_filed_and_asked_for_afterwards() {
    let world = World::new().await;
    let drop = queued(&world).await;
    let journal = &world.vault.parts().journal;
    let begun =
        |seq| ItemUpdate { seq, state: ItemState::Uploading { session: None, tried: 0 }, read: None, event: None };
    journal.advance(drop, &[begun(1), begun(2)]).await.unwrap();
    let taken = world.vault.remove_files(drop, &[1, 3], true).await.unwrap();
    assert_eq!((taken.files, taken.too_late, taken.drop.waiting), (1, 1, 4));
    // Nobody files it any more, and the vault has nothing of it.
    let taken = world.vault.remove_files(drop, &[1], false).await.unwrap();
    assert_eq!((taken.files, taken.drop.waiting, taken.drop.cancelled), (1, 3, 2));
    let done = world.vault.resume(&taken.drop, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.cancelled), (3, 2));
    assert!(world.is_sound().await);
}
