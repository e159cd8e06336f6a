//! Unreadable documents, among others that every user needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;
use vault_core::model::{DropId, DropKey, EventId, FileHash, MatterId, UserId};
use vault_core::ports::{Change, Records as _, Unreadable};
use vault_firebase::MemorySecrets;

use crate::world::{Administrator, records, sign_in, text};

fn list(values: &[Value]) -> Value {
    json!({ "arrayValue": { "values": values } })
}

fn integer(number: i64) -> Value {
    json!({ "integerValue": number.to_string() })
}

fn time() -> Value {
    json!({ "timestampValue": "2026-03-01T12:00:00Z" })
}

/// A drop as Strongroom writes it.
fn drop(user: &str, team: &str, id: &str) -> Value {
    json!({
        "batchId": text(id), "userId": text(user), "deviceId": text("pc"), "sources": list(&[text("/home/ann/Box")]),
        "startedAt": time(), "finishedAt": { "nullValue": null }, "stored": integer(1), "skipped": integer(0),
        "failed": integer(0), "leftOut": integer(0), "bytes": integer(1), "bytesStored": integer(1),
        "folders": list(&[]), "folderPages": integer(0), "openTo": text(team),
    })
}

/// An event as Strongroom writes it.
fn event(user: &str, team: &str, batch: &str) -> Value {
    let hash = FileHash::of(b"x").to_string();
    json!({
        "eventType": text("upload_failed"), "timestamp": time(), "batchId": text(batch), "fileName": text("a.txt"),
        "fileHash": text(&hash), "metadataHash": text(&hash), "size": integer(1), "lastModified": integer(0),
        "folderPath": text("Box"), "teamId": text(team), "userId": text(user), "deviceId": text("pc"),
        "appVersion": text("0.1.0"), "reason": text("It was locked."), "openTo": text(team),
    })
}

fn with(mut fields: Value, field: &str, value: Value) -> Value {
    fields[field] = value;
    fields
}

fn without(mut fields: Value, field: &str) -> Value {
    fields.as_object_mut().expect("fields").remove(field);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_document_blocks_nothing() {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let team = administrator.team(&[&ann]).await;
    let id = || Uuid::now_v7().to_string();
    let (user, team_id) = (ann.user.as_str(), team.as_str());
    let general = |collection: &str, id: &str| format!("teams/{team}/matters/general/{collection}/{id}");
    let batch = id();
    let drops: BTreeMap<String, Value> = [
        // An attack that was tried: the rules accepted it, and every colleague's mirror stopped.
        with(drop(user, team_id, "x"), "sources", list(&[integer(5)])),
        with(drop(user, team_id, "x"), "sources", text("Box")),
        with(drop(user, team_id, "x"), "stored", integer(-1)),
        with(drop(user, team_id, "x"), "startedAt", text("yesterday")),
        without(drop(user, team_id, "x"), "bytes"),
    ]
    .into_iter()
    .map(|fields| {
        let id = id();
        let fields = with(fields, "batchId", text(&id));
        (general("drops", &id), fields)
    })
    .collect();
    let events: BTreeMap<String, Value> = [
        with(event(user, team_id, &batch), "eventType", text("upload_invented")),
        with(event(user, team_id, &batch), "fileHash", text("no hash")),
        with(event(user, team_id, &batch), "size", text("large")),
        // Two of it made a sum that no mirror could store, and no user could file any more.
        with(event(user, team_id, &batch), "size", integer(i64::MAX)),
        // Every ancestor folder is queried, by every user.
        with(event(user, team_id, &batch), "folderPath", text(&"a/".repeat(3000))),
        without(event(user, team_id, &batch), "fileName"),
    ]
    .into_iter()
    .map(|fields| (general("uploadEvents", &id()), fields))
    .collect();
    // Between readable ones, in every order of ids.
    let (first, last) = (id(), id());
    let whole = with(drop(user, team_id, &batch), "batchId", text(&batch));
    let mut all: Vec<(String, Value)> = vec![(general("uploadEvents", &first), event(user, team_id, &batch))];
    all.extend(drops.clone());
    all.extend(events.clone());
    all.push((format!("teams/{team}/clients/broken"), json!({ "name": integer(1) })));
    all.push((general("drops", &batch), whole));
    all.push((general("uploadEvents", &last), event(user, team_id, &batch)));
    administrator.write(&all).await;

    let session = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let records = records(&session).await;
    let (mut cursor, mut read, mut set_aside) = (None, Vec::new(), Vec::new());
    loop {
        let page = records.changes(cursor.as_ref(), 3).await.expect("no document stops the reader");
        for change in page.changes {
            match change {
                Change::Unreadable(Unreadable { document, reason }) => {
                    assert!(reason.ends_with('.') && reason.contains(&document), "{reason}");
                    set_aside.push(document);
                }
                change => read.push(change.document()),
            }
        }
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    let below = format!("teams/{team}/");
    let short = |path: &String| path.strip_prefix(&below).expect("of the team").to_owned();
    let mut expected: Vec<String> = drops.keys().chain(events.keys()).map(short).collect();
    expected.push("clients/broken".to_owned());
    expected.sort();
    set_aside.sort();
    assert_eq!(set_aside, expected);
    for readable in [general("uploadEvents", &first), general("uploadEvents", &last), general("drops", &batch)] {
        assert!(read.contains(&short(&readable)), "{readable} in {read:?}");
    }

    // Every other paged read returns the readable documents, to the end.
    let matter = MatterId::general();
    let ids =
        |events: Vec<vault_core::model::UploadEvent>| -> Vec<EventId> { events.iter().map(|one| one.id).collect() };
    let both = [first.parse().expect("an id"), last.parse().expect("an id")];
    let drop_id: DropId = batch.parse().expect("an id");
    let key = |id| DropKey { matter: matter.clone(), user: UserId::new(user).expect("an id"), id };
    assert_eq!(ids(records.events_of_drop(&key(drop_id), None, 2).await.expect("events")), both);
    assert_eq!(ids(records.events_of_matter(&matter, None, 2).await.expect("events")), both);
    assert_eq!(ids(records.events_of_matter(&matter, Some(both[0]), 2).await.expect("events")), both[1..]);
    let listed = records.drops_of_matter(&matter, None, 100).await.expect("drops");
    assert_eq!(listed.iter().map(|drop| drop.id).collect::<Vec<_>>(), [drop_id]);
    for broken in drops.keys() {
        let broken: DropId = broken.rsplit('/').next().expect("an id").parse().expect("an id");
        assert_eq!(records.drop_summary(&key(broken)).await, Ok(None));
    }
}
