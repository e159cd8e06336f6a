//! Values for the tests.
#![allow(dead_code, unreachable_pub)] // each test uses its part

use std::path::PathBuf;

use tempfile::TempDir;
use uuid::Uuid;
use vault_core::filing::ItemState;
use vault_core::model::{
    Client, ClientFields, ClientId, DeviceId, DropCounts, DropId, DropSummary, EventId, EventKind, FileHash,
    FolderPaths, LastModified, Matter, MatterFields, MatterId, MetadataHash, MetadataRecord, PathText, StoragePath,
    TeamId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, ChangePage, Cursor, NewDrop, NewItem, Reading};
use vault_store::{CacheDb, JournalDb};

pub async fn journal() -> (TempDir, JournalDb) {
    let home = tempfile::tempdir().expect("temporary folder");
    let journal = JournalDb::open(&home.path().join("journal.db")).await.expect("journal");
    (home, journal)
}

pub async fn cache() -> (TempDir, CacheDb) {
    let home = tempfile::tempdir().expect("temporary folder");
    let cache = CacheDb::open(&home.path().join("cache.db")).await.expect("cache");
    (home, cache)
}

pub fn drop_id(n: u64) -> DropId {
    DropId::new(Uuid::from_u64_pair(0x0190_0000_0000_7000 + (n << 16), 0x8000_0000_0000_0000))
}

pub fn event_id(n: u64) -> EventId {
    EventId::new(Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 + n))
}

pub fn team() -> TeamId {
    TeamId::new("firm").expect("id")
}

pub fn user() -> UserId {
    UserId::new("pat").expect("id")
}

pub fn device() -> DeviceId {
    DeviceId::new("desk").expect("id")
}

pub fn matter_id(text: &str) -> MatterId {
    MatterId::new(text).expect("id")
}

pub fn new_drop(n: u64) -> NewDrop {
    NewDrop {
        id: drop_id(n),
        matter: MatterId::general(),
        sources: vec![PathBuf::from("/media/usb/Box")],
        started: Timestamp(1000 + i64::try_from(n).expect("small")),
    }
}

pub fn hash(n: u64) -> FileHash {
    FileHash::of(&n.to_le_bytes())
}

pub fn item(n: u64) -> NewItem {
    NewItem {
        source: 0,
        folder: PathText::plain("Box/2023"),
        name: PathText::plain(format!("file {n}.pdf")),
        read: Some(Reading { size: 10, last_modified: LastModified(-5), hash: hash(n) }),
        event: event_id(n),
        state: ItemState::Queued,
        moved_to: None,
    }
}

pub fn matter(id: &str, number: &str, title: &str) -> Matter {
    Matter {
        id: matter_id(id),
        fields: MatterFields { title: title.into(), number: number.into(), ..MatterFields::default() },
        updated_at: Timestamp(1),
        removed: None,
    }
}

pub fn client(id: &str, name: &str) -> Client {
    Client {
        id: ClientId::new(id).expect("id"),
        fields: ClientFields { name: name.into(), ..ClientFields::default() },
        updated_at: Timestamp(1),
        removed: None,
    }
}

/// A record of the matter `general`; `folders` is the wire form.
pub fn record(name: &str, folders: &str) -> MetadataRecord {
    let file_hash = FileHash::of(name.as_bytes());
    let last_modified = LastModified(7);
    MetadataRecord {
        metadata_hash: MetadataHash::of(name, last_modified, file_hash),
        matter: MatterId::general(),
        original_name: name.into(),
        last_modified,
        file_hash,
        size: 3,
        folder_paths: FolderPaths::parse(folders),
        storage_path: StoragePath::new(&team(), &MatterId::general(), file_hash, name),
        uploaded_by: user(),
        updated_at: Timestamp(5),
        revision: None,
    }
}

pub fn event(n: u64, kind: EventKind) -> UploadEvent {
    UploadEvent {
        source: Some(0),
        id: event_id(n),
        matter: MatterId::general(),
        kind,
        timestamp: Timestamp(100 + i64::try_from(n).expect("small")),
        file_name: PathText::plain(format!("file {n}.pdf")),
        folder_path: PathText::plain("Box/2023"),
        file_hash: hash(n),
        metadata_hash: MetadataHash::of("x", LastModified(0), hash(n)),
        size: 10,
        last_modified: LastModified(0),
        team: team(),
        user: user(),
        batch: drop_id(1),
        device: device(),
        app_version: "0.1.0".into(),
        reason: (kind == EventKind::Failed).then(|| "Vanished.".into()),
    }
}

pub fn summary(n: u64) -> DropSummary {
    DropSummary {
        id: drop_id(n),
        matter: MatterId::general(),
        user: user(),
        device: device(),
        sources: vec!["E:\\Box \"1\"".into(), "/tmp/ü".into()],
        started: Timestamp(50),
        finished: Some(Timestamp(60)),
        counts: DropCounts { stored: 1, skipped: 2, failed: 3, left_out: 4, bytes: 5, bytes_stored: 6 },
    }
}

pub fn page(changes: Vec<Change>) -> ChangePage {
    ChangePage { changes, cursor: Cursor("next".into()), more: false }
}

/// The documents that a firm must have before there are files.
pub fn general() -> Change {
    Change::Matter(matter("general", "", "General"))
}

pub fn records(records: impl IntoIterator<Item = MetadataRecord>) -> ChangePage {
    page(records.into_iter().map(Change::Record).collect())
}
