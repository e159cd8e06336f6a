//! A drop belongs to its filer: no other user writes its history, and documents that only share its id are not part of
//! it.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use uuid::Uuid;
use vault_core::model::{DropFolder, DropKey, EventKind, LastModified, MatterFields, MatterId, PathText};
use vault_core::ports::{Attention, Change, Identity as _, Outcome, Person, PortError, Records as _};
use vault_firebase::{FirebaseRecords, MemorySecrets};
use vault_testing::conformance::Case;

use crate::world::{self, Administrator, Member, sign_in, text};

struct AtWork {
    records: FirebaseRecords,
    person: Person,
    member: Member,
}

/// Two members of one team.
async fn two() -> (Administrator, AtWork, AtWork) {
    let administrator = Administrator::new();
    let (ann, ben) = (administrator.new_user("Ann").await, administrator.new_user("Ben").await);
    administrator.team(&[&ann, &ben]).await;
    let at_work = async |user| {
        let session = Arc::new(sign_in(user, &Arc::new(MemorySecrets::default())).await);
        let (records, member) = (world::records(&session).await, Member::of(&session).await);
        AtWork { records, member, person: session.person().await.expect("a user") }
    };
    (administrator, at_work(&ann).await, at_work(&ben).await)
}

fn refused<T: std::fmt::Debug>(answer: Result<T, PortError>, said: &str) {
    match answer {
        Err(PortError::NeedsPerson { kind: Attention::Invalid, message }) if message.contains(said) => {}
        other => panic!("{other:?} does not say “{said}”"),
    }
}

fn drop_of(person: &Person, id: &str) -> Map<String, Value> {
    let zero = json!({ "integerValue": "0" });
    let empty = json!({ "arrayValue": {} });
    let fields = json!({
        "batchId": text(id), "userId": text(person.user.as_str()), "deviceId": text("pc"), "sources": empty,
        "finishedAt": { "nullValue": null }, "stored": zero, "skipped": zero, "failed": zero, "leftOut": zero,
        "bytes": zero, "bytesStored": zero, "folders": empty, "openTo": text(person.team.as_str()),
    });
    match fields {
        Value::Object(fields) => fields,
        other => panic!("{other}"),
    }
}

/// The same drop in another user's name.
fn under_the_id_of(case: &Case, person: &Person, matter: &MatterId) -> Case {
    let mut other = Case::new(person, matter);
    other.drop = case.drop;
    other
}

#[tokio::test]
async fn a_colleague_cannot_write_to_another_users_drop() {
    let (_, ann, ben) = two().await;
    let case = Case::new(&ann.person, &MatterId::general()).announced(&ann.records).await;
    let file = case.file(EventKind::Success, "Box");
    ann.records.commit(std::slice::from_ref(&file)).await.expect("filed");
    let forged = under_the_id_of(&case, &ben.person, &case.matter);
    for kind in [EventKind::Success, EventKind::Failed, EventKind::AlreadyStored] {
        refused(ben.records.commit(&[forged.file(kind, "Trap")]).await, "firm's vault refuses this");
    }
    refused(ben.records.put_drop(&forged.summary(1), &[]).await, "A drop of somebody else has the id");
    let events = ann.records.events_of_drop(&case.key(), None, 10).await.expect("events");
    assert_eq!(events.iter().map(|event| event.id).collect::<Vec<_>>(), [file.event.id]);
}

#[tokio::test]
async fn an_id_used_by_another_user_first_is_reported_as_taken() {
    let (_, ann, ben) = two().await;
    let case = Case::new(&ann.person, &MatterId::general());
    let path = format!("teams/{}/matters/general/drops/{}", ann.person.team, case.drop);
    let fields = drop_of(&ben.person, &case.drop.to_string());
    assert!(ben.member.write(&path, &fields, None, &["startedAt", "updatedAt"]).await);
    refused(ann.records.put_drop(&case.summary(0), &[]).await, "A drop of somebody else has the id");
    assert_eq!(ann.records.drop_summary(&case.key()).await, Ok(None));
}

#[tokio::test]
async fn a_drop_of_the_same_id_elsewhere_is_neither_confused_with_it_nor_blocks_it() {
    let (administrator, ann, ben) = two().await;
    let other = MatterId::new("other").expect("id");
    let fields = MatterFields { title: "Other".to_owned(), ..MatterFields::default() };
    ben.records.put_matter(&other, fields, false, None).await.expect("a matter");
    let case = Case::new(&ann.person, &MatterId::general()).announced(&ann.records).await;
    let forged = under_the_id_of(&case, &ben.person, &other).announced(&ben.records).await;
    let outcomes =
        |case: &Case, count| (0..count).map(|_| case.file(EventKind::Success, "Box")).collect::<Vec<Outcome>>();
    let (hers, his) = (outcomes(&case, 7), outcomes(&forged, 3));
    ben.records.commit(&his).await.expect("his");
    ann.records.commit(&hers).await.expect("hers");
    let folder = |path: &str| DropFolder { path: PathText::plain(path), source: None, last_modified: LastModified(0) };
    ann.records.put_drop(&case.summary(7), &[folder("Box")]).await.expect("announced");
    ben.records.put_drop(&forged.summary(3), &[folder("Trap")]).await.expect("announced");
    // Older rules accepted this: an event of his in her drop, in the same matter.
    let old = format!("teams/{}/matters/general/uploadEvents/{}", ann.person.team, Uuid::now_v7());
    let in_hers = under_the_id_of(&case, &ben.person, &case.matter).file(EventKind::Failed, "Trap").event;
    let fields = json!({
        "eventType": text("upload_failed"), "timestamp": { "timestampValue": "2026-03-01T12:00:00Z" },
        "fileName": text("a"), "fileHash": text(&in_hers.file_hash.to_string()), "reason": text("It was locked."),
        "metadataHash": text(&in_hers.metadata_hash.to_string()), "teamId": text(ann.person.team.as_str()),
        "userId": text(ben.person.user.as_str()), "folderPath": text("Trap"), "size": { "integerValue": "1" },
        "lastModified": { "integerValue": "0" }, "batchId": text(&case.drop.to_string()), "deviceId": text("pc"),
        "appVersion": text("0.0.1"), "openTo": text(ann.person.team.as_str()),
    });
    administrator.write(&[(old, fields)]).await;

    for (key, files, path) in [(case.key(), &hers, "Box"), (forged.key(), &his, "Trap")] {
        for limit in [1, 3, 7, 100] {
            let (mut read_back, mut after) = (Vec::new(), None);
            loop {
                let page = ann.records.events_of_drop(&key, after, limit).await.expect("a page");
                let Some(last) = page.last() else { break };
                after = Some(last.id);
                read_back.extend(page.iter().map(|event| event.id));
                assert!(read_back.len() <= files.len(), "pages without end");
            }
            let mut expected: Vec<_> = files.iter().map(|file| file.event.id).collect();
            expected.sort();
            assert_eq!(read_back, expected, "{limit} a page");
        }
        let summary = ann.records.drop_summary(&key).await.expect("read").expect("a summary");
        assert_eq!((summary.key(), summary.counts.stored), (key.clone(), files.len() as u64));
        assert_eq!(ann.records.folders_of_drop(&key).await, Ok(vec![folder(path)]));
    }
    let mixed = DropKey { user: ben.person.user.clone(), ..case.key() };
    assert_eq!(ann.records.drop_summary(&mixed).await, Ok(None));
    assert_eq!(ann.records.folders_of_drop(&mixed).await, Ok(vec![]));
}

#[tokio::test]
async fn the_times_of_a_drop_are_the_servers() {
    let (_, ann, ben) = two().await;
    let before = case_time();
    let case = Case::new(&ann.person, &MatterId::general()).announced(&ann.records).await;
    ann.records.put_drop(&case.summary(1), &[]).await.expect("finished");
    let page = ben.records.changes(None, 1000).await.expect("changes");
    let read_back = page.changes.into_iter().find_map(|change| match change {
        Change::Drop(drop) if drop.id == case.drop => Some(drop),
        _ => None,
    });
    let read_back = read_back.expect("the drop");
    let finished = read_back.finished.expect("an end");
    assert!(read_back.started.0 >= before - 60_000 && finished >= read_back.started, "{read_back:?}");
}

fn case_time() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("a time")
}
