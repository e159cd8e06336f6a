//! The databases of the computer, read without any of Strongroom's code.

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

/// The queue.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub(crate) drops: Vec<Drop>,
    /// Files that are not done, by drop and path.
    pub(crate) items: BTreeMap<(String, Vec<u8>), Item>,
}

#[derive(Debug, Clone)]
pub(crate) struct Drop {
    pub(crate) id: String,
    pub(crate) phase: String,
    /// Stored, already stored, and waiting, as the queue counts them.
    pub(crate) counts: [i64; 3],
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// As the table has it: 0 queued, 1 uploading, 2 recording, 3 waiting, 4 needs attention, 5 cancelled.
    pub(crate) state: i64,
    /// The SHA-256 of its content, and how much of its upload was confirmed.
    pub(crate) confirmed: Option<(String, u64)>,
}

/// The mirror for browsing.
#[derive(Debug, Default)]
pub(crate) struct Copy {
    /// Ids of records.
    pub(crate) records: Vec<String>,
    /// Kinds of events by id: 0 interrupted, 1 success, 2 failed, 3 known already.
    pub(crate) events: BTreeMap<String, i64>,
    /// Edits that are shown though the vault has not got them.
    pub(crate) waiting: i64,
}

/// Reads both; checks their integrity.
pub(crate) async fn read(kept: &Path) -> (Queue, Copy) {
    no_secrets(kept);
    let queue = match open(&kept.join("journal.db")).await {
        Some(mut db) => Queue { drops: drops(&mut db).await, items: items(&mut db).await },
        None => Queue::default(),
    };
    let copy = match open(&kept.join("cache.db")).await {
        Some(mut db) => copy(&mut db).await,
        None => Copy::default(),
    };
    (queue, copy)
}

/// 12, on the disk: nobody who copies these files can resume an upload or sign in.
fn no_secrets(kept: &Path) {
    for file in std::fs::read_dir(kept).into_iter().flatten().filter_map(Result::ok) {
        let Ok(bytes) = std::fs::read(file.path()) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        // The start of every signed token, `{"alg":`. Three letters of it occur by chance in sealed bytes.
        for secret in ["upload_id", "eyJhbGciOi"] {
            assert!(!text.contains(secret), "{secret} is in {}", file.path().display());
        }
    }
}

/// Opens a database that exists and has its tables.
async fn open(file: &Path) -> Option<SqliteConnection> {
    if !file.exists() {
        return None;
    }
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await.unwrap();
    let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
    assert_eq!(said, "ok", "{}", file.display());
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut db).await.unwrap();
    assert!(broken.is_empty(), "{} has references to nothing", file.display());
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut db).await.unwrap();
    (tables > 0).then_some(db)
}

async fn drops(db: &mut SqliteConnection) -> Vec<Drop> {
    let rows = sqlx::query("SELECT id, phase, stored, skipped, waiting FROM drops ORDER BY key").fetch_all(db).await;
    let read = |row: &sqlx::sqlite::SqliteRow| Drop {
        id: uuid(row.get(0)),
        phase: row.get(1),
        counts: [row.get(2), row.get(3), row.get(4)],
    };
    rows.unwrap().iter().map(read).collect()
}

async fn items(db: &mut SqliteConnection) -> BTreeMap<(String, Vec<u8>), Item> {
    let rows = sqlx::query(
        "SELECT d.id, f.path, f.path_exact, i.name, i.name_exact, i.state, hex(i.hash), i.session_offset
           FROM items i JOIN drops d ON d.key = i.drop_key
           JOIN folders f ON f.drop_key = i.drop_key AND f.place = i.folder",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let read = |row: sqlx::sqlite::SqliteRow| {
        let exact = |text: usize, exact: usize| {
            row.get::<Option<Vec<u8>>, _>(exact).unwrap_or_else(|| row.get::<String, _>(text).into_bytes())
        };
        let path = [exact(1, 2), exact(3, 4)].join(&b'/');
        let hash = row.get::<String, _>(6).to_lowercase();
        let confirmed = row.get::<Option<i64>, _>(7).map(|offset| (hash, u64::try_from(offset).unwrap()));
        ((uuid(row.get(0)), path), Item { state: row.get(5), confirmed })
    };
    let read: Vec<_> = rows.into_iter().map(read).collect();
    let count = read.len();
    let items: BTreeMap<_, _> = read.into_iter().collect();
    assert_eq!(items.len(), count, "a file of a drop is in the queue twice");
    items
}

async fn copy(db: &mut SqliteConnection) -> Copy {
    let records = sqlx::query_scalar("SELECT metadata_hash FROM records").fetch_all(&mut *db).await.unwrap();
    let events = sqlx::query("SELECT id, kind FROM events").fetch_all(&mut *db).await.unwrap();
    let waiting = "SELECT (SELECT count(*) FROM waiting_clients) + (SELECT count(*) FROM waiting_matters)";
    Copy {
        records: records.into_iter().map(|hash: Vec<u8>| hex::encode(hash)).collect(),
        events: events.into_iter().map(|row| (uuid(row.get(0)), row.get(1))).collect(),
        waiting: sqlx::query_scalar(waiting).fetch_one(db).await.unwrap(),
    }
}

fn uuid(bytes: Vec<u8>) -> String {
    let hex = hex::encode(bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
