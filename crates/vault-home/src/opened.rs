//! Opening the vault of this computer.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use vault_core::intake::LeftOutRules;
use vault_core::ports::{Clock, FilingGuard, FilingLock, PortError, SystemClock};
use vault_core::{Vault, VaultParts};
use vault_local::LocalVault;
use vault_store::{CacheDb, JournalDb};

use crate::error::HomeError;
use crate::home::Home;

/// An open vault with its filing lock.
#[derive(Clone)]
pub struct Opened {
    /// The vault.
    pub vault: Vault,
    /// The lock to acquire before filing.
    pub right: Arc<dyn FilingLock>,
    /// Where this computer stores the vault's local data: queue, local copy and unfinished work.
    pub folder: PathBuf,
}

impl Home {
    /// Opens the vault in this home, or makes one. Exclusions follow the default list until the caller applies
    /// [`left_out_rules`](Self::left_out_rules): an unusable list must not keep users from their files.
    ///
    /// # Errors
    /// [`HomeError::Folder`], [`HomeError::Vault`], [`HomeError::ReadOnly`].
    pub async fn open(&self) -> Result<Opened, HomeError> {
        self.make()?;
        self.open_made().await.map_err(|error| self.or_read_only(error))
    }

    async fn open_made(&self) -> Result<Opened, HomeError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let (vault, journal, cache) = (self.vault(), self.journal(), self.cache());
        if !vault.exists() {
            // A new vault beside the databases of another one would report that nothing was ever filed.
            if journal.exists() || cache.exists() {
                return Err(HomeError::VaultMissing(vault));
            }
            // Made first: a first start that is killed is not taken for a lost vault.
            LocalVault::open(&vault, Arc::clone(&clock)).await?;
        }
        let (local, journal, cache) = tokio::try_join!(
            LocalVault::open(&vault, Arc::clone(&clock)),
            JournalDb::open(&journal),
            CacheDb::open(&cache)
        )?;
        let cache = Arc::new(cache);
        let vault = Vault::new(VaultParts {
            identity: local.identity.clone(),
            records: local.records.clone(),
            blobs: local.blobs.clone(),
            journal: Arc::new(journal),
            outbox: None,
            mirror: cache.clone(),
            fingerprints: cache,
            clock,
            left_out: LeftOutRules::default(),
            protected_paths: vec![self.folder().to_owned()],
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        });
        Ok(Opened { vault, right: Arc::new(LocalRight(local)), folder: self.folder().to_owned() })
    }
}

/// The lock of the embedded vault.
struct LocalRight(LocalVault);

#[async_trait]
impl FilingLock for LocalRight {
    async fn try_take(&self) -> Result<Option<FilingGuard>, PortError> {
        // Acquiring it empties a folder, which would block the async thread.
        let local = self.0.clone();
        let taken = tokio::task::spawn_blocking(move || local.try_lock_for_filing()).await;
        Ok(taken.map_err(|error| PortError::later(error.to_string()))??.map(FilingGuard::new))
    }
}
