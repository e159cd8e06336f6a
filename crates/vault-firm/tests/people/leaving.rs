//! A user leaves the firm while their computer is on, with a token that is still valid.

use serde_json::json;
use vault_core::model::MatterId;
use vault_core::ports::PortError;
use vault_firm::SyncState;

use crate::computer::Computer;
use crate::world::{Administrator, text};

#[tokio::test]
async fn a_removed_user_is_refused_at_the_next_request_and_keeps_no_copy() {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.new_user("Ann").await, administrator.new_user("Ben").await);
    let team = administrator.team(&[&ann, &ben]).await;
    let (anns, bens) = tokio::join!(Computer::of(&ann, "anns-computer"), Computer::of(&ben, "bens-computer"));
    let general = MatterId::general();
    let folder = anns.folder_of("Box", &[("deed.txt", "a deed")]);
    let plan = anns.plan(&general, &folder).await;
    anns.file(plan, &folder).await;
    bens.until("Ann's file", async || (bens.files(&general).await.len() == 1).then_some(())).await;

    let member = json!({ "mapValue": { "fields": { "role": text("admin"), "email": text("x@firm.example") } } });
    let members = json!({ "mapValue": { "fields": { ann.user: member } } });
    administrator.write(&[(format!("teams/{team}"), json!({ "name": text("Firm"), "members": members }))]).await;
    // As the page does when it gets the focus; the next change of a colleague would do the same.
    bens.live.try_now();
    let sync = bens.is(SyncState::SignIn).await;
    assert!(!sync.message.is_empty());
    assert_eq!(bens.files(&general).await, [], "the copy is still there");
    assert!(bens.vault().mirror.cursor().await.expect("asked").is_none());
    let refused = bens.vault().parts().records.known(&[]).await.and(bens.vault().sync_mirror().await);
    assert!(matches!(refused, Err(PortError::NeedsPerson { .. })), "{refused:?}");
    // Ann's data is unchanged.
    assert_eq!(anns.files(&general).await.len(), 1);
}
