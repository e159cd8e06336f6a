//! Unchanged content is not read again; changed content is.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;
use vault_core::model::{BlobRef, Timestamp};
use vault_core::ports::{Blobs as _, Clock, Identity as _, Presence, SystemClock};
use vault_local::LocalVault;

use crate::files::{Unwatched, written};

/// A clock so far ahead that every stamp is old enough to be trusted at once.
struct Ahead;

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        Timestamp(Timestamp::now().0 + 60_000)
    }

    fn unique(&self) -> Uuid {
        SystemClock.unique()
    }
}

async fn store(vault: &LocalVault, path: &Path, content: &[u8]) -> BlobRef {
    let put = written(path, content, &vault.identity.person().await.expect("person").team);
    let blob = put.blob.clone();
    assert_eq!(vault.blobs.put(vec![put], Arc::new(Unwatched)).await, Ok(vec![Ok(())]));
    blob
}

async fn stamps(folder: &Path) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("vault.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("open");
    let count = sqlx::query_scalar("SELECT count(*) FROM blob_stamp").fetch_one(&pool).await.expect("count");
    pool.close().await;
    count
}

#[tokio::test]
async fn a_stamp_younger_than_the_clock_tick_is_not_kept() {
    struct StoppedClock(Timestamp);
    impl Clock for StoppedClock {
        fn now(&self) -> Timestamp {
            self.0
        }
        fn unique(&self) -> Uuid {
            SystemClock.unique()
        }
    }
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let vault = LocalVault::open(&folder, Arc::new(StoppedClock(Timestamp::now()))).await.expect("open");
    let blob = store(&vault, &home.path().join("a"), b"content").await;
    assert_eq!(stamps(&folder).await, 0);
    assert_eq!(vault.blobs.check(&[blob]).await, Ok(vec![Presence::Verified]));
}

#[tokio::test]
async fn a_byte_changed_in_place_is_found_though_size_and_time_are_the_same() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let vault = LocalVault::open(&folder, Arc::new(Ahead)).await.expect("open");
    let blob = store(&vault, &home.path().join("a"), b"content").await;
    assert_eq!(stamps(&folder).await, 1);
    assert_eq!(vault.blobs.check(std::slice::from_ref(&blob)).await, Ok(vec![Presence::Verified]));

    let path = folder.join(blob.path.to_string());
    let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("time");
    make_writable(&path);
    std::fs::write(&path, b"CONTENT").expect("write");
    std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("time");
    for _ in 0..2 {
        assert_eq!(vault.blobs.check(std::slice::from_ref(&blob)).await, Ok(vec![Presence::Different]));
    }
    std::fs::write(&path, b"content").expect("write");
    assert_eq!(vault.blobs.check(&[blob]).await, Ok(vec![Presence::Verified]));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_the_right_content_is_not_the_content() {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let vault = LocalVault::open(&folder, Arc::new(Ahead)).await.expect("open");
    let source = home.path().join("a");
    let blob = store(&vault, &source, b"content").await;
    let path = folder.join(blob.path.to_string());
    std::fs::remove_file(&path).expect("remove");
    std::os::unix::fs::symlink(&source, &path).expect("link");
    assert_eq!(vault.blobs.check(std::slice::from_ref(&blob)).await, Ok(vec![Presence::Different]));
    assert!(vault.blobs.get(&blob).await.is_err());
    store(&vault, &source, b"content").await;
    assert_eq!(vault.blobs.check(std::slice::from_ref(&blob)).await, Ok(vec![Presence::Verified]));
    assert_eq!(folder.join("set-aside").read_dir().expect("list").count(), 1);
    assert_eq!(folder.join("tmp").read_dir().expect("list").count(), 0);
    assert_eq!(std::fs::read(source).expect("read"), b"content");
}

fn make_writable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = path.metadata().expect("metadata").permissions().mode();
        assert_eq!(mode & 0o777, 0o400);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("permissions");
    }
    let _ = path;
}
