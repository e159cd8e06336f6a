//! What a vault is put together from.

use std::path::PathBuf;
use std::sync::Arc;

use crate::intake::LeftOutRules;
use crate::ports::{Blobs, Clock, Fingerprints, Identity, Journal, Mirror, Outbox, Records};
use crate::vault::Vault;

/// The ports and the settings of a vault.
#[derive(Clone)]
pub struct VaultParts {
    /// Who is signed in, and on which device.
    pub identity: Arc<dyn Identity>,
    /// The team's documents.
    pub records: Arc<dyn Records>,
    /// The content.
    pub blobs: Arc<dyn Blobs>,
    /// This computer's queue.
    pub journal: Arc<dyn Journal>,
    /// Edits that wait until the vault can be reached; `None` for a local vault, which always can.
    pub outbox: Option<Arc<dyn Outbox>>,
    /// The local copy of the documents, for browsing.
    pub mirror: Arc<dyn Mirror>,
    /// Hashes of files on this computer that were read before.
    pub fingerprints: Arc<dyn Fingerprints>,
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// The rules for what is left out of drops.
    pub left_out: LeftOutRules,
    /// The folders on this computer that hold the vault itself. Nothing is filed from them or from a folder that
    /// contains them, and nothing is restored into them.
    pub protected_paths: Vec<PathBuf>,
    /// The app version that is recorded with every event.
    pub app_version: String,
}

impl Vault {
    /// A vault of these parts.
    pub fn new(parts: VaultParts) -> Self {
        let VaultParts {
            identity,
            records,
            blobs,
            journal,
            outbox,
            mirror,
            fingerprints,
            clock,
            left_out,
            protected_paths,
            app_version,
        } = parts;
        Self {
            identity,
            records,
            blobs,
            journal,
            outbox,
            mirror,
            fingerprints,
            clock,
            left_out,
            protected_paths,
            app_version,
        }
    }

    /// What it was put together from: tests look behind the vault, and replace single ports.
    #[cfg(feature = "testing")]
    pub fn parts(&self) -> VaultParts {
        let Self {
            identity,
            records,
            blobs,
            journal,
            outbox,
            mirror,
            fingerprints,
            clock,
            left_out,
            protected_paths,
            app_version,
        } = self.clone();
        VaultParts {
            identity,
            records,
            blobs,
            journal,
            outbox,
            mirror,
            fingerprints,
            clock,
            left_out,
            protected_paths,
            app_version,
        }
    }
}
