//! A vault is created once, and refused if opening it would do harm.

use std::path::Path;
use std::sync::Arc;

use vault_core::ports::{Attention, Identity as _, Person, PortError, Records as _, SystemClock};
use vault_local::LocalVault;

async fn open(folder: &Path) -> Result<LocalVault, PortError> {
    LocalVault::open(folder, Arc::new(SystemClock)).await
}

async fn person(vault: &LocalVault) -> Person {
    vault.identity.person().await.expect("person")
}

fn damaged(opened: Result<LocalVault, PortError>, says: &str) {
    match opened.map(|_| ()) {
        Err(PortError::NeedsPerson { kind: Attention::Damaged, message }) => {
            assert!(message.contains("vault.db") && message.contains(says), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_vault_belongs_to_its_creator() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("deep/vault");
    let first = person(&open(&folder).await.expect("made")).await;
    assert_eq!(first.team.as_str(), first.user.as_str());
    let (name, suffix) = first.device.as_str().rsplit_once('-').expect("name and suffix");
    assert!(!name.is_empty() && suffix.len() == 8, "{}", first.device);
    assert_eq!(person(&open(&folder).await.expect("opened")).await, first);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = folder.metadata().expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

#[tokio::test]
async fn two_programs_that_create_the_same_vault_agree_on_its_owner() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let (one, two) = tokio::join!(open(&folder), open(&folder));
    assert_eq!(person(&one.expect("one")).await, person(&two.expect("two")).await);
}

#[tokio::test]
async fn a_newer_vault_is_left_unchanged() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("vault.db");
    drop(open(home.path()).await.expect("made"));
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("open");
    sqlx::query("PRAGMA user_version = 999").execute(&pool).await.expect("raise");
    pool.close().await;
    let before = std::fs::read(&file).expect("read");
    damaged(open(home.path()).await, "newer version");
    assert!(std::fs::read(&file).expect("read") == before, "the file was changed");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_unchanged() {
    let home = tempfile::tempdir().expect("folder");
    let file = home.path().join("vault.db");
    let junk = vec![b'x'; 8192];
    std::fs::write(&file, &junk).expect("write");
    damaged(open(home.path()).await, "is damaged");
    assert!(std::fs::read(&file).expect("read") == junk, "the file was changed");
}

#[tokio::test]
async fn documents_without_their_database_are_not_given_a_new_one() {
    let home = tempfile::tempdir().expect("folder");
    std::fs::create_dir_all(home.path().join("teams/t/matters/general/files")).expect("folder");
    damaged(open(home.path()).await, "missing");
    assert!(!home.path().join("vault.db").exists());
}

#[tokio::test]
async fn a_flipped_byte_is_reported_and_not_overwritten() {
    let home = tempfile::tempdir().expect("folder");
    let vault = open(home.path()).await.expect("made");
    vault.records.changes(None, 10).await.expect("changes");
    drop(vault);
    let file = home.path().join("vault.db");
    for left in ["vault.db-wal", "vault.db-shm"] {
        let _ = std::fs::remove_file(home.path().join(left));
    }
    let mut bytes = std::fs::read(&file).expect("read");
    if bytes.len() > 4096 {
        bytes[100..4096].fill(0xFF);
        std::fs::write(&file, &bytes).expect("write");
        damaged(open(home.path()).await, "damaged");
        assert!(std::fs::read(&file).expect("read") == bytes, "the file was changed");
    }
}

#[tokio::test]
async fn only_one_program_files_at_a_time() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let (one, two) = (open(&folder).await.expect("one"), open(&folder).await.expect("two"));
    let leftover = folder.join("tmp/half");
    std::fs::write(&leftover, b"half").expect("write");
    let guard = one.try_lock_for_filing().expect("lock").expect("free");
    assert!(!leftover.exists());
    assert!(two.try_lock_for_filing().expect("lock").is_none());
    drop(guard);
    assert!(two.try_lock_for_filing().expect("lock").is_some());
    assert!(home.path().join("filing.lock").exists());
}
