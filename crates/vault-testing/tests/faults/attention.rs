//! Files that need a person: tried again one by one, read anew, given up.

use std::fs;
use std::sync::Arc;

use vault_core::filing::{Finished, ItemState};
use vault_core::intake::{IntakeProgress, Problem};
use vault_core::model::{EventKind, MatterFields, MatterId, MatterStatus};
use vault_core::ports::DropPhase;
use vault_core::restore::RestoreScope;
use vault_core::{Progress, VaultError};

use super::world::World;

/// A finished drop of `stays.txt` and three files that vanished after the pre-flight, and where they stood.
async fn three_gone(world: &World) -> Finished {
    world.write("stays.txt", b"stays");
    let gone = ["a.txt", "b.txt", "c.txt"].map(|name| world.write(name, name.as_bytes()));
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    for path in gone {
        fs::remove_file(path).unwrap();
    }
    let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.attention), (1, 3));
    done
}

/// Names and numbers of what needs a person.
async fn waiting(world: &World, done: &Finished) -> Vec<(String, u64)> {
    let items = world.attention(done.drop.new.id).await;
    items.into_iter().map(|item| (item.file.name.text().to_owned(), item.seq)).collect()
}

fn names(waiting: &[(String, u64)]) -> Vec<&str> {
    waiting.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn one_file_is_tried_again_and_the_others_still_need_a_person() {
    let world = World::new().await;
    let done = three_gone(&world).await;
    let id = done.drop.new.id;
    let before = waiting(&world, &done).await;
    for name in ["a.txt", "b.txt"] {
        world.write(name, name.as_bytes());
    }
    let again = world.retry(id, &[before[1].1]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.counts.failed, again.drop.attention), (2, 2, 2));
    assert_eq!(again.drop.phase, DropPhase::Finished);
    assert_eq!(names(&waiting(&world, &done).await), ["a.txt", "c.txt"]);
    let listed = world.vault.drops_needing_attention().await.unwrap();
    assert_eq!(listed.iter().map(|drop| drop.attention).collect::<Vec<_>>(), [2]);
    // A number that needs nobody any more changes nothing.
    let events = world.events(id).await.len();
    let again = world.retry(id, &[before[1].1, 4711]).await.unwrap();
    assert_eq!((again.drop.counts.stored, world.events(id).await.len()), (2, events));
    let again = world.retry(id, &[]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.attention), (3, 1));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn what_is_given_up_needs_nobody_and_stays_in_the_history() {
    let world = World::new().await;
    let done = three_gone(&world).await;
    let id = done.drop.new.id;
    let before = waiting(&world, &done).await;
    let told = world.told(id).await;
    let left = world.vault.dismiss_failed(id, &[before[0].1]).await.unwrap();
    assert_eq!((left.attention, left.counts.failed, left.phase), (2, 3, DropPhase::Finished));
    assert_eq!(names(&waiting(&world, &done).await), ["b.txt", "c.txt"]);
    let left = world.vault.dismiss_failed(id, &[]).await.unwrap();
    assert_eq!((left.attention, left.waiting, left.counts.failed), (0, 0, 3));
    assert!(world.vault.drops_needing_attention().await.unwrap().is_empty());
    assert_eq!(world.told(id).await, told, "that they failed stays in the history");
    assert_eq!(told.iter().filter(|(_, kind)| *kind == EventKind::Failed).count(), 3);
    // Once given up, a file is not tried again, though it is there.
    world.write("a.txt", b"a.txt");
    let again = world.retry(id, &[]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.counts.failed), (1, 3));
}

#[tokio::test]
async fn a_retry_that_is_broken_off_loses_nothing() {
    let world = World::new().await;
    let done = three_gone(&world).await;
    let id = done.drop.new.id;
    let before = waiting(&world, &done).await;
    // The computer stops after the drop was taken up again, or after its items were.
    world.vault.parts().journal.reopen(id).await.unwrap();
    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    let resumed = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((resumed.drop.phase, resumed.drop.attention, resumed.halt), (DropPhase::Finished, 3, None));
    assert_eq!(waiting(&world, &done).await, before);

    world.write("a.txt", b"a.txt");
    let progress = Arc::<Progress>::default();
    progress.stop();
    let stopped = world.vault.retry(id, &[before[0].1], Arc::default(), progress).await.unwrap();
    assert_eq!((stopped.drop.phase, stopped.drop.waiting, stopped.drop.attention), (DropPhase::Filing, 1, 2));
    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    let resumed = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((resumed.drop.counts.stored, resumed.drop.attention), (2, 2));
    assert!(world.is_sound().await);
}

/// A drop whose folder was gone when it should have been read.
async fn folder_gone(world: &World) -> Finished {
    for index in 0..30 {
        world.write(&format!("{}/{index}.txt", index % 3), format!("text {}", index % 20).as_bytes());
    }
    world.write("Thumbs.db", b"thumbs");
    fs::create_dir(world.folder().join("empty")).unwrap();
    let drop = world.accept().await;
    let sources = world.vault.queued_drop(drop).await.unwrap().unwrap().new.sources;
    fs::rename(world.folder(), world.elsewhere("moved")).unwrap();
    let preflight = world.vault.preflight(&MatterId::general(), sources, Arc::default()).await.unwrap();
    assert_eq!(preflight.counts.problems, 1);
    let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.attention, done.drop.phase), (1, DropPhase::Finished));
    done
}

#[tokio::test]
async fn a_folder_that_could_not_be_read_is_read_anew() {
    let world = World::new().await;
    let done = folder_gone(&world).await;
    let id = done.drop.new.id;
    let still_gone = world.retry(id, &[]).await.unwrap();
    assert_eq!((still_gone.drop.attention, still_gone.drop.counts.failed), (1, 1));

    fs::rename(world.elsewhere("moved"), world.elsewhere("Box")).unwrap();
    let progress = Arc::<Progress>::default();
    let intake = Arc::<IntakeProgress>::default();
    let again = world.vault.retry(id, &[], Arc::clone(&intake), Arc::clone(&progress)).await.unwrap();
    let counts = again.drop.counts;
    assert_eq!((counts.stored, counts.skipped, counts.failed, counts.left_out), (20, 10, 0, 1));
    assert_eq!((again.drop.attention, again.drop.waiting, again.halt), (0, 0, None));
    assert_eq!((progress.counts().files, progress.counts().files_done), (30, 30));
    assert_eq!(intake.counts().found, 31);
    assert_eq!(world.blobs().len(), 20);
    assert!(world.events(id).await.iter().all(|event| event.folder_path.text().starts_with("Box/")));
    let left_out = world.vault.left_out_of(id).await.unwrap();
    assert_eq!(left_out.iter().map(|entry| entry.path.text()).collect::<Vec<_>>(), ["Box/Thumbs.db"]);
    let summary = world.summary(id).await.unwrap();
    assert_eq!(summary.counts, counts);

    let back = world.elsewhere("back");
    let restored = world.vault.restore(&RestoreScope::Drop(id), &back, Arc::default()).await.unwrap();
    assert_eq!((restored.restored, restored.problems.len()), (30, 0));
    assert!(back.join("Box/empty").is_dir());
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn reading_a_folder_anew_can_be_stopped_and_changes_nothing_then() {
    let world = World::new().await;
    let done = folder_gone(&world).await;
    let id = done.drop.new.id;
    fs::rename(world.elsewhere("moved"), world.elsewhere("Box")).unwrap();
    let intake = Arc::<IntakeProgress>::default();
    intake.stop();
    let stopped = world.vault.retry(id, &[], intake, Arc::default()).await;
    assert_eq!(stopped, Err(VaultError::Stopped));
    let drop = world.vault.queued_drop(id).await.unwrap().unwrap();
    assert_eq!((drop.attention, drop.phase), (1, DropPhase::Finished));
    let again = world.retry(id, &[]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.counts.skipped), (20, 10));
}

#[tokio::test]
async fn what_could_never_be_read_is_left_out_once_it_is_given_up() {
    let world = World::new().await;
    let done = folder_gone(&world).await;
    let id = done.drop.new.id;
    let left = world.vault.dismiss_failed(id, &[]).await.unwrap();
    assert_eq!((left.attention, left.counts.failed, left.counts.left_out), (0, 0, 1));
    let left_out = world.vault.left_out_of(id).await.unwrap();
    assert_eq!(left_out[0].path.text(), "Box");
    assert!(left_out[0].reason.contains("No longer there."), "{}", left_out[0].reason);
    let told = world.vault.mirror.drops(None, None, 1).await.unwrap().drops.remove(0);
    assert_eq!(told.summary.counts, left.counts, "the vault's history knows");
    assert!(world.vault.drops_needing_attention().await.unwrap().is_empty());
}

#[tokio::test]
async fn nothing_goes_on_in_a_matter_that_was_closed_meanwhile() {
    let world = World::new().await;
    let fields = MatterFields { title: "T".into(), number: "2024-001".into(), ..MatterFields::default() };
    let matter = world.vault.create_matter(fields).await.unwrap().id;
    let path = world.write("a.txt", b"text");
    let accept = || world.vault.accept(&matter, vec![world.folder()]);
    let plan = || world.vault.preflight(&matter, vec![world.folder()], Arc::default());

    let (failed, preflight) = (accept().await.unwrap(), plan().await.unwrap());
    fs::remove_file(&path).unwrap();
    world.vault.file(failed, preflight, Arc::default()).await.unwrap();
    world.write("a.txt", b"text");
    let (stopped, preflight) = (accept().await.unwrap(), plan().await.unwrap());
    let progress = Arc::<Progress>::default();
    progress.stop();
    world.vault.file(stopped, preflight, progress).await.unwrap();
    let (planned, preflight) = (accept().await.unwrap(), plan().await.unwrap());
    let unread = accept().await.unwrap();

    world.vault.set_matter_status(&matter, MatterStatus::Closed).await.unwrap();
    let drop = async |id| world.vault.queued_drop(id).await.unwrap().unwrap();
    let resume = async |id| world.vault.resume(&drop(id).await, Arc::default(), Arc::default()).await;
    let sentence = "Matter 2024-001 is closed. Reopen it to file to it.";
    for refused in [
        world.retry(failed, &[]).await,
        resume(stopped).await,
        resume(unread).await,
        world.vault.file(planned, preflight, Arc::default()).await.map_err(VaultError::from),
    ] {
        assert_eq!(refused.unwrap_err().to_string(), sentence);
    }
    assert!(world.blobs().is_empty());
    assert_eq!((drop(failed).await.attention, drop(stopped).await.waiting), (1, 1));
    let attention = world.attention(failed).await;
    assert_eq!(attention[0].file.state, ItemState::NeedsAttention(Problem::Vanished));

    world.vault.set_matter_status(&matter, MatterStatus::Active).await.unwrap();
    assert_eq!(world.retry(failed, &[]).await.unwrap().drop.counts.stored, 1);
    for id in [stopped, planned, unread] {
        assert_eq!(resume(id).await.unwrap().drop.counts.skipped, 1);
    }
    assert!(world.is_sound().await);
}
