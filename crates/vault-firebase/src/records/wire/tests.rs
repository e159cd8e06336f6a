//! Round trips: reading returns what was written.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;
use vault_core::model::{
    Address, Client, ClientFields, ClientId, ClientStatus, DeviceId, DropCounts, DropFolder, DropId, DropSummary,
    EventId, EventKind, FileHash, FolderPaths, LastModified, Matter, MatterFields, MatterId, MatterStatus,
    MetadataHash, PathText, Priority, StoragePath, TeamId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::RecordWrite;

use super::*;
use crate::firestore::wire::Document;
use crate::firestore::{Doc, Fields, text, timestamp};

const NOW: Timestamp = Timestamp(1_800_000_000_123);

fn document(name: String, mut fields: Fields, times: &[&str]) -> Document {
    fields.extend(times.iter().map(|field| ((*field).to_owned(), timestamp(NOW))));
    Document { name, fields, create_time: None, update_time: None }
}

fn team() -> TeamId {
    TeamId::new("t1").expect("id")
}

fn names() -> Names {
    Names::new("projects/p/databases/(default)", &team())
}

fn matter_id() -> MatterId {
    MatterId::new("m1").expect("id")
}

fn user() -> UserId {
    UserId::new("u1").expect("id")
}

/// The largest number that the rules accept.
const LARGEST: u64 = 1 << 53;

fn time() -> impl Strategy<Value = Timestamp> {
    (-62_135_596_800_000_i64..=253_402_300_799_999).prop_map(Timestamp)
}

fn path() -> impl Strategy<Value = PathText> {
    prop_oneof![
        ".{0,30}".prop_map(PathText::plain),
        proptest::collection::vec(any::<u8>(), 0..30).prop_map(PathText::from_bytes)
    ]
}

prop_compose! {
    fn client()(texts in proptest::array::uniform7(".{0,12}"), active: bool, removed: bool) -> Client {
        let [name, email, phone, street, city, state, zip] = texts;
        let status = if active { ClientStatus::Active } else { ClientStatus::Inactive };
        let fields = ClientFields { name, email, phone, address: Address { street, city, state, zip }, status };
        let id = ClientId::new("c1").expect("id");
        Client { id, fields, updated_at: NOW, removed: removed.then_some(NOW) }
    }
}

prop_compose! {
    fn matter()(
        texts in proptest::array::uniform3(".{0,12}"), status in 0..3_usize, priority in 0..3_usize, client: bool,
        people in proptest::collection::vec("[a-z]{1,5}", 0..4), opened in proptest::option::of(time()),
        due in proptest::option::of(time()), removed: bool,
    ) -> Matter {
        let [title, description, number] = texts;
        let fields = MatterFields {
            title, description, number, opened, due,
            client: client.then(|| ClientId::new("c1").expect("id")),
            status: [MatterStatus::Active, MatterStatus::Closed, MatterStatus::OnHold][status],
            priority: [Priority::High, Priority::Medium, Priority::Low][priority],
            assigned_to: people.into_iter().map(|id| UserId::new(id).expect("id")).collect(),
        };
        Matter { id: matter_id(), fields, updated_at: NOW, removed: removed.then_some(NOW) }
    }
}

prop_compose! {
    fn event()(
        kind in 0..4_usize, file_name in path(), folder_path in path(), content in ".{0,5}", size in 0..=LARGEST,
        last_modified: i64, batch: [u8; 16], reason in proptest::option::of(".{1,20}"),
        source: Option<u32>,
    ) -> UploadEvent {
        let file_hash = FileHash::of(content.as_bytes());
        let last_modified = LastModified(last_modified);
        UploadEvent {
            id: EventId::new(Uuid::now_v7()), matter: matter_id(), kind: EventKind::ALL[kind], timestamp: NOW,
            metadata_hash: MetadataHash::of(file_name.text(), last_modified, file_hash),
            file_name, folder_path, source, file_hash, size, last_modified, team: team(), user: user(),
            batch: DropId::from_bytes(batch), device: DeviceId::new("front-desk").expect("id"),
            app_version: "0.1.0".to_owned(), reason,
        }
    }
}

prop_compose! {
    fn drop_with_folders()(
        sources in proptest::collection::vec(".{0,12}", 0..3), started in time(),
        finished in proptest::option::of(time()), n in proptest::array::uniform6(0..=LARGEST),
        folders in proptest::collection::vec((path(), any::<Option<u32>>(), any::<i64>()), 0..5),
    ) -> (DropSummary, Vec<DropFolder>) {
        let [stored, skipped, failed, left_out, bytes, bytes_stored] = n;
        let drop = DropSummary {
            id: DropId::new(Uuid::now_v7()), matter: matter_id(), user: user(),
            device: DeviceId::new("front-desk").expect("id"), sources, started, finished,
            counts: DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored },
        };
        let folder = |(path, source, time)| DropFolder { path, source, last_modified: LastModified(time) };
        let folders = folders.into_iter().map(folder);
        (drop, folders.collect())
    }
}

proptest! {
    #[test]
    fn a_client_survives(client in client()) {
        let times: &[&str] = if client.removed.is_some() { &["updatedAt", "removed"] } else { &["updatedAt"] };
        let document = document(names().client(&client.id), client_fields(&client.fields), times);
        prop_assert_eq!(read_client(Doc::of(&document)), Ok(client));
    }

    #[test]
    fn a_matter_survives(matter in matter(), walled: bool) {
        let visibility = if walled { Visibility::Walled } else { Visibility::Team };
        let times: &[&str] = if matter.removed.is_some() { &["updatedAt", "removed"] } else { &["updatedAt"] };
        let mut fields = matter_fields(&matter.fields);
        let written: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
        prop_assert_eq!(written, BTreeSet::from(MATTER_FIELDS));
        fields.insert("openTo".to_owned(), visibility.value(&team()));
        let document = document(names().matter(&matter.id), fields, times);
        prop_assert_eq!(read_matter(Doc::of(&document)), Ok((matter, visibility)));
    }

    #[test]
    fn an_event_survives(event in event()) {
        let name = names().event(&event.matter, event.id);
        let document = document(name, event_fields(&event, Visibility::Team), &["timestamp", "updatedAt"]);
        prop_assert_eq!(read_event(Doc::of(&document)), Ok(event));
    }

    #[test]
    fn a_record_survives(event in event(), folders in proptest::collection::vec("[a-c|%/]{0,6}", 1..4)) {
        let mut folder_paths = FolderPaths::one(&folders[0]);
        for folder in &folders { folder_paths.merge(folder); }
        let record = RecordWrite {
            metadata_hash: event.metadata_hash, original_name: event.file_name.text().to_owned(),
            last_modified: event.last_modified, file_hash: event.file_hash, size: event.size,
            folder_paths: folder_paths.clone(),
            storage_path: StoragePath::new(&event.team, &event.matter, event.file_hash, event.file_name.text()),
        };
        let fields = record_fields(&record, &folder_paths.to_wire(), &user(), &team(), Visibility::Team);
        let document = document(names().record(&event.matter, record.metadata_hash), fields, &["updatedAt"]);
        let read = read_record(Doc::of(&document)).expect("record");
        prop_assert_eq!((read.metadata_hash, read.matter, read.uploaded_by, read.updated_at),
            (record.metadata_hash, event.matter, user(), NOW));
        prop_assert_eq!((read.original_name, read.last_modified, read.file_hash, read.size),
            (record.original_name, record.last_modified, record.file_hash, record.size));
        prop_assert_eq!((read.folder_paths, read.storage_path), (folder_paths, record.storage_path));
    }

    #[test]
    fn a_drop_survives((drop, folders) in drop_with_folders()) {
        let listed = folders.iter().map(folder_value).collect();
        let sources = drop.sources.iter().map(text).collect();
        let listed = Listed { sources, source_pages: 2, folders: listed, pages: 3 };
        let mut fields = drop_fields(&drop, listed, &team(), Visibility::Team);
        fields.insert("startedAt".to_owned(), timestamp(drop.started));
        fields.extend(drop.finished.map(|at| ("finishedAt".to_owned(), timestamp(at))));
        let document = document(names().drop(&drop.matter, drop.id), fields, &["updatedAt"]);
        prop_assert!(DROP_FIELDS.iter().all(|field| document.fields.contains_key(*field)));
        prop_assert_eq!(read_drop(Doc::of(&document)), Ok(drop));
        prop_assert_eq!(read_folders(Doc::of(&document)), folders);
        prop_assert_eq!(read_pages(Doc::of(&document)), Ok(3));
        prop_assert_eq!(read_source_pages(Doc::of(&document)), Ok(2));
    }
}

#[test]
fn what_somebody_else_wrote_is_named_and_not_told() {
    let fields = Fields::from([("name".to_owned(), crate::firestore::integer(5))]);
    let document = document(names().client(&ClientId::new("c1").expect("id")), fields, &["updatedAt"]);
    let error = read_client(Doc::of(&document)).expect_err("refused");
    assert!(error.is_damage());
    let message = error.to_string();
    assert!(message.starts_with("The document teams/t1/clients/c1 has no usable “name”."), "{message}");
}
