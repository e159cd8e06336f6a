//! A vault whose content is on a strict server, and a folder that was filed to it.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::json;
use tempfile::TempDir;
use vault_core::intake::dropped_path;
use vault_core::model::{FileHash, MatterId, StoragePath};
use vault_core::ports::{FilingLock, Identity, Person, PortError, Token};
use vault_core::restore::RestoreScope;
use vault_core::{Progress, Vault, VaultParts};
use vault_firebase::{Connection, FirebaseBlobs, Matters, RetryPolicy};
use vault_home::{Home, Opened};
use vault_testing::storage_server::{BUCKET, Fault, Options, Step, StorageServer};

pub(crate) struct World {
    place: TempDir,
    pub(crate) server: StorageServer,
    claims: Claims,
    pub(crate) vault: Vault,
    pub(crate) right: Arc<dyn FilingLock>,
}

/// The paths that the filers claimed for their content.
type Claims = Arc<Mutex<HashMap<FileHash, StoragePath>>>;

/// A user with a token.
struct Ann(Person, Claims);

#[async_trait]
impl Identity for Ann {
    async fn person(&self) -> Result<Person, PortError> {
        Ok(self.0.clone())
    }

    async fn token(&self, _renew: bool) -> Result<Option<Token>, PortError> {
        Ok(Some(Token("ann".to_owned())))
    }
}

#[async_trait]
impl Matters for Ann {
    async fn ids(&self) -> Result<Vec<MatterId>, PortError> {
        // One is behind a wall: she is inside, and it is in no mirror.
        Ok(vec![MatterId::general(), MatterId::new("walled").unwrap()])
    }

    async fn claimed(&self, content: FileHash) -> Result<Option<StoragePath>, PortError> {
        Ok(self.1.lock().unwrap().get(&content).cloned())
    }
}

impl World {
    /// With these files filed to `general`.
    pub(crate) async fn with(files: &[(&str, &[u8])]) -> Self {
        let place = tempfile::tempdir().unwrap();
        let home = Home::find(Some(&place.path().join("home"))).unwrap();
        let Opened { vault: local, right, .. } = home.open().await.unwrap();
        let server = StorageServer::start("ann", Options::default()).await;
        let claims = Claims::default();
        let ann = Arc::new(Ann(local.person().await.unwrap(), claims.clone()));
        let blobs = FirebaseBlobs::open_with(&connection(&server), ann.clone(), ann, short_timeouts()).await.unwrap();
        let vault = Vault::new(VaultParts { blobs: Arc::new(blobs), ..local.parts() });
        let world = Self { place, server, claims, vault, right };
        for (name, content) in files {
            let file = world.path("Box").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        world.file().await;
        world
    }

    async fn file(&self) {
        let sources = vec![dropped_path(&self.path("Box")).unwrap()];
        let plan = self.vault.preflight(&MatterId::general(), sources.clone(), Arc::default()).await.unwrap();
        let id = self.vault.accept(&MatterId::general(), sources).await.unwrap();
        let done = self.vault.file(id, plan, Arc::default()).await.unwrap();
        assert_eq!((done.drop.counts.failed, done.drop.waiting, done.halt), (0, 0, None));
        self.vault.sync_mirror().await.unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// The path of content.
    pub(crate) fn place_of(&self, content: &[u8]) -> String {
        let hash = FileHash::of(content).to_string();
        self.server.paths().into_iter().find(|path| path.contains(&hash)).unwrap()
    }

    /// Puts the content beside its path, and claims that it belongs there.
    pub(crate) fn claim_beside(&self, content: &[u8]) {
        let beside = format!("{}x", self.place_of(content));
        self.server.plant(&beside, content);
        self.claims.lock().unwrap().insert(FileHash::of(content), beside.parse().unwrap());
    }

    /// From now on every download of this content has this fault.
    pub(crate) fn always(&self, content: &[u8], fault: Fault) {
        let place = self.place_of(content);
        self.server.decide(move |asked| (asked.step == Step::Media && asked.path == place).then_some(fault));
    }

    /// From now on the connection is dead, after so many more downloads.
    pub(crate) fn dead_after(&self, downloads: usize) {
        self.server.spare(Step::Media, downloads);
        self.server.decide(|_| Some(Fault::CutAt(0)));
    }

    /// The number of downloads so far.
    pub(crate) fn downloads(&self) -> usize {
        self.server.log().count(Step::Media)
    }

    /// Restores the matter to a folder.
    pub(crate) async fn give_back(
        &self,
        to: &Path,
        progress: &Arc<Progress>,
    ) -> Result<vault_core::restore::Restored, vault_core::VaultError> {
        let scope = RestoreScope::Matter(MatterId::general());
        self.vault.restore(&scope, to, Arc::clone(progress)).await
    }
}

/// Every file below a folder, whatever it is called, with its content.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(&below).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn connection(server: &StorageServer) -> Connection {
    let file = json!({
        "projectId": "demo-strongroom", "apiKey": "any", "bucket": BUCKET, "clientId": "strongroom",
        "authEmulator": "127.0.0.1:1", "firestoreEmulator": "127.0.0.1:1", "storageEmulator": server.address(),
    });
    Connection::from_file(file.to_string().as_bytes()).unwrap()
}

/// Detects a dead connection at once: the server is on this computer.
fn short_timeouts() -> RetryPolicy {
    RetryPolicy {
        repeats: 2,
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(5),
        answer: Duration::from_secs(5),
        standstill: Duration::from_secs(1),
        seed: Some(7),
    }
}

/// Distinct content for each number.
pub(crate) fn content(number: usize) -> Vec<u8> {
    format!("letter {number}").into_bytes()
}

/// So many letters.
pub(crate) fn letters(count: usize) -> Vec<(String, Vec<u8>)> {
    (0..count).map(|number| (format!("Letters/{number:03}.txt"), content(number))).collect()
}

pub(crate) fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect()
}
