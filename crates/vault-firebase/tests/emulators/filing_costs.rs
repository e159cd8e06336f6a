//! The costs of whole drops in documents read and written: a fixed number of writes per file, and almost no reads,
//! however many files there are.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use vault_core::filing::Finished;
use vault_core::intake::{LeftOutRules, dropped_path};
use vault_core::model::{EventKind, MatterId};
use vault_core::ports::{Identity as _, Mirror as _, News, Outcome, Records as _, SystemClock};
use vault_core::{Vault, VaultParts};
use vault_firebase::{Cost, FirebaseBlobs, FirebaseRecords, MemorySecrets, Session};
use vault_store::{CacheDb, JournalDb};
use vault_testing::conformance::Case;

use crate::world::{self, Administrator, connection, sign_in};

/// Files of a drop. The limits below are far less than a read for each.
const FILES: u64 = 60;

/// The reads that a drop may cost: the matter, and at every check for changes (before and after the folder is read,
/// before and after its files are stored, at the end) four kinds of documents, the count of events twice, and its own
/// summary.
const READS: u64 = 45;

/// A computer of the firm.
struct Computer {
    place: TempDir,
    session: Arc<Session>,
    cache: Arc<CacheDb>,
}

/// The firm's vault, as a program has it open.
struct Open {
    vault: Vault,
    records: Arc<FirebaseRecords>,
}

impl Computer {
    async fn new(session: &Arc<Session>) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let cache = Arc::new(CacheDb::open(&place.path().join("cache.db")).await.expect("cache"));
        Self { place, session: session.clone(), cache }
    }

    async fn records(&self) -> FirebaseRecords {
        world::records(&self.session).await.beside(self.cache.clone())
    }

    async fn open(&self) -> Open {
        self.open_on(self.records().await).await
    }

    /// Lets a day pass: by then every filed document is so old that no older one can still appear.
    async fn the_next_day(&self) {
        let settled = self.records().await.settled_after(Duration::ZERO);
        self.open_on(settled).await.vault.sync_mirror().await.expect("caught up");
    }

    async fn open_on(&self, records: FirebaseRecords) -> Open {
        let records = Arc::new(records);
        let blobs = FirebaseBlobs::open(&connection(), self.session.clone(), records.clone()).await.expect("blobs");
        let journal = JournalDb::open(&self.place.path().join("journal.db")).await.expect("journal");
        let vault = Vault::new(VaultParts {
            identity: self.session.clone(),
            records: records.clone(),
            blobs: Arc::new(blobs),
            journal: Arc::new(journal),
            outbox: None,
            mirror: self.cache.clone(),
            fingerprints: self.cache.clone(),
            clock: Arc::new(SystemClock),
            left_out: LeftOutRules::default(),
            protected_paths: Vec::new(),
            app_version: "0.0.1".to_owned(),
        });
        Open { vault, records }
    }

    /// A folder of this name, with the same files each time.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.place.path().join(name);
        fs::create_dir(&folder).expect("a folder");
        for n in 0..FILES {
            let file = folder.join(format!("Letter {n}.txt"));
            fs::write(&file, format!("letter {n}")).expect("a file");
            let time = std::time::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
            fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("its time");
        }
        dropped_path(&folder).expect("to be dropped")
    }
}

impl Open {
    /// Files a folder, and returns the costs.
    async fn file(&self, folder: PathBuf) -> (Cost, Finished) {
        let (vault, matter, before) = (&self.vault, MatterId::general(), self.records.cost());
        let plan = vault.preflight(&matter, vec![folder.clone()], Arc::default()).await.expect("pre-flight");
        let drop = vault.accept(&matter, vec![folder]).await.expect("accepted");
        let finished = vault.file(drop, plan, Arc::default()).await.expect("filed");
        assert_eq!(finished.halt, None);
        let after = self.records.cost();
        (Cost { reads: after.reads - before.reads, writes: after.writes - before.writes }, finished)
    }
}

#[tokio::test]
async fn a_drop_costs_four_writes_a_new_file_two_at_most_a_known_one_and_few_reads() {
    let administrator = Administrator::new();
    let ann = administrator.new_user("Ann").await;
    administrator.team(&[&ann]).await;
    let session = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let computer = Computer::new(&session).await;
    let open = computer.open().await;
    open.vault.sync_mirror().await.expect("caught up");

    let folder = computer.folder("Box");
    // The drop's own document is written before its first file, and once it has ended.
    let (new, done) = open.file(folder.clone()).await;
    assert_eq!((done.drop.counts.stored, new.writes), (FILES, 4 * FILES + 2));
    assert!(new.reads <= READS, "{new:?}");
    let (again, done) = open.file(folder).await;
    assert_eq!((done.drop.counts.skipped, again.writes), (FILES, FILES + 2));
    assert!(again.reads <= READS, "{again:?}");

    // From another folder: everything needed of the records is in the mirror.
    computer.the_next_day().await;
    let open = computer.open().await;
    let (elsewhere, done) = open.file(computer.folder("Second box")).await;
    assert_eq!((done.drop.counts.skipped, elsewhere.writes), (FILES, 2 * FILES + 2));
    assert!(elsewhere.reads <= READS, "{elsewhere:?}");
    let all = open.records.all_records(None, 1000).await.expect("records");
    assert_eq!(all.len() as u64, FILES);
    assert!(all.iter().all(|record| record.folder_paths.iter().eq(["Box", "Second box"])));

    // A start on which nothing has changed.
    let quiet = computer.records().await;
    let cursor = computer.cache.cursor().await.expect("cursor");
    let mut following = quiet.follow(cursor.as_ref()).await.expect("followed");
    assert_eq!(following.next().await, Ok(News::Current));
    assert!(quiet.cost().reads <= 5 && quiet.cost().writes == 0, "{:?}", quiet.cost());
    // The mirror equals the vault, to the last mark.
    let kept: Vec<_> = all.iter().map(|record| record.metadata_hash).collect();
    assert_eq!(computer.cache.records(&MatterId::general(), &kept).await.expect("kept"), all);
}

#[tokio::test]
async fn an_old_copy_costs_reads_and_loses_nobodys_folders() {
    let administrator = Administrator::new();
    let (ann, bob) = (administrator.new_user("Ann").await, administrator.new_user("Bob").await);
    administrator.team(&[&ann, &bob]).await;
    let ann = Arc::new(sign_in(&ann, &Arc::new(MemorySecrets::default())).await);
    let bob = Arc::new(sign_in(&bob, &Arc::new(MemorySecrets::default())).await);
    let computer = Computer::new(&ann).await;
    let (hers, his) = (Case::new(&ann.person().await.expect("person"), &MatterId::general()), bob.person().await);
    let his = Case::new(&his.expect("person"), &MatterId::general());
    let from = |case: &Case, kind, folder: &str| -> Vec<Outcome> {
        (0..20).map(|n| case.file_of(&n.to_string(), kind, folder)).collect()
    };
    let first = computer.records().await;
    let hers = hers.announced(&first).await;
    first.commit(&from(&hers, EventKind::Success, "Box")).await.expect("commit");
    computer.open().await.vault.sync_mirror().await.expect("caught up");
    let records = world::records(&bob).await;
    let his = his.announced(&records).await;
    records.commit(&from(&his, EventKind::AlreadyStored, "His box")).await.expect("commit");

    // Ann's mirror does not have it yet.
    let records = computer.records().await;
    records.commit(&from(&hers, EventKind::AlreadyStored, "Her box")).await.expect("commit");
    assert!(records.cost().reads >= 20, "it was found out, and read: {:?}", records.cost());
    let all = records.all_records(None, 1000).await.expect("records");
    assert!(all.iter().all(|record| record.folder_paths.iter().eq(["Box", "His box", "Her box"])), "{all:?}");
}
