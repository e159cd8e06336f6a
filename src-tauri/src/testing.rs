//! A real vault in a temporary folder, for tests.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use vault_core::Vault;
use vault_core::model::MatterId;
use vault_home::Home;

/// A vault that is removed after the test.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) home: Home,
    pub(crate) vault: Vault,
}

impl Place {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::find(Some(&folder.path().join("home"))).unwrap();
        let vault = home.open().await.unwrap().vault;
        vault.sync_mirror().await.unwrap();
        Self { folder, home, vault }
    }

    /// The same vault, opened as by another program.
    pub(crate) async fn again(&self) -> Vault {
        let vault = self.home.open().await.unwrap().vault;
        vault.sync_mirror().await.unwrap();
        vault
    }

    /// A folder `Box` with these files.
    pub(crate) fn folder_of(&self, files: &[(&str, &str)]) -> PathBuf {
        let folder = self.folder.path().join("Box");
        for (name, content) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        folder
    }

    /// Files them to the general matter.
    pub(crate) async fn file(&self, files: &[(&str, &str)]) {
        let (vault, sources) = (&self.vault, vec![self.folder_of(files)]);
        let general = MatterId::general();
        let plan = vault.preflight(&general, sources.clone(), Arc::default()).await.unwrap();
        let id = vault.accept(&general, sources).await.unwrap();
        let finished = vault.file(id, plan, Arc::default()).await.unwrap();
        assert_eq!(finished.drop.counts.stored, files.len() as u64);
    }
}
