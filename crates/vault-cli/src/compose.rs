//! The embedded vault, put together for the command line.

use std::sync::Arc;

use vault_core::Vault;
use vault_core::intake::LeftOutRules;
use vault_core::ports::{Clock, PortError, SystemClock};
use vault_local::LocalVault;
use vault_store::{CacheDb, JournalDb};

use crate::home::Home;

/// The vault of this computer, open.
pub(crate) struct Opened {
    pub(crate) vault: Vault,
    /// Holds the right to file.
    pub(crate) local: LocalVault,
}

/// Opens the vault that is kept in `home`, or makes one there.
pub(crate) async fn open(home: &Home) -> Result<Opened, PortError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (vault, journal, cache) = (home.vault(), home.journal(), home.cache());
    let (local, journal, cache) = tokio::try_join!(
        LocalVault::open(&vault, Arc::clone(&clock)),
        JournalDb::open(&journal),
        CacheDb::open(&cache)
    )?;
    let (journal, cache) = (Arc::new(journal), Arc::new(cache));
    let vault = Vault {
        identity: local.identity.clone(),
        records: local.records.clone(),
        blobs: local.blobs.clone(),
        journal,
        mirror: cache.clone(),
        fingerprints: cache,
        clock,
        left_out: LeftOutRules::default(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Ok(Opened { vault, local })
}
