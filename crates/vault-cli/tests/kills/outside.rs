//! The outside check: of the files of the vault and the tables of its databases, without any of Strongroom's code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

/// What must never change once it exists.
#[derive(Debug, Default)]
pub(crate) struct Permanent {
    /// Final events: kind and content by id.
    events: BTreeMap<Vec<u8>, (i64, Vec<u8>)>,
    /// Blobs that a record refers to: their hash by path.
    blobs: BTreeMap<PathBuf, String>,
}

/// A stored file as the history has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stored {
    pub(crate) batch: Vec<u8>,
    pub(crate) path: Vec<u8>,
    pub(crate) sha256: String,
    pub(crate) size: u64,
    pub(crate) modified: i64,
}

/// Checks every invariant of a home that must hold at any instant, and returns the stored files.
pub(crate) fn look(home: &Path, before: &mut Permanent) -> Vec<Stored> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for name in ["journal.db", "cache.db", "vault/vault.db"] {
            let file = home.join(name);
            if file.exists() {
                intact(&file).await;
            }
        }
        let file = home.join("vault/vault.db");
        if !file.exists() {
            return Vec::new();
        }
        let mut db = open(&file).await;
        if tables(&mut db).await == 0 {
            return Vec::new();
        }
        let now = Permanent { events: final_events(&mut db).await, blobs: referenced_blobs(&mut db, home).await };
        for (id, event) in &before.events {
            assert_eq!(now.events.get(id), Some(event), "a final event changed or went");
        }
        for (path, hash) in &before.blobs {
            assert_eq!(now.blobs.get(path), Some(hash), "a stored blob changed or went");
        }
        *before = now;
        let stored = stored_files(&mut db).await;
        for pair in stored.windows(2) {
            assert_ne!(
                (&pair[0].batch, &pair[0].path),
                (&pair[1].batch, &pair[1].path),
                "a file of a drop has two final events"
            );
        }
        stored
    })
}

async fn open(file: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await.unwrap()
}

async fn intact(file: &Path) {
    let mut db = open(file).await;
    let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
    assert_eq!(said, "ok", "{}", file.display());
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut db).await.unwrap();
    assert!(broken.is_empty(), "{} has references to nothing", file.display());
    db.close().await.unwrap();
}

async fn tables(db: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'record'").fetch_one(db).await.unwrap()
}

async fn final_events(db: &mut SqliteConnection) -> BTreeMap<Vec<u8>, (i64, Vec<u8>)> {
    let rows = sqlx::query("SELECT id, kind, metadata_hash FROM event WHERE kind <> 0").fetch_all(db).await.unwrap();
    rows.into_iter().map(|row| (row.get(0), (row.get(1), row.get(2)))).collect()
}

/// Every record's content, read and hashed: there is no record without its blob at any instant.
async fn referenced_blobs(db: &mut SqliteConnection, home: &Path) -> BTreeMap<PathBuf, String> {
    let team: Option<String> =
        sqlx::query_scalar("SELECT user_id FROM identity").fetch_optional(&mut *db).await.unwrap();
    let rows = sqlx::query(
        "SELECT storage_matter, storage_extension, file_hash, size, original_name, last_modified, metadata_hash FROM record",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut blobs = BTreeMap::new();
    for row in rows {
        let (matter, extension): (String, String) = (row.get(0), row.get(1));
        let hash = hex::encode(row.get::<Vec<u8>, _>(2));
        let (name, modified): (String, i64) = (row.get(4), row.get(5));
        let identity = hex::encode(Sha256::digest(format!("{name}|{modified}|{hash}")));
        assert_eq!(identity, hex::encode(row.get::<Vec<u8>, _>(6)), "a record's id is not its hash");
        let file = if extension.is_empty() { hash.clone() } else { format!("{hash}.{extension}") };
        let team = team.as_deref().unwrap_or_default();
        let path = home.join("vault/teams").join(team).join("matters").join(matter).join("files").join(file);
        let content =
            fs::read(&path).unwrap_or_else(|error| panic!("a record without its blob {}: {error}", path.display()));
        assert_eq!(i64::try_from(content.len()).unwrap(), row.get::<i64, _>(3), "{}", path.display());
        assert_eq!(hex::encode(Sha256::digest(&content)), hash, "{}", path.display());
        blobs.insert(path, hash);
    }
    blobs
}

async fn stored_files(db: &mut SqliteConnection) -> Vec<Stored> {
    let rows = sqlx::query(
        "SELECT e.drop_id, f.path, f.exact, e.file_name, e.file_exact, e.file_hash, e.size, e.last_modified,
                (SELECT count(*) FROM record r WHERE r.matter_id = e.matter_id AND r.metadata_hash = e.metadata_hash)
           FROM event e JOIN folder f ON f.key = e.folder WHERE e.kind IN (1, 3)",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut stored: Vec<Stored> = rows
        .into_iter()
        .map(|row| {
            assert_eq!(row.get::<i64, _>(8), 1, "a stored file has one record");
            let exact: Vec<u8> = row.get(2);
            let folder = if exact.is_empty() { row.get::<String, _>(1).into_bytes() } else { exact };
            let name = row.get::<Option<Vec<u8>>, _>(4).unwrap_or_else(|| row.get::<String, _>(3).into_bytes());
            Stored {
                batch: row.get(0),
                path: [folder, name].join(&b'/'),
                sha256: hex::encode(row.get::<Vec<u8>, _>(5)),
                size: u64::try_from(row.get::<i64, _>(6)).unwrap(),
                modified: row.get(7),
            }
        })
        .collect();
    stored.sort();
    stored
}
