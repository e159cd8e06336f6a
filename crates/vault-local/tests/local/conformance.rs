//! The embedded vault keeps the promises of the ports.

use std::path::PathBuf;
use std::sync::Arc;

use vault_core::ports::SystemClock;
use vault_local::LocalVault;
use vault_testing::conformance::{Keep, blobs, identity, records};

/// A new vault, opened twice as two programs would, and the folder it lives in.
async fn two() -> (LocalVault, LocalVault, PathBuf, Keep) {
    let home = tempfile::tempdir().expect("folder");
    let folder = home.path().join("vault");
    let open = async || LocalVault::open(&folder, Arc::new(SystemClock)).await.expect("open");
    (open().await, open().await, folder, Box::new(home))
}

mod of_identity {
    use super::{identity, two};

    async fn open() -> identity::Subject {
        let (one, other, _, keep) = two().await;
        identity::Subject { identity: one.identity, again: other.identity, keep }
    }

    vault_testing::identity_conformance!(open);
}

mod of_records {
    use vault_core::ports::Identity as _;

    use super::{records, two};

    async fn open() -> records::Subject {
        let (one, other, _, keep) = two().await;
        let person = one.identity.person().await.expect("person");
        records::Subject { records: one.records, again: other.records, person, keep }
    }

    vault_testing::records_conformance!(open);
}

mod of_blobs {
    use vault_core::ports::Identity as _;

    use super::{PathBuf, blobs, two};

    async fn open() -> blobs::Subject {
        let (one, other, folder, keep) = two().await;
        let team = one.identity.person().await.expect("person").team;
        let tamper = Box::new(move |path: &str, bytes: Option<&[u8]>| tamper(&folder.join(path), bytes));
        blobs::Subject { blobs: one.blobs, again: other.blobs, team, tamper, immutable: false, keep }
    }

    /// Writes into the file that is there, where there is one: the hardest change to notice.
    fn tamper(path: &PathBuf, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else { return std::fs::remove_file(path).expect("remove") };
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        #[cfg(unix)]
        if path.exists() {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("permissions");
        }
        std::fs::write(path, bytes).expect("write");
    }

    vault_testing::blobs_conformance!(open);
}
