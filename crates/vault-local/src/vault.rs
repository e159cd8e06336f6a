//! Opening the embedded vault.

use std::path::Path;
use std::sync::Arc;

use vault_core::ports::{Clock, PortError};

use crate::blobs::LocalBlobs;
use crate::db;
use crate::folder::Folder;
use crate::identity::LocalIdentity;
use crate::lock::{self, FilingGuard};
use crate::records::LocalRecords;

/// The vault of this computer. Several programs may have it open; one at a time files.
#[derive(Clone)]
pub struct LocalVault {
    folder: Folder,
    /// The user.
    pub identity: Arc<LocalIdentity>,
    /// Its documents.
    pub records: Arc<LocalRecords>,
    /// Its content.
    pub blobs: Arc<LocalBlobs>,
}

impl LocalVault {
    /// Opens the vault in `folder`, or makes one there.
    ///
    /// # Errors
    /// [`Damaged`](vault_core::ports::Attention::Damaged) if its database is damaged, missing while content is there,
    /// or of a newer version: then nothing was changed. `NoRoom`, `NoAccess` as the system reports them.
    pub async fn open(folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, PortError> {
        let folder = Folder::open(folder)?;
        // Two programs that create the same vault at once would each give it an identity.
        let path = folder.opening();
        let opening = tokio::task::spawn_blocking(move || lock::wait(&path)).await;
        let _opening = opening.map_err(|error| PortError::later(error.to_string()))??;
        let db = Arc::new(db::open(&folder.database(), folder.has_content(), clock).await?);
        let identity = LocalIdentity::open(&db).await?;
        let records = LocalRecords::new(db.clone(), identity.of().clone());
        let blobs = LocalBlobs::open(db, &folder, identity.of().team.clone())?;
        Ok(Self { folder, identity: Arc::new(identity), records: Arc::new(records), blobs: Arc::new(blobs) })
    }

    /// Acquires the filing lock; `None` if another program has it. Files that an earlier filing left in `tmp/` are
    /// removed.
    ///
    /// # Errors
    /// As the system reports them.
    pub fn try_lock_for_filing(&self) -> Result<Option<FilingGuard>, PortError> {
        lock::try_filing(&self.folder)
    }
}
