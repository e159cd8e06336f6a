//! Records: the contract of every vault, and its costs here.

use std::sync::Arc;

use vault_core::model::{EventKind, MatterId};
use vault_core::ports::{Identity as _, Outcome, Records as _};
use vault_firebase::{Cost, FirebaseRecords, MemorySecrets};
use vault_testing::conformance::{Case, records};

use crate::world::{self, Administrator, sign_in};

/// A new team's documents, as two programs of its administrator have them open.
async fn two() -> (FirebaseRecords, FirebaseRecords, vault_core::ports::Person) {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    administrator.team(&[&ann]).await;
    let session = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let person = session.person().await.expect("person");
    (world::records(&session).await, world::records(&session).await, person)
}

mod conformance {
    use super::{Arc, records, two};

    async fn open() -> records::Subject {
        let (one, again, person) = two().await;
        records::Subject { records: Arc::new(one), again: Arc::new(again), person, keep: Box::new(()) }
    }

    vault_testing::records_conformance!(open);
}

fn spent(before: Cost, after: Cost) -> Cost {
    Cost { reads: after.reads - before.reads, writes: after.writes - before.writes }
}

#[tokio::test]
async fn a_new_file_costs_three_writes_and_a_known_one_two() {
    const FILES: u64 = 100;
    let (records, again, person) = two().await;
    let case = Case::new(&person, &MatterId::general()).announced(&again).await;
    let new: Vec<Outcome> = (0..FILES).map(|n| case.file_of(&n.to_string(), EventKind::Success, "Box")).collect();
    let begun: Vec<_> = new
        .iter()
        .map(|file| vault_core::model::UploadEvent { kind: EventKind::Interrupted, ..file.event.clone() })
        .collect();
    let start = records.cost();
    records.begin(&begun).await.expect("begin");
    records.commit(&new).await.expect("commit");
    let first = records.cost();
    // One read shows that the matter accepts files.
    assert_eq!(spent(start, first), Cost { reads: 1, writes: 3 * FILES });

    let hashes: Vec<_> = new.iter().map(|file| file.event.file_hash).collect();
    let other = case.another().announced(&again).await;
    let elsewhere: Vec<Outcome> =
        (0..FILES).map(|n| other.file_of(&n.to_string(), EventKind::AlreadyStored, "Second box")).collect();
    assert_eq!(records.known(&hashes).await.expect("known").len(), hashes.len());
    let asked = records.cost();
    records.commit(&elsewhere).await.expect("commit");
    let second = records.cost();
    assert_eq!(spent(asked, second).writes, 2 * FILES);
    assert!(spent(asked, second).reads <= 1);

    // The same folder once more: the record has it already.
    let third_case = case.another().announced(&again).await;
    let repeated: Vec<Outcome> =
        (0..FILES).map(|n| third_case.file_of(&n.to_string(), EventKind::AlreadyStored, "Box")).collect();
    records.commit(&repeated).await.expect("commit");
    let third = spent(second, records.cost());
    assert_eq!(third.writes, FILES);
    // Now and then the program checks again whether the matter accepts files.
    assert!(third.reads <= 1, "{third:?}");
}

#[tokio::test]
async fn a_start_with_nothing_changed_costs_five_reads() {
    let (records, again, person) = two().await;
    let case = Case::new(&person, &MatterId::general()).announced(&again).await;
    records.commit(&[case.file(EventKind::AlreadyStored, "Box")]).await.expect("commit");
    records.put_drop(&case.summary(1), &[]).await.expect("drop");
    let records = records.settled_after(std::time::Duration::ZERO);
    let page = records.changes(None, 1000).await.expect("changes");
    assert!(!page.more && page.changes.len() >= 4);
    let before = records.cost();
    let page = records.changes(Some(&page.cursor), 1000).await.expect("changes");
    assert_eq!(page.changes, []);
    assert_eq!(spent(before, records.cost()), Cost { reads: 5, writes: 0 });
}
