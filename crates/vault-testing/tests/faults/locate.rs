//! Files that are no longer where they were dropped from, found elsewhere by a person.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use vault_core::VaultError;
use vault_core::filing::{Finished, ItemState, Located};
use vault_core::intake::{IntakeProgress, Problem};
use vault_core::model::{DropId, EventKind, LastModified, MatterId};
use vault_core::ports::DropPhase;
use vault_core::restore::RestoreScope;

use super::world::{World, set_time};

/// A finished drop of which all in `Letters` was gone when its turn came; it is in `usb/Box/Letters` now.
async fn moved_away(world: &World) -> Finished {
    world.write("stays.txt", b"stays");
    for name in ["Letters/a.txt", "Letters/b.txt", "Letters/2023/c.txt"] {
        world.write(name, name.as_bytes());
    }
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    fs::create_dir_all(world.elsewhere("usb/Box")).unwrap();
    fs::rename(world.folder().join("Letters"), world.elsewhere("usb/Box/Letters")).unwrap();
    let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.attention), (1, 3));
    done
}

async fn locate(world: &World, drop: DropId, seqs: &[u64], at: &Path) -> Result<Located, VaultError> {
    world.vault.locate(drop, seqs, at, Arc::default()).await
}

async fn seq_of(world: &World, drop: DropId, name: &str) -> u64 {
    let items = world.attention(drop).await;
    items.iter().find(|item| item.file.name.text() == name).unwrap().seq
}

#[tokio::test]
async fn everything_that_is_missing_is_found_in_the_folder_it_moved_to() {
    for place in ["usb", "usb/Box", "usb/Box/Letters"] {
        let world = World::new().await;
        let done = moved_away(&world).await;
        let id = done.drop.new.id;
        // Copied in a way that keeps no times.
        for name in ["a.txt", "b.txt", "2023/c.txt"] {
            set_time(&world.elsewhere("usb/Box/Letters").join(name), 1_700_000_000_000);
        }
        let one = seq_of(&world, id, "a.txt").await;
        let located = locate(&world, id, &[one], &world.elsewhere(place)).await.unwrap();
        assert_eq!((located.found.len(), located.different, located.missing), (3, vec![], 0), "{place}");
        let again = world.retry(id, &located.found).await.unwrap();
        assert_eq!((again.drop.counts.stored, again.drop.attention, again.halt), (4, 0, None), "{place}");
        // Filed as it was dropped: name, folder and time.
        for event in world.events(id).await.iter().filter(|event| event.kind == EventKind::Success) {
            assert!(event.folder_path.text().starts_with("Box"), "{event:?}");
            assert_eq!(event.last_modified, LastModified(1_600_000_000_123));
        }
        let back = world.elsewhere("back");
        let restored = world.vault.restore(&RestoreScope::Drop(id), &back, Arc::default()).await.unwrap();
        assert_eq!((restored.restored, restored.problems.len()), (4, 0));
        assert_eq!(fs::read(back.join("Box/Letters/2023/c.txt")).unwrap(), b"Letters/2023/c.txt");
        assert!(world.is_sound().await);
    }
}

#[tokio::test]
async fn the_place_is_kept_over_a_restart() {
    let world = World::new().await;
    let done = moved_away(&world).await;
    let id = done.drop.new.id;
    let found = locate(&world, id, &[], &world.elsewhere("usb")).await.unwrap().found;
    // The computer stops before they are filed: they need a person still, and are tried again from where they are.
    let again = world.another().await;
    assert_eq!(again.queued_drop(id).await.unwrap().unwrap().attention, 3);
    let filed = again.retry(id, &found, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((filed.drop.counts.stored, filed.drop.attention), (4, 0));
}

#[tokio::test]
async fn another_file_is_never_taken_for_it() {
    let world = World::new().await;
    let done = moved_away(&world).await;
    let id = done.drop.new.id;
    let letters = world.elsewhere("usb/Box/Letters");
    fs::write(letters.join("a.txt"), b"letters/A.txt").unwrap();
    fs::write(letters.join("b.txt"), b"longer than it was").unwrap();
    set_time(&letters.join("a.txt"), 1_600_000_000_123);
    let events = world.events(id).await.len();

    let a = seq_of(&world, id, "a.txt").await;
    let located = locate(&world, id, &[a], &letters.join("a.txt")).await.unwrap();
    assert_eq!((located.found, located.missing), (vec![], 0));
    assert_eq!(located.different[0].text(), "Box/Letters/a.txt");
    let located = locate(&world, id, &[], &letters).await.unwrap();
    assert_eq!((located.found.len(), located.different.len(), located.missing), (1, 2, 0));
    let nowhere = world.elsewhere("nowhere");
    fs::create_dir(&nowhere).unwrap();
    let located = locate(&world, id, &[], &nowhere).await.unwrap();
    assert_eq!((located.found.len(), located.different.len(), located.missing), (0, 0, 3));
    assert_eq!((world.attention(id).await.len(), world.events(id).await.len()), (3, events), "nothing changed");
}

#[tokio::test]
async fn what_changes_after_it_was_found_is_not_filed() {
    let world = World::new().await;
    let done = moved_away(&world).await;
    let id = done.drop.new.id;
    let place = world.elsewhere("usb/Box/Letters/a.txt");
    let a = seq_of(&world, id, "a.txt").await;
    assert_eq!(locate(&world, id, &[a], &place).await.unwrap().found, [a]);
    fs::write(&place, b"letters/A.txt").unwrap();
    set_time(&place, 1_600_000_000_123);
    let again = world.retry(id, &[a]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.attention), (1, 3));
    let items = world.attention(id).await;
    let item = items.iter().find(|item| item.seq == a).unwrap();
    assert_eq!(item.file.state, ItemState::NeedsAttention(Problem::Different));
    assert!(world.is_sound().await);
    // Another copy of it is on a second stick.
    let copy = world.elsewhere("copy of a.txt");
    fs::write(&copy, b"Letters/a.txt").unwrap();
    assert_eq!(locate(&world, id, &[a], &copy).await.unwrap().found, [a]);
    let again = world.retry(id, &[a]).await.unwrap();
    assert_eq!((again.drop.counts.stored, again.drop.attention), (2, 2));
    assert!(world.told(id).await.contains(&("a.txt".to_owned(), EventKind::Success)), "under its own name");
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_and_a_search_can_be_stopped() {
    let world = World::new().await;
    let done = moved_away(&world).await;
    let id = done.drop.new.id;
    let [a, b] = [seq_of(&world, id, "a.txt").await, seq_of(&world, id, "b.txt").await];
    let file = world.elsewhere("usb/Box/Letters/a.txt");
    let several = locate(&world, id, &[a, b], &file).await.unwrap_err().to_string();
    assert!(several.contains("Name the folder"), "{several}");
    assert!(locate(&world, id, &[4711], &file).await.is_err());
    let own = locate(&world, id, &[a], &world.elsewhere("vault")).await.unwrap_err().to_string();
    assert!(own.contains("holds the vault itself"), "{own}");
    let progress = Arc::<IntakeProgress>::default();
    progress.stop();
    let stopped = world.vault.locate(id, &[], &world.elsewhere("usb"), progress).await;
    assert_eq!(stopped, Err(VaultError::Stopped));
    let unread = world.accept().await;
    assert!(locate(&world, unread, &[], &world.elsewhere("usb")).await.is_err());
}

#[tokio::test]
async fn a_dropped_folder_that_could_not_be_read_is_read_where_it_is_now() {
    let world = World::new().await;
    for index in 0..9 {
        world.write(&format!("{}/{index}.txt", index % 3), format!("text {index}").as_bytes());
    }
    let drop = world.accept().await;
    let sources = world.vault.queued_drop(drop).await.unwrap().unwrap().new.sources;
    fs::create_dir(world.elsewhere("usb")).unwrap();
    fs::rename(world.folder(), world.elsewhere("usb/Box")).unwrap();
    let preflight = world.vault.preflight(&MatterId::general(), sources, Arc::default()).await.unwrap();
    let done = world.vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.attention, done.drop.phase), (1, DropPhase::Finished));
    for place in ["usb/Box", "usb"] {
        assert_eq!(locate(&world, drop, &[], &world.elsewhere(place)).await.unwrap().found.len(), 1, "{place}");
    }
    // It goes again after it was read and before it is filed: its files are known to be there.
    let filed = world.retry(drop, &[]).await.unwrap();
    assert_eq!((filed.drop.counts.stored, filed.drop.attention, filed.halt), (9, 0, None));
    assert!(world.events(drop).await.iter().all(|event| event.folder_path.text().starts_with("Box/")));
    assert!(world.is_sound().await);
}
