//! The same thing twice: one after the other, at once, and after a stop.

use std::fs;
use std::sync::Arc;

use vault_core::Progress;
use vault_core::filing::Halt;
use vault_core::model::{EventKind, MatterId};
use vault_core::ports::DropPhase;
use vault_core::restore::RestoreScope;

use super::world::World;

#[tokio::test]
async fn three_identical_files_in_three_folders() {
    let world = World::new().await;
    for folder in ["1", "2", "3"] {
        world.write(&format!("{folder}/a.txt"), b"same");
    }
    let done = world.file().await;
    assert_eq!(world.blobs().len(), 1);
    let events = world.events(done.drop.new.id).await;
    assert_eq!(events.len(), 3);
    let document = world.vault.mirror.document(events[0].file_hash).await.unwrap().unwrap();
    assert_eq!(document.records.len(), 1);
    let mut folders: Vec<_> = document.records[0].folder_paths.iter().map(str::to_owned).collect();
    folders.sort();
    assert_eq!(folders, ["Box/1", "Box/2", "Box/3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_file_the_same_folder_at_once() {
    let world = World::new().await;
    for index in 0..300 {
        world.write(&format!("{}/{index}.txt", index % 7), format!("text {index}").as_bytes());
    }
    let other = world.another().await;
    let file = |vault: vault_core::Vault, folder| async move {
        let general = MatterId::general();
        let drop = vault.accept(&general, vec![folder]).await.unwrap();
        let sources = vault.queued_drop(drop).await.unwrap().unwrap().new.sources;
        let preflight = vault.preflight(&general, sources, Arc::default()).await.unwrap();
        vault.file(drop, preflight, Arc::default()).await.unwrap()
    };
    let (one, two) = tokio::join!(
        tokio::spawn(file(world.vault.clone(), world.folder())),
        tokio::spawn(file(other, world.folder()))
    );
    for done in [one.unwrap(), two.unwrap()] {
        assert_eq!(done.halt, None);
        assert_eq!(done.drop.counts.stored + done.drop.counts.skipped, 300, "{:?}", done.drop);
        assert_eq!(world.events(done.drop.new.id).await.iter().filter(|event| event.kind.is_stored()).count(), 300);
    }
    assert_eq!(world.blobs().len(), 300);
    assert!(world.is_sound().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stopped_goes_on_and_the_history_says_so() {
    let world = World::new().await;
    world.write("large.txt", &vec![7; 100_000_000]);
    for index in 0..20 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    let progress = Arc::new(Progress::default());
    let watched = Arc::clone(&progress);
    let stopping = std::thread::spawn(move || {
        while watched.counts().bytes_done == 0 {
            std::thread::yield_now();
        }
        watched.stop();
    });
    let stopped = world.vault.file(drop, preflight, progress).await.unwrap();
    stopping.join().unwrap();
    assert_eq!(stopped.halt, Some(Halt::Stopped));
    let waiting = stopped.drop.waiting;
    assert!(waiting > 0);

    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    let done = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.waiting, done.drop.phase), (21, 0, DropPhase::Finished));
    let events = world.events(drop).await;
    let kinds = |kind| events.iter().filter(|event| event.kind == kind).count() as u64;
    assert_eq!(kinds(EventKind::Success), 21);
    assert_eq!(kinds(EventKind::Interrupted), waiting, "what was begun and broken off stays in the history");
}

#[tokio::test]
async fn what_is_stopped_before_it_begins_leaves_no_trace_but_the_queue() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    let progress = Arc::new(Progress::default());
    progress.stop();
    let stopped = world.vault.file(drop, preflight, progress).await.unwrap();
    assert_eq!((stopped.halt, stopped.drop.waiting), (Some(Halt::Stopped), 1));
    assert!(world.events(drop).await.is_empty());
}

#[tokio::test]
async fn a_drop_that_was_never_read_is_read_when_it_goes_on() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    world.accept().await;
    let again = world.another().await;
    let unfinished = again.unfinished_drops().await.unwrap();
    assert_eq!(unfinished[0].phase, DropPhase::Preparing);
    let done = again.resume(&unfinished[0], Arc::default(), Arc::default()).await.unwrap();
    assert_eq!(done.drop.counts.stored, 1);
    assert!(again.unfinished_drops().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_cancelled_drop_keeps_what_was_filed_and_nothing_waits() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    let progress = Arc::new(Progress::default());
    progress.stop();
    world.vault.file(drop, preflight, progress).await.unwrap();
    let cancelled = world.vault.cancel(drop).await.unwrap();
    assert_eq!((cancelled.drop.phase, cancelled.drop.waiting), (DropPhase::Cancelled, 0));
    assert!(world.vault.unfinished_drops().await.unwrap().is_empty());
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn a_restore_is_repeated_without_harm_and_writes_over_nothing() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    world.write("sub/b.txt", b"other");
    fs::create_dir_all(world.folder().join("empty")).unwrap();
    let done = world.file().await;
    let scope = RestoreScope::Drop(done.drop.new.id);
    let back = world.elsewhere("back");
    fs::create_dir_all(back.join("Box")).unwrap();
    fs::write(back.join("Box/a.txt"), b"mine").unwrap();

    let first = world.vault.restore(&scope, &back, Arc::default()).await.unwrap();
    assert_eq!((first.restored, first.already_there, first.renamed.len()), (2, 0, 1));
    assert_eq!(fs::read(back.join("Box/a.txt")).unwrap(), b"mine");
    assert_eq!(fs::read(back.join("Box/a (2).txt")).unwrap(), b"text");
    assert!(back.join("Box/empty").is_dir());
    let second = world.vault.restore(&scope, &back, Arc::default()).await.unwrap();
    assert_eq!((second.restored, second.already_there), (0, 2));
}

#[tokio::test]
async fn a_restore_writes_through_no_link() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    let done = world.file().await;
    let (back, outside) = (world.elsewhere("back"), world.elsewhere("outside"));
    fs::create_dir_all(&back).unwrap();
    fs::create_dir_all(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, back.join("Box")).unwrap();
    let restored = world.vault.restore(&RestoreScope::Drop(done.drop.new.id), &back, Arc::default()).await.unwrap();
    assert_eq!((restored.restored, restored.problems.len()), (0, 1));
    assert!(restored.problems[0].reason.contains("link"), "{}", restored.problems[0].reason);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[tokio::test]
async fn the_vault_is_not_filed_into_itself_and_nothing_is_restored_into_it() {
    let world = World::new().await;
    world.write("a.txt", b"text");
    world.file().await;
    let place = world.folder().parent().unwrap().to_owned();
    for source in [place.clone(), place.join("vault"), place.join("vault/teams")] {
        let sources = vec![world.folder(), source];
        let planned = world.vault.preflight(&MatterId::general(), sources.clone(), Arc::default()).await;
        let accepted = world.vault.accept(&MatterId::general(), sources).await;
        for refused in [planned.unwrap_err().to_string(), accepted.unwrap_err().to_string()] {
            assert!(refused.contains("holds the vault itself"), "{refused}");
        }
    }
    assert!(world.vault.unfinished_drops().await.unwrap().is_empty());
    let scope = RestoreScope::Matter(MatterId::general());
    for destination in [place.join("vault"), place.join("vault/new/folder")] {
        let refused = world.vault.restore(&scope, &destination, Arc::default()).await.unwrap_err().to_string();
        assert!(refused.contains("part of the vault itself"), "{refused}");
    }
    assert!(!place.join("vault/new").exists());
    assert_eq!(world.vault.restore(&scope, &place, Arc::default()).await.unwrap().already_there, 1);
}

#[tokio::test]
async fn nothing_is_filed_to_a_closed_or_removed_matter() {
    let world = World::new().await;
    let fields = vault_core::model::MatterFields { title: "T".into(), number: "1".into(), ..Default::default() };
    let matter = world.vault.create_matter(fields).await.unwrap();
    world.vault.set_matter_status(&matter.id, vault_core::model::MatterStatus::Closed).await.unwrap();
    let refused = world.vault.accept(&matter.id, vec![world.folder()]).await.unwrap_err();
    assert!(refused.to_string().contains("closed"), "{refused}");
    world.vault.remove_matter(&matter.id).await.unwrap();
    let refused = world.vault.accept(&matter.id, vec![world.folder()]).await.unwrap_err();
    assert!(refused.to_string().contains("removed"), "{refused}");
    assert!(world.vault.unfinished_drops().await.unwrap().is_empty());
}
