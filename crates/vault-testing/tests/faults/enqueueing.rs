//! A drop that is put into the queue and filed later: the vault is not asked, and nothing is filed.

use std::sync::Arc;

use vault_core::model::{MatterFields, MatterId, MatterStatus};
use vault_core::ports::{DropPhase, PortError};
use vault_core::queue::PauseReason;

use super::line::Line;
use super::world::World;

#[tokio::test]
async fn a_drop_is_enqueued_without_a_request_and_filed_when_it_is_resumed() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    world.write("b.txt", b"second");
    let (line, vault) = Line::before(&world.vault);
    let drop = world.accept().await;
    vault.await_review(drop).await.unwrap();
    let preflight = world.preflight().await;
    line.cut();
    let asked = line.asked();

    vault.enqueue(drop, &preflight).await.unwrap();

    assert_eq!(line.asked(), asked, "the vault is not asked");
    let queued = vault.queued_drop(drop).await.unwrap().unwrap();
    assert_eq!((queued.phase, queued.waiting, queued.paused.clone()), (DropPhase::Filing, 2, None));
    assert_eq!(world.told(drop).await, []);
    assert!(vault.enqueue(drop, &preflight).await.is_err(), "a drop is enqueued only once");

    line.mend();
    let done = vault.resume(&queued, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.halt, done.drop.phase, done.drop.counts.stored), (None, DropPhase::Finished, 2));
    assert!(world.is_sound().await);
}

#[tokio::test]
async fn a_drop_that_a_user_paused_meanwhile_stays_paused_in_the_queue() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    let drop = world.accept().await;
    let preflight = world.preflight().await;
    world.vault.pause(drop).await.unwrap();
    world.vault.enqueue(drop, &preflight).await.unwrap();
    let queued = world.vault.queued_drop(drop).await.unwrap().unwrap();
    assert_eq!((queued.phase, queued.paused), (DropPhase::Filing, Some(PauseReason::ByUser)));
}

#[tokio::test]
async fn a_drop_to_a_matter_that_was_closed_meanwhile_is_not_enqueued() {
    let world = World::new().await;
    world.write("a.txt", b"first");
    let fields = MatterFields { title: "Lease".to_owned(), ..MatterFields::default() };
    let matter: MatterId = world.vault.create_matter(fields).await.unwrap().id;
    let drop = world.vault.accept(&matter, vec![world.folder()]).await.unwrap();
    let preflight = world.vault.preflight(&matter, vec![world.folder()], Arc::default()).await.unwrap();
    world.vault.set_matter_status(&matter, MatterStatus::Closed).await.unwrap();
    let refused: PortError = world.vault.enqueue(drop, &preflight).await.unwrap_err();
    assert!(refused.to_string().contains("is closed"), "{refused}");
    let accepted = world.vault.queued_drop(drop).await.unwrap().unwrap();
    assert_eq!(accepted.phase, DropPhase::Preparing);
}
