//! `cache.db` as a file: an unusable one is set aside and a new one created.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::*;
use sqlx::{Connection as _, SqliteConnection};
use vault_core::ports::{Change, Cursor, Mirror as _};
use vault_store::CacheDb;

async fn filled(home: &Path) -> PathBuf {
    let file = home.join("cache.db");
    let cache = CacheDb::open(&file).await.expect("cache");
    let files = (0..500).map(|n| Change::Record(record(&format!("file {n}.pdf"), "Box")));
    cache.apply(&page(std::iter::once(general()).chain(files).collect())).await.expect("apply");
    cache.close_file().await.expect("close");
    file
}

fn set_aside(file: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(file.parent().expect("folder")).expect("folder").map(|entry| entry.expect("entry").path());
    let is_main = |path: &PathBuf| {
        let name = path.to_string_lossy();
        name.contains("cache.db.damaged-") && !name.ends_with("-wal") && !name.ends_with("-shm")
    };
    entries.filter(is_main).collect()
}

async fn is_rebuilt(file: &Path) {
    let cache = CacheDb::open(file).await.expect("a new one");
    assert_eq!(cache.cursor().await, Ok(None));
    cache.apply(&page(vec![general()])).await.expect("usable");
    cache.close_file().await.expect("close");
    assert_eq!(set_aside(file).len(), 1);
}

async fn sql(file: &Path, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("connect");
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("statement");
    connection.close().await.expect("close");
}

#[tokio::test]
async fn a_whole_copy_is_kept() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    let cache = CacheDb::open(&file).await.expect("cache");
    assert_eq!(cache.cursor().await, Ok(Some(Cursor("next".into()))));
    assert_eq!(cache.search("file 77", 5).await.expect("search").records.len(), 1);
    assert_eq!(set_aside(&file), [""; 0].map(PathBuf::from));
}

#[tokio::test]
async fn a_copy_with_a_broken_header_is_set_aside() {
    for at in [0, 40, 100] {
        let home = tempfile::tempdir().expect("folder");
        let file = filled(home.path()).await;
        let mut bytes = fs::read(&file).expect("file");
        for byte in &mut bytes[at..at + 60] {
            *byte = !*byte;
        }
        fs::write(&file, bytes).expect("file");
        is_rebuilt(&file).await;
    }
}

#[tokio::test]
async fn a_copy_of_another_version_is_set_aside() {
    for change in [
        "PRAGMA user_version = 999",
        "UPDATE _sqlx_migrations SET checksum = x'00'",
        "DROP TABLE _sqlx_migrations",
        "PRAGMA user_version = 0; DROP TABLE _sqlx_migrations",
        "DROP TABLE records",
    ] {
        let home = tempfile::tempdir().expect("folder");
        let file = filled(home.path()).await;
        sql(&file, change).await;
        is_rebuilt(&file).await;
    }
}

#[tokio::test]
async fn damage_found_in_use_is_repaired_at_the_next_start() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    let cache = CacheDb::open(&file).await.expect("whole");
    let mut bytes = fs::read(&file).expect("file");
    for page in bytes.chunks_mut(4096).skip(1) {
        page[..64].fill(0xA5);
    }
    fs::write(&file, bytes).expect("file");
    let mut failed = false;
    for n in 0..50 {
        failed |= cache.apply(&records([record(&format!("file {n}.pdf"), "Elsewhere")])).await.is_err();
        failed |= cache.search(&format!("file {n}"), 5).await.is_err();
    }
    cache.close_file().await.expect("close");
    assert!(failed);
    is_rebuilt(&file).await;
}

#[tokio::test]
async fn numbers_and_names_that_an_older_version_wrote_are_found_in_any_spelling() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("cache.db");
    fs::write(&file, include_bytes!("../data/cache-4.db")).expect("the cache of version 0.1.0");
    let cache = CacheDb::open(&file).await.expect("cache");
    assert!(cache.cursor().await.expect("cursor").is_some(), "it was kept");
    let matters = async |text| {
        let called = cache.matters_called(text).await.expect("asked");
        called.into_iter().map(|found| found.matter.fields.title).collect::<Vec<_>>()
    };
    assert_eq!(matters(" a\u{308}-7").await, ["Composed", "Decomposed"]);
    assert_eq!(matters("2024-001 ").await, ["Plain"]);
    assert_eq!(matters("general").await, ["General"]);
    let clients = cache.clients_called("ABC  corp").await.expect("asked");
    assert_eq!(clients.iter().map(|client| client.fields.name.as_str()).collect::<Vec<_>>(), ["ABC Corp", "abc corp "]);
    assert_eq!(set_aside(&file), [""; 0].map(PathBuf::from));
}
