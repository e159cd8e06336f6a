//! Signing out with removal of all data, while unsent work waits.

use vault_core::model::{MatterFields, MatterId};
use vault_firm::{FirmError, Left, SyncState};

use crate::computer::Computer;
use crate::world::Administrator;

async fn alone() -> Computer {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    administrator.team(&[&ann]).await;
    Computer::of(&ann, "anns-computer").await
}

async fn is_kept(computer: &Computer) {
    computer.live.stop().await;
    let refused = computer.open.sign_out(Left::Nothing).await;
    assert!(matches!(refused, Err(FirmError::StillWaiting(1))), "{refused:?}");
    // Nor by removing the whole firm.
    let refused = computer.firms.forget(&computer.firm.id).await;
    assert!(matches!(refused, Err(FirmError::StillWaiting(1))), "{refused:?}");
    assert!(computer.firms.get(&computer.firm.id).is_ok());
}

#[tokio::test]
async fn a_drop_that_waits_is_not_forgotten() {
    let ann = alone().await;
    ann.cut();
    ann.is(SyncState::Offline).await;
    let folder = ann.folder_of("Box", &[("deed.txt", "a deed")]);
    let plan = ann.plan(&MatterId::general(), &folder).await;
    let (drop, _) = ann.file(plan, &folder).await;
    is_kept(&ann).await;
    ann.vault().cancel(drop).await.expect("nothing of it has left this computer");
    ann.open.sign_out(Left::Nothing).await.expect("signed out");
    ann.firms.forget(&ann.firm.id).await.expect("forgotten");
}

#[tokio::test]
async fn a_change_that_waits_is_not_forgotten() {
    let ann = alone().await;
    ann.cut();
    ann.is(SyncState::Offline).await;
    let fields = MatterFields { title: "Lease".to_owned(), ..MatterFields::default() };
    ann.vault().create_matter(fields).await.expect("it waits");
    is_kept(&ann).await;
}
