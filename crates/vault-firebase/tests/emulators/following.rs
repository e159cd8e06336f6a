//! Changes by colleagues are reported.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use vault_core::model::{ClientFields, ClientId, EventKind, MatterId};
use vault_core::ports::{Change, Identity as _, News, Records as _};
use vault_firebase::{Cost, MemorySecrets};
use vault_testing::conformance::Case;

use crate::world::{self, Administrator, sign_in};

#[tokio::test]
async fn a_colleagues_change_is_reported_and_read_once() {
    let administrator = Administrator::new();
    let (ann, bob) = (administrator.new_user("Ann").await, administrator.new_user("Bob").await);
    administrator.team(&[&ann, &bob]).await;
    let ann = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let bob = Arc::new(sign_in(&bob, &Arc::new(MemorySecrets::default())).await);
    let (hers, his) = (world::records(&ann).await, world::records(&bob).await);
    let read = his.changes(None, 1000).await.expect("changes");
    let mut following = his.follow(Some(&read.cursor)).await.expect("follow");
    let limit = Duration::from_mins(1);
    let first = timeout(limit, following.next()).await.expect("connected");
    assert_eq!(first, Ok(News::Current), "nothing is newer than what was read");

    let fields = ClientFields { name: "ABC".to_owned(), ..ClientFields::default() };
    let id = ClientId::new("c1").expect("id");
    let written = hers.put_client(&id, fields, false, None).await.expect("client");
    assert_eq!(timeout(limit, following.next()).await.expect("a change"), Ok(News::Changed));
    let page = his.changes(Some(&read.cursor), 1000).await.expect("changes");
    assert_eq!(page.changes, [Change::Client(written)]);

    // A whole commit of files is reported by its newest document; the emulator sometimes shows a commit in several
    // steps.
    let person = ann.person().await.expect("person");
    let case = Case::new(&person, &MatterId::general()).announced(&hers).await;
    let files: Vec<_> = (0..100).map(|_| case.file(EventKind::AlreadyStored, "Box")).collect();
    let before: Cost = his.cost();
    hers.commit(&files).await.expect("commit");
    assert_eq!(timeout(limit, following.next()).await.expect("a change"), Ok(News::Changed));
    let heard = his.cost().reads - before.reads;
    assert!((1..=10).contains(&heard), "{heard} documents for 100 files");
}
