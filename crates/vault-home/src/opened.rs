//! The vault of this computer, put together.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use vault_core::Vault;
use vault_core::intake::LeftOutRules;
use vault_core::ports::{Clock, FilingGuard, FilingLock, PortError, SystemClock};
use vault_local::LocalVault;
use vault_store::{CacheDb, JournalDb};

use crate::error::HomeError;
use crate::home::Home;

/// A vault, open, with what gives the right to file to it.
#[derive(Clone)]
pub struct Opened {
    /// The vault.
    pub vault: Vault,
    /// Whom to ask before anything is filed.
    pub right: Arc<dyn FilingLock>,
    /// Where this computer keeps what belongs to it: queue, copy, and what was begun.
    pub folder: PathBuf,
}

impl Home {
    /// Opens the vault that is kept here, or makes one. What is left out goes by the list Strongroom comes with, until
    /// somebody puts [`left_out_rules`](Self::left_out_rules) in its place: a list that cannot be used must not keep
    /// people from their files.
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
            // A new vault beside the lists of another one would say that nothing was ever filed.
            if journal.exists() || cache.exists() {
                return Err(HomeError::VaultMissing(vault));
            }
            // It is there before anything else is: a first start that is killed is not taken for a vault that was lost.
            LocalVault::open(&vault, Arc::clone(&clock)).await?;
        }
        let (local, journal, cache) = tokio::try_join!(
            LocalVault::open(&vault, Arc::clone(&clock)),
            JournalDb::open(&journal),
            CacheDb::open(&cache)
        )?;
        let cache = Arc::new(cache);
        let vault = Vault {
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
        };
        Ok(Opened { vault, right: Arc::new(LocalRight(local)), folder: self.folder().to_owned() })
    }
}

/// The lock of the embedded vault.
struct LocalRight(LocalVault);

#[async_trait]
impl FilingLock for LocalRight {
    async fn try_take(&self) -> Result<Option<FilingGuard>, PortError> {
        // Taking it empties a folder, which is no work for a thread that others wait for.
        let local = self.0.clone();
        let taken = tokio::task::spawn_blocking(move || local.try_lock_for_filing()).await;
        Ok(taken.map_err(|error| PortError::later(error.to_string()))??.map(FilingGuard::new))
    }
}
