//! A vault on this computer, a folder to file, and short words for both.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;
use vault_core::Progress;
use vault_core::filing::Finished;
use vault_core::intake::{LeftOutRules, dropped_path};
use vault_core::model::{DropId, DropSummary, EventKind, MatterId, UploadEvent};
use vault_core::ports::{Clock, Item, SystemClock};
use vault_core::preflight::Preflight;
use vault_core::{Vault, VaultError, VaultParts};
use vault_local::LocalVault;
use vault_store::{CacheDb, JournalDb};

pub(crate) struct World {
    place: TempDir,
    pub(crate) vault: Vault,
}

impl World {
    pub(crate) async fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("Box")).unwrap();
        let vault = open(place.path(), "").await;
        Self { place, vault }
    }

    /// As a vault that is elsewhere: what cannot be sent waits.
    pub(crate) async fn far() -> Self {
        let mut world = Self::new().await;
        world.vault = world.far_again().await;
        world
    }

    /// As a second program, or the same one started again, with such a vault.
    pub(crate) async fn far_again(&self) -> Vault {
        let journal = JournalDb::open(&self.place.path().join("journal.db")).await.unwrap();
        let vault =
            Vault::new(VaultParts { outbox: Some(Arc::new(journal)), ..open(self.place.path(), "").await.parts() });
        vault.show_waiting().await.unwrap();
        vault
    }

    /// The same vault on another computer.
    pub(crate) async fn colleague(&self) -> Vault {
        open(self.place.path(), "colleague-").await
    }

    /// As a second program, or the same one started again.
    pub(crate) async fn another(&self) -> Vault {
        open(self.place.path(), "").await
    }

    pub(crate) fn folder(&self) -> PathBuf {
        dropped_path(&self.place.path().join("Box")).unwrap()
    }

    pub(crate) fn elsewhere(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Writes a file that was last modified long ago.
    pub(crate) fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        set_time(&path, 1_600_000_000_123);
        path
    }

    pub(crate) fn blobs(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.place.path().join("vault/teams")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found.sort();
        found
    }

    pub(crate) async fn preflight(&self) -> Preflight {
        self.vault.preflight(&MatterId::general(), vec![self.folder()], Arc::default()).await.unwrap()
    }

    pub(crate) async fn accept(&self) -> DropId {
        self.vault.accept(&MatterId::general(), vec![self.folder()]).await.unwrap()
    }

    pub(crate) async fn file(&self) -> Finished {
        let drop = self.accept().await;
        let preflight = self.preflight().await;
        self.vault.file(drop, preflight, Arc::<Progress>::default()).await.unwrap()
    }

    pub(crate) async fn retry(&self, drop: DropId, seqs: &[u64]) -> Result<Finished, VaultError> {
        self.vault.retry(drop, seqs, Arc::default(), Arc::default()).await
    }

    pub(crate) async fn events(&self, drop: DropId) -> Vec<UploadEvent> {
        let Some(key) = self.vault.drop_key(drop).await.unwrap() else { return Vec::new() };
        self.vault.parts().records.events_of_drop(&key, None, 1000).await.unwrap()
    }

    /// What the vault was told of a drop as a whole.
    pub(crate) async fn summary(&self, drop: DropId) -> Option<DropSummary> {
        let key = self.vault.drop_key(drop).await.unwrap()?;
        self.vault.parts().records.drop_summary(&key).await.unwrap()
    }

    /// Kinds and names of a drop's events, by name.
    pub(crate) async fn told(&self, drop: DropId) -> Vec<(String, EventKind)> {
        let events = self.events(drop).await;
        let mut told: Vec<_> = events.iter().map(|event| (event.file_name.text().to_owned(), event.kind)).collect();
        told.sort_by_key(|(name, kind)| (name.clone(), kind.as_str()));
        told
    }

    pub(crate) async fn attention(&self, drop: DropId) -> Vec<Item> {
        self.vault.files_needing_attention(drop).await.unwrap()
    }

    /// Everything the records promise is there.
    pub(crate) async fn is_sound(&self) -> bool {
        self.vault.verify(Arc::default()).await.unwrap().is_sound()
    }
}

async fn open(place: &Path, computer: &str) -> Vault {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let local = LocalVault::open(&place.join("vault"), Arc::clone(&clock)).await.unwrap();
    let cache = Arc::new(CacheDb::open(&place.join(format!("{computer}cache.db"))).await.unwrap());
    let vault = Vault::new(VaultParts {
        identity: local.identity.clone(),
        records: local.records.clone(),
        blobs: local.blobs.clone(),
        journal: Arc::new(JournalDb::open(&place.join(format!("{computer}journal.db"))).await.unwrap()),
        outbox: None,
        mirror: cache.clone(),
        fingerprints: cache,
        clock,
        left_out: LeftOutRules::default(),
        protected_paths: vec![place.join("vault")],
        app_version: "test".to_owned(),
    });
    vault.sync_mirror().await.unwrap();
    vault
}

/// Writes over content in the vault, as a broken disk would.
pub(crate) fn overwrite(path: &Path, content: &[u8]) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(path, content).unwrap();
}

pub(crate) fn set_time(path: &Path, millis: u64) {
    let time = UNIX_EPOCH + Duration::from_millis(millis);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}
