//! A user, their files, and a strict server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use vault_core::intake::Source;
use vault_core::model::{
    BlobRef, ContentHasher, DeviceId, FileHash, LastModified, MatterId, StoragePath, TeamId, UserId,
};
use vault_core::ports::{
    Attention, Blobs as _, Identity, Person, PortError, Put, PutFailure, PutWatch, Reading, Token, UploadSession,
};
use vault_firebase::{Connection, FirebaseBlobs, Matters, MemorySecrets, RetryPolicy, Seal};
use vault_testing::proxy::Proxy;
use vault_testing::storage_server::{BUCKET, Options, StorageServer};

/// 1 MiB.
pub(crate) const MIB: u64 = 1 << 20;

/// The chunk size.
pub(crate) const CHUNK: u64 = 8 * MIB;

/// A user whose tokens are `ann-0`, `ann-1`…: each renewal gives a new one.
pub(crate) struct Ann {
    renewed: AtomicU64,
    disabled: AtomicBool,
}

#[async_trait]
impl Identity for Ann {
    async fn person(&self) -> Result<Person, PortError> {
        Ok(Person {
            user: UserId::new("ann").expect("id"),
            team: team(),
            display_name: "Ann".to_owned(),
            device: DeviceId::new("test-computer").expect("id"),
        })
    }

    async fn token(&self, renew: bool) -> Result<Option<Token>, PortError> {
        if self.disabled.load(Ordering::SeqCst) {
            let message = "This account was disabled. Ask your administrator.".to_owned();
            return Err(PortError::NeedsPerson { kind: Attention::SignIn, message });
        }
        let number = self.renewed.fetch_add(u64::from(renew), Ordering::SeqCst) + u64::from(renew);
        Ok(Some(Token(format!("ann-{number}"))))
    }
}

impl Ann {
    pub(crate) fn disable(&self) {
        self.disabled.store(true, Ordering::SeqCst);
    }

    /// How often a token was renewed.
    pub(crate) fn renewed(&self) -> u64 {
        self.renewed.load(Ordering::SeqCst)
    }
}

/// The matters that tests file to.
pub(crate) struct FiveMatters;

#[async_trait]
impl Matters for FiveMatters {
    async fn ids(&self) -> Result<Vec<MatterId>, PortError> {
        Ok(["a", "a-b", "a.b", "general", "a_b"].map(|id| MatterId::new(id).expect("id")).to_vec())
    }
}

pub(crate) fn team() -> TeamId {
    TeamId::new("firm").expect("id")
}

/// Quick, for servers on this computer.
pub(crate) fn retry_policy() -> RetryPolicy {
    RetryPolicy {
        repeats: 5,
        first_wait: Duration::from_millis(2),
        longest_wait: Duration::from_secs(5),
        answer: Duration::from_secs(10),
        standstill: Duration::from_secs(10),
        seed: Some(7),
    }
}

/// Detects a stalled connection soon.
pub(crate) fn short_timeouts() -> RetryPolicy {
    RetryPolicy { answer: Duration::from_secs(1), standstill: Duration::from_secs(1), ..retry_policy() }
}

pub(crate) struct World {
    pub(crate) server: StorageServer,
    pub(crate) ann: Arc<Ann>,
    pub(crate) blobs: Arc<FirebaseBlobs>,
    /// The proxy between, if there is one.
    _proxy: Option<Proxy>,
    /// The content of the keychain.
    pub(crate) secrets: Arc<MemorySecrets>,
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(retry_policy(), Options::default()).await
    }

    pub(crate) async fn with(retry_policy: RetryPolicy, options: Options) -> Self {
        Self::at(Arc::default(), retry_policy, options).await
    }

    /// The same on a computer with this keychain.
    pub(crate) async fn at(secrets: Arc<MemorySecrets>, retry_policy: RetryPolicy, options: Options) -> Self {
        let server = StorageServer::start("ann-0", options).await;
        let ann = Arc::new(Ann { renewed: AtomicU64::new(0), disabled: AtomicBool::new(false) });
        let blobs = Arc::new(open(server.address(), &ann, &secrets, retry_policy).await);
        Self { server, ann, blobs, _proxy: None, secrets, folder: tempfile::tempdir().expect("folder") }
    }

    /// The same over a connection that carries so many bytes a second; stalls are detected soon.
    pub(crate) async fn slow(per_second: u32) -> Self {
        let mut world = Self::new().await;
        let proxy = Proxy::to(world.server.address()).await;
        proxy.slow(per_second);
        world.blobs = Arc::new(open(proxy.address(), &world.ann, &world.secrets, short_timeouts()).await);
        Self { _proxy: Some(proxy), ..world }
    }

    /// The same vault as another program, or this one after a restart, has it open.
    pub(crate) async fn again(&self) -> Arc<FirebaseBlobs> {
        Arc::new(self.open().await)
    }

    pub(crate) async fn open(&self) -> FirebaseBlobs {
        open(self.server.address(), &self.ann, &self.secrets, retry_policy()).await
    }

    /// The path of this content.
    pub(crate) fn file_ref(content: &[u8]) -> BlobRef {
        let path = StoragePath::new(&team(), &MatterId::general(), FileHash::of(content), "a.pdf");
        BlobRef { path, size: content.len() as u64 }
    }

    /// A new file of this length, whose content no other seed gives.
    pub(crate) fn file(&self, seed: u64, size: u64) -> Put {
        self.file_of(&format!("{seed}.pdf"), &noise(seed, size))
    }

    pub(crate) fn file_of(&self, name: &str, content: &[u8]) -> Put {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("write");
        put(&path, FileHash::of(content), content.len() as u64)
    }

    /// A file of zeros, which takes no room.
    pub(crate) fn zeros(&self, size: u64) -> Put {
        let path = self.folder.path().join("zeros.bin");
        std::fs::File::create(&path).and_then(|file| file.set_len(size)).expect("sparse file");
        let mut hasher = ContentHasher::default();
        let zeros = vec![0; 1 << 20];
        for at in (0..size).step_by(1 << 20) {
            hasher.update(&zeros[..usize::try_from((size - at).min(MIB)).expect("a megabyte")]);
        }
        put(&path, hasher.finish(), size)
    }

    pub(crate) async fn put(&self, puts: &[Put]) -> Vec<Result<(), PutFailure>> {
        self.put_watched(puts, &Arc::default()).await
    }

    pub(crate) async fn put_watched(&self, puts: &[Put], watch: &Arc<Watch>) -> Vec<Result<(), PutFailure>> {
        self.blobs.put(puts.to_vec(), watch.clone()).await.expect("put")
    }

    pub(crate) async fn put_one(&self, put: &Put) -> Result<(), PutFailure> {
        self.put(std::slice::from_ref(put)).await.pop().expect("one answer")
    }

    /// Asserts that the content of a file is an object, once, and that the server saw no violation.
    #[track_caller]
    pub(crate) fn stored(&self, put: &Put) {
        let expected = Some((put.blob.hash().to_string(), put.blob.size));
        assert_eq!(self.server.object(&put.blob.path.to_string()), expected);
        self.clean();
    }

    /// Asserts that the server saw no violation.
    #[track_caller]
    pub(crate) fn clean(&self) {
        assert_eq!(self.server.log().violations, []);
    }

    /// Asserts that nothing of a file is an object.
    #[track_caller]
    pub(crate) fn not_stored(&self, put: &Put) {
        assert_eq!(self.server.object(&put.blob.path.to_string()), None);
        self.clean();
    }
}

async fn open(
    storage: SocketAddr,
    ann: &Arc<Ann>,
    secrets: &Arc<MemorySecrets>,
    retry_policy: RetryPolicy,
) -> FirebaseBlobs {
    let file = serde_json::json!({
        "projectId": "demo-strongroom", "apiKey": "any", "bucket": BUCKET, "clientId": "strongroom",
        "authEmulator": "127.0.0.1:1", "firestoreEmulator": "127.0.0.1:1", "storageEmulator": storage,
    });
    let connection = Connection::from_file(file.to_string().as_bytes()).expect("connection");
    let blobs =
        FirebaseBlobs::open_with(&connection, ann.clone(), Arc::new(FiveMatters), retry_policy).await.expect("open");
    blobs.sealing(Seal::kept_in(secrets.clone(), "firm/upload-key".to_owned()))
}

fn put(path: &Path, hash: FileHash, size: u64) -> Put {
    let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("time");
    let expected = Reading { size, last_modified: LastModified::from_system(modified), hash };
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let place = StoragePath::new(&team(), &MatterId::general(), hash, name);
    Put {
        blob: BlobRef { path: place, size },
        source: Source { path: path.to_owned(), expected },
        resume: None,
        begun: false,
    }
}

/// Pseudo-random bytes that no other seed gives.
pub(crate) fn noise(seed: u64, size: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let size = usize::try_from(size).expect("small");
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// Records what is reported, and requests a stop once so many bytes are stored.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) stored: AtomicU64,
    pub(crate) sessions: Mutex<Vec<(usize, UploadSession)>>,
    pub(crate) files: Mutex<Vec<usize>>,
    stop_at: Option<u64>,
}

impl Watch {
    pub(crate) fn stopping_at(bytes: u64) -> Arc<Self> {
        Arc::new(Self { stop_at: Some(bytes), ..Self::default() })
    }

    /// How many bytes were reported as stored.
    pub(crate) fn bytes(&self) -> u64 {
        self.stored.load(Ordering::SeqCst)
    }

    /// The offsets at which the uploads could resume, in the order reported.
    pub(crate) fn offsets(&self) -> Vec<u64> {
        self.sessions.lock().unwrap().iter().map(|(_, session)| session.offset).collect()
    }

    pub(crate) fn last_session(&self) -> Option<UploadSession> {
        self.sessions.lock().unwrap().last().map(|(_, session)| session.clone())
    }
}

impl PutWatch for Watch {
    fn stored(&self, bytes: u64) {
        self.stored.fetch_add(bytes, Ordering::SeqCst);
    }

    fn file_stored(&self, index: usize) {
        self.files.lock().unwrap().push(index);
    }

    fn stop(&self) -> bool {
        self.stop_at.is_some_and(|enough| self.bytes() >= enough)
    }

    fn session(&self, index: usize, session: &UploadSession) {
        self.sessions.lock().unwrap().push((index, session.clone()));
    }
}

/// Asserts that it will work later automatically, for this file or for all.
#[track_caller]
pub(crate) fn later(result: &Result<(), PutFailure>) {
    match result {
        Err(
            PutFailure::Vault(PortError::TryLater { message }) | PutFailure::Later(PortError::TryLater { message }),
        ) => assert!(message.ends_with('.'), "{message}"),
        other => panic!("not for later: {other:?}"),
    }
}

/// Asserts that the user has to act, and returns the message to the user.
#[track_caller]
pub(crate) fn needs(result: &Result<(), PutFailure>, expected: Attention, words: &str) {
    match result {
        Err(PutFailure::Vault(PortError::NeedsPerson { kind, message })) => {
            assert_eq!(*kind, expected, "{message}");
            assert!(message.contains(words) && message.ends_with('.'), "{message}");
        }
        other => panic!("needs nobody: {other:?}"),
    }
}
