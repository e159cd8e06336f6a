//! Documents of every kind and shape, written as a member of the firm writes them: everything the rules accept can be
//! parsed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use uuid::Uuid;
use vault_core::model::{DropKey, FileHash, FolderLimits, LastModified, MatterId, MetadataHash, UserId};
use vault_core::ports::{Change, Records as _};
use vault_firebase::MemorySecrets;

use crate::world::{Administrator, Member, records, sign_in, text};

/// Documents of each kind, and as many changes of the accepted ones.
const EACH: usize = 120;

/// Every random choice of a run, from its seed.
struct Choices(u64);

impl Choices {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % below as u64).expect("small")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn text(&mut self) -> String {
        let texts =
            ["", " ", "x", "general", "5", "a/b", "a|b/c|", "../..", "\u{202e}fdp", "é\n/\n\u{1f4c4}", "\u{0}", ".odd"];
        match self.below(9) {
            8 => paths(*self.one(&[1000, 1001]), *self.one(&[0, 9, 10])),
            0 => "x".repeat(*self.one(&[101, 501, 2001, 20_001, 32_769, 300_001])),
            1 => Uuid::now_v7().to_string(),
            2 => FileHash::of(b"y").to_string(),
            _ => (*self.one(&texts)).to_owned(),
        }
    }

    fn list(&mut self, depth: usize) -> Value {
        let of_texts = self.below(2) == 0;
        if self.below(4) == 0 {
            // A request has room for so many short texts.
            let count = *self.one(&[1000, 1001, 10_001]);
            return list(&vec![text(""); count]);
        }
        let length = *self.one(&[0, 1, 2, 3, 120]);
        let values = (0..length).map(|_| if of_texts { text(&self.text()) } else { self.value(depth + 1) });
        json!({ "arrayValue": { "values": values.filter(|value| value.get("arrayValue").is_none()).collect::<Vec<_>>() } })
    }

    fn value(&mut self, depth: usize) -> Value {
        let numbers = ["0", "-1", "1", "5", "100000", "100001", "9223372036854775807", "-9223372036854775808"];
        let times = ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999Z"];
        match self.below(if depth < 2 { 11 } else { 8 }) {
            0 => json!({ "nullValue": null }),
            1 => json!({ "booleanValue": true }),
            2 => json!({ "integerValue": self.one(&numbers) }),
            3 => json!({ "doubleValue": self.one(&[0.5, 1.0, -0.0, 1e300]) }),
            4 => json!({ "timestampValue": self.one(&times) }),
            5 => json!({ "bytesValue": self.one(&["", "AP8=", "eHh4"]) }),
            6 => json!({ "geoPointValue": { "latitude": 1, "longitude": 2 } }),
            7 => text(&self.text()),
            8 | 9 => self.list(depth),
            _ => {
                let names = ["path", "pathBytes", "lastModified", "source", "street", "x"];
                let fields: Map<String, Value> =
                    (0..self.below(4)).map(|_| ((*self.one(&names)).to_owned(), self.value(depth + 1))).collect();
                json!({ "mapValue": { "fields": fields } })
            }
        }
    }

    /// Changes some of the fields, leaves some out, and adds some that are allowed.
    fn bend(&mut self, fields: &mut Map<String, Value>, optional: &[&str]) {
        for _ in 0..*self.one(&[0, 1, 1, 1, 2, 3]) {
            let names: Vec<String> =
                fields.keys().cloned().chain(optional.iter().map(|&name| name.to_owned())).collect();
            if names.is_empty() {
                return;
            }
            let name = self.one(&names).clone();
            match (self.below(6), fields.get(&name).cloned()) {
                (0, _) => drop(fields.remove(&name)),
                // A value of the same kind is accepted more often.
                (1 | 2, Some(value)) if value.get("stringValue").is_some() => {
                    drop(fields.insert(name, text(&self.text())));
                }
                (1 | 2, Some(value)) if value.get("arrayValue").is_some() => {
                    let list = self.list(0);
                    fields.insert(name, list);
                }
                (1, Some(Value::Object(mut value))) if value.contains_key("mapValue") => {
                    if let Some(inner) = value["mapValue"]["fields"].as_object_mut() {
                        self.bend(inner, &[]);
                    }
                    fields.insert(name, Value::Object(value));
                }
                _ => {
                    let value = self.value(0);
                    fields.insert(name, value);
                }
            }
        }
    }
}

/// So many folders as a record may have, each so deep.
fn paths(count: usize, depth: usize) -> String {
    let above = "a/".repeat(depth);
    (0..count).map(|n| format!("{above}{n}")).collect::<Vec<_>>().join("|")
}

fn integer(number: i64) -> Value {
    json!({ "integerValue": number.to_string() })
}

fn none() -> Value {
    json!({ "nullValue": null })
}

fn list(values: &[Value]) -> Value {
    json!({ "arrayValue": { "values": values } })
}

/// A kind of document: its path, its fields, its optional fields, and which of its times the server sets.
struct Kind {
    name: &'static str,
    optional: &'static [&'static str],
    times: &'static [&'static str],
    sound: fn(&Firm) -> Value,
}

struct Firm {
    user: String,
    team: String,
    batch: String,
}

const KINDS: [Kind; 5] = [
    Kind { name: "clients", optional: &["removed"], times: &["updatedAt"], sound: client },
    Kind { name: "matters", optional: &["removed", "access"], times: &["updatedAt"], sound: matter },
    Kind { name: "metadata", optional: &[], times: &["updatedAt"], sound: record },
    Kind {
        name: "uploadEvents",
        optional: &["source", "reason", "fileNameBytes", "folderPathBytes"],
        times: &["timestamp", "updatedAt"],
        sound: event,
    },
    Kind {
        name: "drops",
        optional: &["folderPages", "sourcePages"],
        times: &["startedAt", "updatedAt"],
        sound: drop_of,
    },
];

fn client(_: &Firm) -> Value {
    let address = ["street", "city", "state", "zip"].map(|part| (part.to_owned(), text("x")));
    json!({
        "name": text("ABC"), "email": text(""), "phone": text(""), "status": text("active"),
        "address": { "mapValue": { "fields": Map::from_iter(address) } },
    })
}

fn matter(firm: &Firm) -> Value {
    json!({
        "title": text("Lease"), "description": text(""), "clientId": none(), "matterNumber": text(""),
        "status": text("active"), "priority": text("high"), "assignedTo": list(&[text(&firm.user)]),
        "openedDate": none(), "dueDate": none(), "openTo": text(&firm.team),
    })
}

fn record(firm: &Firm) -> Value {
    let hash = FileHash::of(Uuid::now_v7().as_bytes());
    json!({
        "originalName": text("a.pdf"), "lastModified": integer(-5), "fileHash": text(&hash.to_string()),
        "folderPaths": text("Box|A/B"), "size": integer(7), "uploadedBy": text(&firm.user), "openTo": text(&firm.team),
        "storagePath": text(&format!("teams/{}/matters/general/files/{hash}.pdf", firm.team)),
        "metadataHash": none(),
    })
}

fn event(firm: &Firm) -> Value {
    json!({
        "eventType": text("upload_interrupted"), "fileName": text("a.pdf"), "fileHash": text(&FileHash::of(b"x").to_string()),
        "metadataHash": none(), "teamId": text(&firm.team), "userId": text(&firm.user), "folderPath": text("Box"),
        "size": integer(7), "lastModified": integer(0), "batchId": text(&firm.batch), "deviceId": text("pc"),
        "appVersion": text("0.1.0"), "openTo": text(&firm.team), "source": integer(0),
    })
}

fn drop_of(firm: &Firm) -> Value {
    let folder = json!({ "mapValue": { "fields": { "path": text("Box"), "lastModified": integer(0) } } });
    json!({
        "batchId": none(), "userId": text(&firm.user), "deviceId": text("pc"), "sources": list(&[text("/home/ann/Box")]),
        "finishedAt": none(), "stored": integer(1), "skipped": integer(0), "failed": integer(0), "leftOut": integer(0),
        "bytes": integer(1), "bytesStored": integer(1), "folders": list(&[folder]), "folderPages": integer(0),
        "openTo": text(&firm.team),
    })
}

/// The path of a document. Its id or hash follows from the fields, so that it is refused for
/// another reason.
fn placed(kind: &Kind, fields: &mut Map<String, Value>, choices: &mut Choices) -> String {
    let id = Uuid::now_v7().to_string();
    let hash = |name: &str| {
        let name = fields.get(name)?["stringValue"].as_str()?;
        let time = fields.get("lastModified")?["integerValue"].as_str()?.parse().ok()?;
        let file = fields.get("fileHash")?["stringValue"].as_str()?.parse().ok()?;
        Some(MetadataHash::of(name, LastModified(time), file).to_string())
    };
    match kind.name {
        "clients" => format!("clients/{}", choices.one(&[id, "a.b_c-1".to_owned() + &Uuid::now_v7().to_string()])),
        "matters" => format!("matters/{id}"),
        "metadata" => {
            let hash = hash("originalName").unwrap_or(id);
            fields.entry("metadataHash").and_modify(|value| *value = text(&hash));
            format!("matters/general/metadata/{hash}")
        }
        "uploadEvents" => {
            let hash = hash("fileName").unwrap_or_default();
            fields.entry("metadataHash").and_modify(|value| *value = text(&hash));
            format!("matters/general/uploadEvents/{id}")
        }
        _ => {
            fields.entry("batchId").and_modify(|value| *value = text(&id));
            format!("matters/general/drops/{id}")
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_the_rules_accept_can_be_parsed() {
    for seed in [7, 99, 20_261_130] {
        is_read(seed).await;
    }
}

async fn is_read(seed: u64) {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    let team = administrator.team(&[&ann]).await;
    let session = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let member = Member::of(&session).await;
    let firm = Firm { user: ann.user.clone(), team: team.to_string(), batch: Uuid::now_v7().to_string() };
    let mut choices = Choices(seed);

    let mut sound = fields_of(drop_of(&firm));
    sound.insert("batchId".to_owned(), text(&firm.batch));
    let first = format!("teams/{team}/matters/general/drops/{}", firm.batch);
    assert!(member.write(&first, &sound, None, &["startedAt", "updatedAt"]).await, "a drop as Strongroom writes it");

    let mut taken: BTreeMap<String, &Kind> = BTreeMap::new();
    for kind in &KINDS {
        let (mut accepted, mut refused) = (0, 0);
        for _ in 0..EACH {
            let mut fields = fields_of((kind.sound)(&firm));
            choices.bend(&mut fields, kind.optional);
            let path = placed(kind, &mut fields, &mut choices);
            let times = with_removal(kind, &fields, &mut choices);
            if member.write(&format!("teams/{team}/{path}"), &fields, None, &times).await {
                accepted += 1;
                taken.insert(path, kind);
            } else {
                refused += 1;
            }
        }
        assert!(accepted > EACH / 10 && refused > EACH / 10, "{}: {accepted} taken, {refused} refused", kind.name);
    }
    // With one or several changed fields, and pages below drops.
    let (mut accepted, mut refused) = (0, 0);
    for (path, kind) in &taken {
        let mut before = fields_of((kind.sound)(&firm));
        choices.bend(&mut before, kind.optional);
        let names: Vec<String> = before.keys().filter(|_| choices.below(4) == 0).cloned().collect();
        before.retain(|name, _| names.contains(name));
        let times: Vec<&str> = kind.times.iter().copied().filter(|time| *time != "startedAt").collect();
        let mut written = vec![member.write(&format!("teams/{team}/{path}"), &before, Some(&names), &times).await];
        if kind.name == "drops" {
            let mut page = fields_of(json!({ "folders": list(&[]), "sources": list(&[text("/x")]) }));
            choices.bend(&mut page, &[]);
            let number = *choices.one(&["000000", "000001", "000002", "009999", "999999", "x"]);
            written.push(
                member.write(&format!("teams/{team}/{path}/folders/{number}"), &page, None, &["updatedAt"]).await,
            );
            let pages = fields_of(json!({ "folderPages": choices.value(0), "sourcePages": choices.value(0) }));
            let names: Vec<String> = pages.keys().cloned().collect();
            written.push(member.write(&format!("teams/{team}/{path}"), &pages, Some(&names), &["updatedAt"]).await);
        }
        accepted += written.iter().filter(|written| **written).count();
        refused += written.iter().filter(|written| !**written).count();
    }
    assert!(accepted > 20 && refused > 20, "changes: {accepted} taken, {refused} refused");

    let records = records(&session).await;
    let (mut cursor, mut read) = (None, BTreeMap::new());
    loop {
        let page = records.changes(cursor.as_ref(), 100).await.expect("no document stops the reader");
        read.extend(page.changes.into_iter().map(|change| (change.document(), change)));
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    for (path, change) in &read {
        assert!(
            !matches!(change, Change::Unreadable(_)),
            "the rules accepted an unreadable document: {path} {change:?}"
        );
        if let Change::Record(record) = change {
            let most = FolderLimits { bytes: 400_000, paths: 1000, folders: 10_000 };
            assert!(record.folder_paths.fits(most), "{path}");
        }
        if let Change::Drop(drop) = change {
            assert!(drop.sources.len() <= 101_000, "{path}");
            records.folders_of_drop(&drop.key()).await.expect("folders");
            assert!(records.drop_summary(&drop.key()).await.expect("a summary").is_some());
        }
    }
    // Documents behind a wall are not among the changes.
    let lost: Vec<_> =
        taken.iter().filter(|(path, kind)| kind.name != "matters" && !read.contains_key(*path)).collect();
    assert!(lost.is_empty(), "{:?}", lost.iter().map(|(path, _)| path).collect::<Vec<_>>());
    let general = MatterId::general();
    records.events_of_matter(&general, None, 1000).await.expect("events");
    records.drops_of_matter(&general, None, 1000).await.expect("drops");
    records.all_records(None, 1000).await.expect("records");
    let user = UserId::new(firm.user.as_str()).expect("an id");
    let batch = DropKey { matter: general, user, id: firm.batch.parse().expect("an id") };
    assert!(!records.events_of_drop(&batch, None, 1000).await.expect("events").is_empty());
}

fn fields_of(document: Value) -> Map<String, Value> {
    match document {
        Value::Object(fields) => fields,
        other => panic!("{other}"),
    }
}

/// The times that the server sets, sometimes `removed`.
fn with_removal(kind: &Kind, fields: &Map<String, Value>, choices: &mut Choices) -> Vec<&'static str> {
    let mut times: Vec<&'static str> = kind.times.iter().copied().filter(|time| !fields.contains_key(*time)).collect();
    if kind.optional.contains(&"removed") && !fields.contains_key("removed") && choices.below(5) == 0 {
        times.push("removed");
    }
    if kind.name == "drops" && choices.below(3) == 0 {
        times.push("finishedAt");
    }
    times
}
