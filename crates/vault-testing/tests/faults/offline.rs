//! A vault that is elsewhere and cannot be reached: drops are read and planned from the copy, and filed when it can.

use std::fs;
use std::sync::Arc;

use vault_core::Vault;
use vault_core::filing::{Finished, Halt};
use vault_core::model::{EventKind, MatterFields, MatterId, MatterStatus};
use vault_core::ports::{DropPhase, JournaledDrop, PortError};
use vault_core::preflight::{Class, Preflight};
use vault_core::queue::PauseReason;

use super::line::{Line, OFFLINE};
use super::world::World;

async fn preflight(vault: &Vault, world: &World) -> Preflight {
    vault.preflight(&MatterId::general(), vec![world.folder()], Arc::default()).await.unwrap()
}

async fn resume(vault: &Vault, drop: &JournaledDrop) -> Finished {
    vault.resume(drop, Arc::default(), Arc::default()).await.unwrap()
}

fn is_held(finished: &Finished) {
    assert_eq!(finished.halt, Some(Halt::Paused(PortError::later(OFFLINE))));
    assert_eq!(
        (finished.drop.phase, finished.drop.paused.clone()),
        (DropPhase::Filing, Some(PauseReason::Blocked(OFFLINE.to_owned())))
    );
}

/// A vault with `a.txt`, and then `b.txt` beside it.
async fn one_is_there_and_one_is_new() -> (World, Arc<Line>, Vault) {
    let world = World::new().await;
    world.write("a.txt", b"first");
    world.file().await;
    world.write("b.txt", b"second");
    let (line, vault) = Line::before(&world.vault);
    (world, line, vault)
}

#[tokio::test]
async fn a_drop_is_planned_from_the_copy_held_and_filed_when_there_is_a_connection() {
    let (world, line, vault) = one_is_there_and_one_is_new().await;
    assert!(!preflight(&vault, &world).await.offline_estimate);
    line.cut();
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    let planned = preflight(&vault, &world).await;
    assert!(planned.offline_estimate);
    assert_eq!((planned.counts.new, planned.counts.already_stored), (1, 1));
    let classes: Vec<_> = planned.files().map(|(file, class)| (planned.found.name(file), class)).collect();
    assert!(classes.iter().all(|(name, class)| (name.text() == "b.txt") == (*class == Class::New)), "{classes:?}");

    let held = vault.file(drop, planned, Arc::default()).await.unwrap();
    is_held(&held);
    assert_eq!(held.drop.waiting, 2);
    is_held(&resume(&vault, &held.drop).await);
    line.mend();
    let done = resume(&vault, &held.drop).await;
    assert_eq!((done.halt, done.drop.phase, done.drop.paused), (None, DropPhase::Finished, None));
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (1, 1));
    let told = [("a.txt".to_owned(), EventKind::AlreadyStored), ("b.txt".to_owned(), EventKind::Success)];
    assert_eq!(world.told(drop).await, told);
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn what_the_copy_calls_stored_is_stored_if_it_is_not_there_any_more() {
    let (world, line, vault) = one_is_there_and_one_is_new().await;
    line.cut();
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    let planned = preflight(&vault, &world).await;
    assert_eq!(planned.counts.already_stored, 1);
    fs::remove_file(&world.blobs()[0]).unwrap();
    line.mend();
    let done = vault.file(drop, planned, Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.counts.skipped), (2, 0));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn content_that_cannot_be_looked_at_is_planned_as_the_records_say() {
    let (world, line, vault) = one_is_there_and_one_is_new().await;
    line.cut_content();
    let planned = preflight(&vault, &world).await;
    assert!(planned.offline_estimate);
    assert_eq!((planned.counts.new, planned.counts.already_stored), (1, 1));
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    is_held(&vault.file(drop, planned, Arc::default()).await.unwrap());
}

#[tokio::test]
async fn a_line_that_is_cut_is_asked_once() {
    let world = World::new().await;
    for index in 0..2500 {
        world.write(&format!("{index}.txt"), format!("text {index}").as_bytes());
    }
    let (line, vault) = Line::before(&world.vault);
    assert_eq!(preflight(&vault, &world).await.counts.new, 2500);
    let asked = line.asked();
    assert!((1..=2).contains(&asked), "before the folder is read, and after if that took long: {asked} times");
    line.cut();
    assert_eq!(preflight(&vault, &world).await.counts.new, 2500);
    assert_eq!(line.asked(), asked + 1);
}

#[tokio::test]
async fn a_drop_begun_without_a_connection_is_read_and_filed_by_the_next_start() {
    let (world, line, vault) = one_is_there_and_one_is_new().await;
    line.cut();
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    let accepted = vault.queued_drop(drop).await.unwrap().unwrap();
    is_held(&resume(&vault, &accepted).await);
    let started = world.another().await;
    let unfinished = started.unfinished_drops().await.unwrap();
    let done = resume(&started, &unfinished[0]).await;
    assert_eq!((done.halt, done.drop.counts.stored, done.drop.counts.skipped), (None, 1, 1));
}

#[tokio::test]
async fn a_matter_that_a_colleague_closed_is_refused_before_anything_is_read() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    let fields = MatterFields { title: "Lease".to_owned(), ..MatterFields::default() };
    let matter = world.vault.create_matter(fields.clone()).await.unwrap();
    // Past the copy, as from another computer.
    let closed = MatterFields { status: MatterStatus::Closed, ..fields };
    world.vault.parts().records.put_matter(&matter.id, closed, false, Some(matter.updated_at)).await.unwrap();
    let refused = world.vault.preflight(&matter.id, vec![world.folder()], Arc::default()).await;
    assert!(refused.unwrap_err().to_string().contains("is closed"));
}
