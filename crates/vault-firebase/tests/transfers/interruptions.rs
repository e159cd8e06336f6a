//! What can happen to a user in the middle of a drop: through the whole main path, with a real session, the content
//! at a strict server, and documents and queue in databases.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use uuid::Uuid;
use vault_core::filing::{Finished, Halt};
use vault_core::intake::{LeftOutRules, dropped_path};
use vault_core::model::{DeviceId, EventKind, MatterId, Timestamp};
use vault_core::ports::{Attention, Clock, DropPhase, Identity as _, PortError, SystemClock};
use vault_core::queue::PauseReason;
use vault_core::{Vault, VaultParts};
use vault_firebase::{Connection, FirebaseBlobs, MemorySecrets, Proof, RetryPolicy, Session};
use vault_local::LocalVault;
use vault_store::{CacheDb, JournalDb};
use vault_testing::storage_server::{Asked, BUCKET, Fault, Options, Step, StorageServer};

use crate::tokens::TokenServer;
use crate::world::{CHUNK, FiveMatters, noise, retry_policy};

/// A clock that can be advanced.
#[derive(Default)]
struct Forward(AtomicI64);

impl Clock for Forward {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }

    fn unique(&self) -> Uuid {
        SystemClock.unique()
    }
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

impl Forward {
    fn put(&self, by: i64) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

/// A large file and three small ones in a folder, and a vault to file them to.
struct Scene {
    storage: StorageServer,
    tokens: TokenServer,
    clock: Arc<Forward>,
    local: LocalVault,
    vault: Vault,
    place: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join("Box")).unwrap();
        std::fs::write(place.path().join("Box/large.pdf"), noise(1, 4 * CHUNK)).unwrap();
        for seed in 2..5 {
            std::fs::write(place.path().join(format!("Box/{seed}.txt")), noise(seed, 1000)).unwrap();
        }
        let clock = Arc::<Forward>::default();
        let local = LocalVault::open(&place.path().join("vault"), Arc::new(SystemClock)).await.unwrap();
        let team = local.identity.person().await.unwrap().team;
        let tokens = TokenServer::start(team).await;
        let storage = StorageServer::start("none", Options::default()).await;
        let vault = open(&place, &local, &storage, &tokens, &clock).await;
        let scene = Self { storage, tokens, clock, local, vault, place };
        scene.accept(0..100);
        scene
    }

    /// From now on the storage accepts the tokens with these numbers, and no others.
    fn accept(&self, numbers: std::ops::Range<u64>) {
        let tokens = self.tokens.tokens(numbers);
        self.storage.accept(&tokens.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// The user signs in again.
    async fn sign_in(&mut self) {
        self.vault = open(&self.place, &self.local, &self.storage, &self.tokens, &self.clock).await;
    }

    fn sources(&self) -> Vec<PathBuf> {
        vec![dropped_path(&self.place.path().join("Box")).unwrap()]
    }

    async fn file(&self) -> Finished {
        let general = MatterId::general();
        let plan = self.vault.preflight(&general, self.sources(), Arc::default()).await.unwrap();
        let drop = self.vault.accept(&general, self.sources()).await.unwrap();
        self.vault.file(drop, plan, Arc::default()).await.unwrap()
    }

    async fn resume(&self, before: &Finished) -> Finished {
        self.vault.resume(&before.drop, Arc::default(), Arc::default()).await.unwrap()
    }

    /// Asserts that all four files are stored and recorded once, and that the storage saw no violation.
    async fn is_whole(&self, finished: &Finished) {
        let drop = &finished.drop;
        assert_eq!((&finished.halt, drop.phase, drop.counts.stored), (&None, DropPhase::Finished, 4));
        assert_eq!((drop.waiting, drop.attention, drop.paused.clone()), (0, 0, None));
        let key = self.vault.drop_key(drop.new.id).await.unwrap().unwrap();
        let events = self.vault.parts().records.events_of_drop(&key, None, 100).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.kind == EventKind::Success).count(), 4);
        let records = self.vault.parts().records.all_records(None, 100).await.unwrap();
        assert_eq!(records.len(), 4);
        for record in records {
            let stored = self.storage.object(&record.storage_path.to_string());
            assert_eq!(stored, Some((record.file_hash.to_string(), record.size)));
        }
        assert_eq!(self.storage.log().violations, []);
        assert_eq!(self.storage.log().finalised.len(), 4, "each once");
    }

    /// When the large file is sent from here on for the first time, this happens; and from then on each request gets
    /// the response of `then`.
    fn in_the_middle(
        &self,
        happens: impl Fn() + Send + 'static,
        then: impl Fn(&Asked) -> Option<Fault> + Send + 'static,
    ) {
        let happened = AtomicBool::new(false);
        self.storage.decide(move |asked| {
            if asked.step == Step::Upload && asked.offset >= 2 * CHUNK && !happened.swap(true, Ordering::SeqCst) {
                happens();
            }
            if happened.load(Ordering::SeqCst) { then(asked) } else { None }
        });
    }
}

async fn open(
    place: &tempfile::TempDir,
    local: &LocalVault,
    storage: &StorageServer,
    tokens: &TokenServer,
    clock: &Arc<Forward>,
) -> Vault {
    let file = serde_json::json!({
        "projectId": "demo-strongroom", "apiKey": "any", "bucket": BUCKET, "clientId": "strongroom",
        "authEmulator": tokens.address, "firestoreEmulator": "127.0.0.1:1", "storageEmulator": storage.address(),
    });
    let connection = Connection::from_file(file.to_string().as_bytes()).unwrap();
    let proof = Proof { id_token: "the provider's".to_owned(), nonce: None };
    let device = DeviceId::new("test-computer").unwrap();
    let secrets = Arc::new(MemorySecrets::default());
    let session = Session::sign_in(&connection, &proof, device, secrets, clock.clone()).await.unwrap();
    let session = Arc::new(session);
    let retry_policy = RetryPolicy { repeats: 2, ..retry_policy() };
    let blobs =
        FirebaseBlobs::open_with(&connection, session.clone(), Arc::new(FiveMatters), retry_policy).await.unwrap();
    let cache = Arc::new(CacheDb::open(&place.path().join("cache.db")).await.unwrap());
    let vault = Vault::new(VaultParts {
        identity: session,
        records: local.records.clone(),
        blobs: Arc::new(blobs),
        journal: Arc::new(JournalDb::open(&place.path().join("journal.db")).await.unwrap()),
        outbox: None,
        mirror: cache.clone(),
        fingerprints: cache,
        clock: clock.clone(),
        left_out: LeftOutRules::default(),
        protected_paths: Vec::new(),
        app_version: "test".to_owned(),
    });
    vault.sync_mirror().await.unwrap();
    vault
}

/// Asserts that a drop waits for the user, with a message that says so, and nothing of it is lost.
#[track_caller]
fn waits_for_user(finished: &Finished, expected: Attention, words: &str) {
    let Some(Halt::Paused(PortError::NeedsPerson { kind, message })) = &finished.halt else {
        panic!("{:?}", finished.halt)
    };
    assert_eq!(*kind, expected, "{message}");
    assert!(message.contains(words), "{message}");
    let drop = &finished.drop;
    assert_eq!((drop.phase, &drop.paused), (DropPhase::Filing, &Some(PauseReason::Blocked(message.clone()))));
    assert_eq!(drop.counts.stored + drop.waiting, 4, "the queue is kept");
    assert!(drop.waiting >= 1 && drop.attention == 0 && drop.counts.failed == 0, "{drop:?}");
}

/// Row 15.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_in_the_middle_is_renewed_once() {
    let scene = Scene::new().await;
    scene.clock.put(MINUTE);
    scene.storage.spare(Step::Upload, 2);
    scene.storage.next(Step::Upload, Fault::Answer(401));
    let finished = scene.file().await;
    scene.is_whole(&finished).await;
    assert_eq!(scene.tokens.issued(), 2);
}

/// Row 33: the computer slept while the file was sent.
#[tokio::test(flavor = "multi_thread")]
async fn after_an_hour_of_sleep_in_the_middle_the_token_is_renewed_before_it_is_sent() {
    let scene = Scene::new().await;
    let clock = Arc::clone(&scene.clock);
    scene.in_the_middle(move || clock.put(2 * HOUR), |_| None);
    let finished = scene.file().await;
    scene.is_whole(&finished).await;
    assert_eq!((scene.tokens.issued(), scene.storage.log().refused), (2, 0));
}

/// Row 33: after a week, the upload and every token have expired.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_week_of_sleep_the_upload_restarts_and_nothing_is_recorded_twice() {
    let scene = Scene::new().await;
    scene.in_the_middle(|| (), |_| Some(Fault::CutAt(0)));
    let slept = scene.file().await;
    assert!(matches!(slept.halt, Some(Halt::Paused(PortError::TryLater { .. }))), "{:?}", slept.halt);
    scene.storage.heal();
    scene.clock.put(7 * 24 * HOUR);
    scene.storage.forget_sessions();
    scene.accept(1..100);
    let before = scene.storage.log().offsets().len();
    let finished = scene.resume(&slept).await;
    scene.is_whole(&finished).await;
    assert_eq!(scene.storage.log().offsets()[before..], [0, CHUNK, 2 * CHUNK, 3 * CHUNK], "from byte 0");
    assert_eq!((scene.tokens.issued(), scene.storage.log().refused), (2, 0));
}

/// Row 17: removed from the matter, and admitted again.
#[tokio::test(flavor = "multi_thread")]
async fn a_permission_revoked_in_the_middle_is_reported_and_the_drop_finishes_once_it_is_back() {
    let scene = Scene::new().await;
    scene.in_the_middle(|| (), |_| Some(Fault::Answer(403)));
    let stopped = scene.file().await;
    waits_for_user(&stopped, Attention::NoAccess, "You no longer have access to this matter");
    let again = scene.resume(&stopped).await;
    waits_for_user(&again, Attention::NoAccess, "You no longer have access to this matter");
    scene.storage.heal();
    let before = scene.storage.log().offsets().len();
    let finished = scene.resume(&again).await;
    scene.is_whole(&finished).await;
    assert_eq!(scene.storage.log().offsets()[before..], [2 * CHUNK, 3 * CHUNK], "from where it was");
}

/// Row 16.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_disabled_in_the_middle_stops_the_drop_and_keeps_it() {
    let mut scene = Scene::new().await;
    let (clock, disable) = (Arc::clone(&scene.clock), scene.tokens.disabling());
    scene.in_the_middle(
        move || {
            disable();
            clock.put(HOUR);
        },
        |_| None,
    );
    let stopped = scene.file().await;
    waits_for_user(&stopped, Attention::NoAccess, "Your account was disabled");
    assert!(stopped.drop.paused.as_ref().unwrap().to_string().contains("what waits on this computer is kept"));
    let asked = scene.storage.log().asked.len();
    let again = scene.resume(&stopped).await;
    waits_for_user(&again, Attention::NoAccess, "Your account was disabled");
    assert_eq!(scene.storage.log().asked.len(), asked, "nobody is asked any more");

    scene.tokens.disable(false);
    scene.sign_in().await;
    let finished = scene.resume(&again).await;
    scene.is_whole(&finished).await;
}
