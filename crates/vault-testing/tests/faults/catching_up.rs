//! A copy that has far to go: watched, broken off, and gone on with.

use std::sync::{Arc, Mutex};

use vault_core::Vault;
use vault_core::model::{EventKind, MatterId};
use vault_core::ports::{Change, Outcome, PortError};
use vault_testing::conformance::Case;

use super::line::{Line, OFFLINE};
use super::world::World;

const FILES: usize = 5000;

/// A vault with so many records and events, which a colleague's copy knows nothing of.
async fn ten_thousand_changes() -> (World, Arc<Line>, Vault) {
    let world = World::new().await;
    let colleague = world.colleague().await;
    let person = world.vault.person().await.unwrap();
    let case = Case::new(&person, &MatterId::general());
    let outcomes: Vec<Outcome> = (0..FILES).map(|_| case.file(EventKind::Success, "Box")).collect();
    for outcomes in outcomes.chunks(world.vault.parts().records.batch_limit()) {
        world.vault.parts().records.commit(outcomes).await.unwrap();
    }
    let (line, vault) = Line::before(&colleague);
    (world, line, vault)
}

/// Brings the copy up to date, cutting the line after the first page or not; returns what was told.
async fn sync_mirror(vault: &Vault, cut: Option<&Line>) -> (Vec<u64>, Result<(), PortError>) {
    let told = Mutex::new(Vec::new());
    let tell = |taken_in| {
        told.lock().unwrap().push(taken_in);
        cut.inspect(|line| line.cut());
    };
    let caught_up = vault.sync_mirror_watched(&tell).await;
    (told.into_inner().unwrap(), caught_up)
}

async fn files(vault: &Vault) -> u64 {
    vault.mirror.find_matter("general").await.unwrap().unwrap().files
}

#[tokio::test]
async fn every_page_is_told_and_kept_when_the_line_is_cut() {
    let (_world, line, vault) = ten_thousand_changes().await;
    let (first, broken_off) = sync_mirror(&vault, Some(&line)).await;
    assert_eq!((first.len(), broken_off), (1, Err(PortError::later(OFFLINE))));
    let so_far = files(&vault).await;
    assert_eq!(first[0], so_far, "the first page is all records");
    assert!(so_far > 0 && so_far < FILES as u64);
    line.mend();
    let (rest, done) = sync_mirror(&vault, None).await;
    assert_eq!(done, Ok(()));
    assert!(rest.len() > 1 && rest.is_sorted_by(|a, b| a < b), "{rest:?}");
    // Each change once: the records and their events.
    assert_eq!(first[0] + rest.last().unwrap(), 2 * FILES as u64);
    assert_eq!(files(&vault).await, FILES as u64);
    assert_eq!(sync_mirror(&vault, None).await, (vec![], Ok(())));
}

#[tokio::test]
async fn who_gives_up_waiting_loses_nothing() {
    let (_world, _line, vault) = ten_thousand_changes().await;
    let page = tokio::sync::Notify::new();
    let tell = |_| page.notify_one();
    // Given up after the first page, in the middle of whatever comes next.
    tokio::select! {
        biased;
        () = page.notified() => {}
        done = vault.sync_mirror_watched(&tell) => panic!("{done:?}"),
    }
    let cursor = vault.mirror.cursor().await.unwrap();
    let so_far = files(&vault).await;
    assert!(so_far > 0 && so_far < FILES as u64);
    let next = vault.parts().records.changes(cursor.as_ref(), 1).await.unwrap();
    assert!(matches!(next.changes[..], [Change::Record(_)]), "{:?}", next.changes);
    vault.sync_mirror().await.unwrap();
    assert_eq!(files(&vault).await, FILES as u64);
}
