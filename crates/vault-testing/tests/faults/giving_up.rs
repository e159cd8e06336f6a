//! Drops that a person gives up while the vault cannot be asked, or asks nothing of them any more.

use std::fs;
use std::sync::Arc;

use vault_core::filing::{Halt, ItemState};
use vault_core::model::{DropId, MatterId};
use vault_core::ports::{DropPhase, ItemUpdate, JournaledDrop, PortError};
use vault_core::queue::PauseReason;
use vault_core::{Progress, Vault, VaultError};

use super::line::{Line, OFFLINE};
use super::world::World;

/// A vault that is elsewhere, and a drop of three files in the queue, of which none is filed yet.
async fn queued() -> (World, Arc<Line>, Vault, DropId) {
    let world = World::far().await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        world.write(name, name.as_bytes());
    }
    let (line, vault) = Line::before(&world.vault);
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    let preflight = vault.preflight(&MatterId::general(), vec![world.folder()], Arc::default()).await.unwrap();
    let progress = Arc::<Progress>::default();
    progress.stop();
    let stopped = vault.file(drop, preflight, progress).await.unwrap();
    assert_eq!((stopped.halt, stopped.drop.waiting), (Some(Halt::Stopped), 3));
    (world, line, vault, drop)
}

async fn stands(vault: &Vault, drop: DropId) -> JournaledDrop {
    vault.queued_drop(drop).await.unwrap().unwrap()
}

/// The first file is on its way, as far as the queue knows.
async fn begin_one(vault: &Vault, drop: DropId) {
    let begun = ItemUpdate { seq: 0, state: ItemState::Uploading { session: None, tried: 0 }, read: None, event: None };
    vault.parts().journal.advance(drop, &[begun]).await.unwrap();
}

#[tokio::test]
async fn a_drop_that_never_left_this_computer_is_given_up_without_a_network() {
    let (world, line, vault, drop) = queued().await;
    line.cut();
    let given_up = vault.cancel(drop).await.unwrap().drop;
    assert_eq!((given_up.phase, given_up.waiting, given_up.cancelled), (DropPhase::Cancelled, 0, 3));
    line.mend();
    assert!(vault.unfinished_drops().await.unwrap().is_empty());
    assert!(world.blobs().is_empty() && world.events(drop).await.is_empty());
    assert_eq!(world.summary(drop).await, None, "it leaves no trace");
}

/// It is kept, so that nothing files it afterwards, whatever is started or resumed.
#[tokio::test]
async fn what_was_begun_is_given_up_when_the_vault_can_be_asked_and_not_filed_meanwhile() {
    let (world, line, vault, drop) = queued().await;
    begin_one(&vault, drop).await;
    line.cut();
    assert_eq!(vault.cancel(drop).await.unwrap_err(), PortError::later(OFFLINE));
    let waits = stands(&vault, drop).await;
    assert_eq!((waits.phase, waits.paused.clone()), (DropPhase::Filing, Some(PauseReason::Cancelling)));
    assert_eq!((waits.waiting, waits.cancelled), (1, 2), "what needs nobody is taken out at once");
    assert!(waits.is_cancelling() && !waits.waits_for_user());
    let refused = vault.retry(drop, &[], Arc::default(), Arc::default()).await.unwrap_err().to_string();
    assert!(refused.contains("was cancelled"), "{refused}");

    // The program is started again: whoever goes on with the drop gives it up.
    let vault = world.far_again().await;
    let done = vault.resume(&stands(&vault, drop).await, Arc::default(), Arc::default()).await.unwrap();
    assert_eq!((done.drop.phase, done.drop.waiting, done.drop.cancelled), (DropPhase::Cancelled, 0, 3));
    assert!(world.blobs().is_empty() && world.events(drop).await.is_empty());
}

/// A wall went up before the matter, or the account was closed: there must be a way out.
#[tokio::test]
async fn who_has_no_access_any_more_can_give_a_drop_up() {
    let (world, line, vault, drop) = queued().await;
    begin_one(&vault, drop).await;
    line.shut_out();
    let given_up = vault.cancel(drop).await.unwrap().drop;
    assert_eq!((given_up.phase, given_up.waiting, given_up.cancelled), (DropPhase::Cancelled, 0, 3));
    assert!(vault.unfinished_drops().await.unwrap().is_empty());
    assert!(world.blobs().is_empty());
}

/// A finished drop of which one file was gone when its turn came.
async fn one_failed() -> (World, Arc<Line>, Vault, DropId) {
    let world = World::far().await;
    world.write("stays.txt", b"stays");
    let gone = world.write("gone.txt", b"gone");
    let (line, vault) = Line::before(&world.vault);
    let drop = vault.accept(&MatterId::general(), vec![world.folder()]).await.unwrap();
    let preflight = vault.preflight(&MatterId::general(), vec![world.folder()], Arc::default()).await.unwrap();
    fs::remove_file(gone).unwrap();
    let done = vault.file(drop, preflight, Arc::default()).await.unwrap();
    assert_eq!((done.drop.counts.stored, done.drop.attention), (1, 1));
    (world, line, vault, drop)
}

#[tokio::test]
async fn a_file_is_given_up_without_a_network_and_the_history_told_later() {
    for remove_files in [false, true] {
        let (world, line, vault, drop) = one_failed().await;
        line.cut();
        let seq = world.attention(drop).await[0].seq;
        let left = if remove_files {
            let taken = vault.remove_files(drop, &[seq], false).await.unwrap();
            assert_eq!((taken.files, taken.too_late), (1, 0));
            taken.drop
        } else {
            vault.dismiss_failed(drop, &[seq]).await.unwrap()
        };
        assert_eq!((left.attention, left.phase), (0, DropPhase::Filing), "the history is not told yet");
        line.mend();
        let done = vault.resume(&left, Arc::default(), Arc::default()).await.unwrap().drop;
        assert_eq!((done.phase, done.attention), (DropPhase::Finished, 0));
        let summary = world.summary(drop).await.unwrap();
        assert_eq!(summary.counts, done.counts);
        assert!(vault.unfinished_drops().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_file_is_given_up_by_who_has_no_access_any_more() {
    let (_world, line, vault, drop) = one_failed().await;
    line.shut_out();
    let left = vault.dismiss_failed(drop, &[]).await.unwrap();
    assert_eq!((left.attention, left.phase), (0, DropPhase::Finished));
    assert!(vault.drops_needing_attention().await.unwrap().is_empty());
}

/// What a person paused goes on when they say so, and not because they want one file of it tried again.
#[tokio::test]
async fn nothing_of_a_paused_drop_is_tried_again() {
    let (world, _line, vault, drop) = queued().await;
    vault.pause(drop).await.unwrap();
    let refused = vault.retry(drop, &[0], Arc::default(), Arc::default()).await.unwrap_err();
    assert!(matches!(&refused, VaultError::Port(PortError::NeedsPerson { message, .. }) if message.contains("paused")));
    assert!(stands(&vault, drop).await.is_paused_by_user() && world.blobs().is_empty());
}
