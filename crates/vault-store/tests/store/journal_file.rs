//! `journal.db` as a file: one that this version cannot use is refused and left unchanged.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::*;
use sqlx::{Connection as _, SqliteConnection};
use vault_core::ports::{Attention, Journal as _, PortError};
use vault_core::queue::PauseReason;
use vault_store::JournalDb;

async fn filled(home: &Path) -> PathBuf {
    let file = home.join("journal.db");
    let journal = JournalDb::open(&file).await.expect("journal");
    journal.accept(&new_drop(1)).await.expect("accept");
    journal.enqueue(drop_id(1), &mut (0..2000).map(item), &[], &[]).await.expect("enqueue");
    journal.close_file().await.expect("close");
    file
}

async fn sql(file: &Path, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("connect");
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("statement");
    connection.close().await.expect("close");
}

/// The queue is refused with this kind of message, and the file has not changed by a byte.
async fn is_refused(file: &Path, sentence: &str) {
    let before = fs::read(file).expect("file");
    let refused = JournalDb::open(file).await.expect_err("refused");
    let PortError::NeedsPerson { kind: Attention::Damaged, message } = refused else { panic!("{refused}") };
    assert!(message.contains(sentence), "{message}");
    assert!(fs::read(file).expect("file") == before, "the file was changed");
    let names: Vec<_> = fs::read_dir(file.parent().expect("folder"))
        .expect("folder")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    assert_eq!(names, ["journal.db"]);
}

#[tokio::test]
async fn a_newer_queue_is_refused() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    sql(&file, "PRAGMA user_version = 999").await;
    is_refused(&file, "newer version").await;
}

#[tokio::test]
async fn a_queue_with_an_unknown_change_of_tables_is_refused() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    sql(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (999, 'later', 1, x'00', 0)",
    )
    .await;
    is_refused(&file, "newer version").await;
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("journal.db");
    fs::write(&file, b"").expect("file");
    sql(&file, "CREATE TABLE something (x)").await;
    is_refused(&file, "not a queue").await;
}

#[tokio::test]
async fn a_damaged_queue_is_refused() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    let whole = fs::read(&file).expect("file");
    // The header, and the starts of later pages.
    for at in [0, 100, 4096 * 3, 4096 * 20] {
        let mut damaged = whole.clone();
        for byte in &mut damaged[at..at + 40] {
            *byte = !*byte;
        }
        fs::write(&file, damaged).expect("file");
        is_refused(&file, "damaged").await;
    }
    fs::write(&file, b"This is no database at all, though it is longer than a header.".repeat(9)).expect("file");
    is_refused(&file, "damaged").await;
    fs::write(&file, whole).expect("file");
    let journal = JournalDb::open(&file).await.expect("whole again");
    assert_eq!(journal.open_items(drop_id(1), 0, 3000).await.expect("items").len(), 2000);
}

#[tokio::test]
async fn a_backup_is_a_queue_of_its_own() {
    let home = tempfile::tempdir().expect("folder");
    let file = filled(home.path()).await;
    let journal = JournalDb::open(&file).await.expect("journal");
    let (first, second) = (journal.backup().await.expect("backup"), journal.backup().await.expect("backup"));
    assert_ne!(first, second);
    assert_eq!(first.parent(), file.parent());
    let copy = JournalDb::open(&first).await.expect("copy");
    assert_eq!(copy.drop_by_id(drop_id(1)).await, journal.drop_by_id(drop_id(1)).await);
    assert_eq!(copy.open_items(drop_id(1), 0, 9999).await, journal.open_items(drop_id(1), 0, 9999).await);
}

#[tokio::test]
async fn two_processes_can_make_the_queue_at_once() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("journal.db");
    let mut opening = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let file = file.clone();
        opening.spawn(async move { JournalDb::open(&file).await });
    }
    for (n, journal) in (0..).zip(opening.join_all().await) {
        journal.expect("journal").accept(&new_drop(n)).await.expect("accept");
    }
    assert_eq!(JournalDb::open(&file).await.expect("journal").unfinished().await.expect("drops").len(), 6);
}

/// Until version 5 a reason was stored as its sentence.
#[tokio::test]
async fn why_drops_of_the_version_before_are_paused_is_kept() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("journal.db");
    fs::write(&file, include_bytes!("../data/journal-5.db")).expect("the queue of version 0.1.0");
    let journal = JournalDb::open(&file).await.expect("journal");
    let drops = journal.unfinished().await.expect("drops");
    let paused: Vec<_> = drops.iter().map(|drop| drop.paused.clone()).collect();
    let full = PauseReason::Blocked("The disk is full.".to_owned());
    assert_eq!(
        paused,
        [
            Some(PauseReason::ByUser),
            Some(PauseReason::Cancelling),
            Some(PauseReason::AwaitingReview),
            Some(full.clone()),
            None
        ]
    );
    journal.clear_pause(drops[3].new.id, &full).await.expect("resume");
    assert_eq!(journal.drop_by_id(drops[3].new.id).await.expect("drop").expect("there").paused, None);
}
