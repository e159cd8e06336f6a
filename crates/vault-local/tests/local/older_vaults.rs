//! A vault of an older version: everything in it can be read, and the rules of this version apply to new
//! data.

use std::path::Path;
use std::sync::Arc;

use sqlx::{Connection as _, SqliteConnection};
use vault_core::model::{Matter, MatterFields, MatterId};
use vault_core::ports::{Attention, Change, PortError, Records as _, SystemClock};
use vault_local::LocalVault;

/// Written by version 0.1.0. `Ä-7` has been a matter's number twice, once composed and once as a Mac writes it;
/// `STRASSE 1` was removed, and one matter is numbered `general`.
const OLD: &str = include_str!("../data/vault-1.sql");

async fn opened(folder: &Path) -> LocalVault {
    let url = format!("sqlite://{}?mode=rwc", folder.join("vault.db").display());
    let mut connection = SqliteConnection::connect(&url).await.expect("file");
    sqlx::raw_sql(OLD).execute(&mut connection).await.expect("the older version's SQL");
    connection.close().await.expect("close");
    LocalVault::open(folder, Arc::new(SystemClock)).await.expect("opened")
}

async fn titled(vault: &LocalVault, title: &str) -> Matter {
    let page = vault.records.changes(None, 1000).await.expect("changes");
    let matter = page.changes.into_iter().find_map(|change| match change {
        Change::Matter(matter) if matter.fields.title == title => Some(matter),
        _ => None,
    });
    matter.expect("the matter")
}

async fn edit(vault: &LocalVault, matter: &Matter, fields: MatterFields, removed: bool) -> Result<Matter, PortError> {
    vault.records.put_matter(&matter.id, fields, removed, Some(matter.updated_at)).await
}

fn taken(written: Result<Matter, PortError>) {
    let Err(PortError::NeedsPerson { kind: Attention::Invalid, message }) = written else { panic!("{written:?}") };
    assert!(message.contains("already"), "{message}");
}

#[tokio::test]
async fn matters_whose_numbers_are_the_same_now_both_stay() {
    let home = tempfile::tempdir().expect("folder");
    let vault = opened(home.path()).await;
    let (composed, decomposed) = (titled(&vault, "Composed").await, titled(&vault, "Decomposed").await);
    assert_ne!(composed.fields.number, decomposed.fields.number);
    // Both can be edited as they are.
    for matter in [&composed, &decomposed] {
        let fields = MatterFields { description: "Still there.".into(), ..matter.fields.clone() };
        edit(&vault, matter, fields, false).await.expect("edited");
    }
    // No third one can be made, nor can one be brought back.
    let third = MatterFields { title: "Third".into(), number: " A\u{308}-7".into(), ..MatterFields::default() };
    taken(vault.records.put_matter(&MatterId::new("third").expect("id"), third, false, None).await);
    let street = MatterFields { title: "Straße".into(), number: "straße 1".into(), ..MatterFields::default() };
    vault.records.put_matter(&MatterId::new("street").expect("id"), street, false, None).await.expect("free");
    let removed = titled(&vault, "Folded").await;
    taken(edit(&vault, &removed, removed.fields.clone(), false).await);
}

#[tokio::test]
async fn a_number_that_is_now_refused_can_stay() {
    let home = tempfile::tempdir().expect("folder");
    let vault = opened(home.path()).await;
    let matter = titled(&vault, "Called general").await;
    let fields = MatterFields { description: "As before.".into(), ..matter.fields.clone() };
    edit(&vault, &matter, fields, false).await.expect("edited");
}
