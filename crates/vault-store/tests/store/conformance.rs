//! The two databases keep the promises of the ports.

use std::path::PathBuf;
use std::sync::Arc;

use vault_store::{CacheDb, JournalDb};
use vault_testing::conformance::{Keep, fingerprints, journal, mirror, outbox, verifications};

/// A new folder, and a file in it.
fn file(name: &str) -> (PathBuf, Keep) {
    let home = tempfile::tempdir().expect("folder");
    (home.path().join(name), Box::new(home))
}

async fn two_caches() -> (Arc<CacheDb>, Arc<CacheDb>, Keep) {
    let (file, keep) = file("cache.db");
    let open = async || Arc::new(CacheDb::open(&file).await.expect("open"));
    (open().await, open().await, keep)
}

mod of_journal {
    use super::{Arc, JournalDb, file, journal};

    async fn open() -> journal::Subject {
        let (file, keep) = file("journal.db");
        let open = async || Arc::new(JournalDb::open(&file).await.expect("open"));
        journal::Subject { journal: open().await, again: open().await, keep }
    }

    vault_testing::journal_conformance!(open);
}

mod of_outbox {
    use super::{Arc, JournalDb, file, outbox};

    async fn open() -> outbox::Subject {
        let (file, keep) = file("journal.db");
        let open = async || Arc::new(JournalDb::open(&file).await.expect("open"));
        outbox::Subject { outbox: open().await, again: open().await, keep }
    }

    vault_testing::outbox_conformance!(open);
}

mod of_mirror {
    use super::{mirror, two_caches};

    async fn open() -> mirror::Subject {
        let (mirror, again, keep) = two_caches().await;
        mirror::Subject { mirror, again, keep }
    }

    vault_testing::mirror_conformance!(open);
}

mod of_fingerprints {
    use super::{fingerprints, two_caches};

    async fn open() -> fingerprints::Subject {
        let (fingerprints, again, keep) = two_caches().await;
        fingerprints::Subject { fingerprints, again, keep }
    }

    vault_testing::fingerprints_conformance!(open);
}

mod of_verifications {
    use super::{two_caches, verifications};

    async fn open() -> verifications::Subject {
        let (verifications, again, keep) = two_caches().await;
        verifications::Subject { verifications, again, keep }
    }

    vault_testing::verifications_conformance!(open);
}
