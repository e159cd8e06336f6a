//! Work without a network, and its result when the network returns.

use vault_core::Keep;
use vault_core::filing::Halt;
use vault_core::model::{MatterFields, MatterId};
use vault_core::ports::{Edited, StatusFilter};
use vault_firm::SyncState;

use crate::computer::Computer;
use crate::world::Administrator;

async fn two() -> (Computer, Computer) {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.new_user("Ann").await, administrator.new_user("Ben").await);
    administrator.team(&[&ann, &ben]).await;
    tokio::join!(Computer::of(&ann, "anns-computer"), Computer::of(&ben, "bens-computer"))
}

/// The title of a matter as this mirror shows it, and whether that waits to be sent.
async fn title(computer: &Computer, matter: &MatterId) -> Option<(String, bool)> {
    let matters = computer.vault().mirror.matters(StatusFilter::Present).await.expect("matters");
    let found = matters.into_iter().find(|found| found.matter.id == *matter)?;
    Some((found.matter.fields.title, found.waiting))
}

async fn shows(computer: &Computer, matter: &MatterId, wanted: &str, waiting: bool) {
    let wanted = (wanted.to_owned(), waiting);
    let what = format!("the title {wanted:?}");
    computer.until(&what, async || (title(computer, matter).await.as_ref() == Some(&wanted)).then_some(())).await;
}

async fn retitle(computer: &Computer, matter: &MatterId, title: &str) {
    let found = computer.vault().mirror.find_matter(matter.as_str()).await.expect("asked").expect("a matter").matter;
    let fields = MatterFields { title: title.to_owned(), ..found.fields.clone() };
    computer.vault().edit_matter(&found, fields).await.expect("edited");
}

#[tokio::test]
async fn a_drop_without_a_network_waits_and_is_sent_later() {
    let (ann, ben) = two().await;
    let general = MatterId::general();
    let known = ann.folder_of("Box", &[("deed.txt", "a deed")]);
    let plan = ann.plan(&general, &known).await;
    ann.file(plan, &known).await;
    ben.until("Ann's file", async || (ben.files(&general).await.len() == 1).then_some(())).await;

    ben.cut();
    ben.is(SyncState::Offline).await;
    let folder = ben.folder_of("Stick", &[("deed.txt", "a deed"), ("new.txt", "something new")]);
    let plan = ben.plan(&general, &folder).await;
    assert!(plan.offline_estimate);
    assert_eq!((plan.counts.new, plan.counts.already_stored), (1, 1));
    let (drop, finished) = ben.file(plan, &folder).await;
    assert!(matches!(finished.halt, Some(Halt::Paused(_))), "{:?}", finished.halt);
    assert_eq!(finished.drop.counts.stored + finished.drop.counts.skipped, 0, "nothing is stored yet");

    ben.repair();
    ben.is(SyncState::Current).await;
    let waiting = ben.vault().queued_drop(drop).await.expect("asked").expect("the drop waits");
    let finished = ben.vault().resume(&waiting, std::sync::Arc::default(), std::sync::Arc::default()).await;
    let counts = finished.expect("filed").drop.counts;
    assert_eq!((counts.stored, counts.skipped, counts.failed), (1, 1, 0));
    ann.until("Ben's file", async || (ann.files(&general).await.len() == 2).then_some(())).await;
}

#[tokio::test]
async fn the_user_chooses_between_two_versions_of_a_matter() {
    let (ann, ben) = two().await;
    let fields = MatterFields { title: "Lease".to_owned(), ..MatterFields::default() };
    let matter = ann.vault().create_matter(fields).await.expect("a matter").id;
    shows(&ben, &matter, "Lease", false).await;

    ben.cut();
    ben.is(SyncState::Offline).await;
    retitle(&ben, &matter, "Lease of the warehouse").await;
    shows(&ben, &matter, "Lease of the warehouse", true).await;
    retitle(&ann, &matter, "Lease (terminated)").await;

    // Neither is lost: Ben sees his version, Ann hers.
    ben.repair();
    let outbox = ben.vault().parts().outbox.clone().expect("an outbox");
    let refused = ben
        .until("a conflict", async || {
            let waiting = outbox.waiting().await.expect("waiting edits");
            waiting.into_iter().find(|edit| edit.refused.is_some())
        })
        .await;
    assert!(matches!(&refused.what, Edited::Matter { id, .. } if *id == matter));
    let vault_version = ben.vault().mirror.server_matter(&matter).await.expect("asked").expect("the vault's version");
    assert_eq!(vault_version.fields.title, "Lease (terminated)");
    assert_eq!(title(&ann, &matter).await, Some(("Lease (terminated)".to_owned(), false)));

    ben.vault().resolve(refused.id, Keep::Mine).await.expect("resolved");
    shows(&ann, &matter, "Lease of the warehouse", false).await;
    shows(&ben, &matter, "Lease of the warehouse", false).await;
    assert_eq!(outbox.waiting().await.expect("waiting edits"), []);
}
