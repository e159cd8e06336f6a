//! The content on this computer, as files under the model's own paths.

mod check;
mod ground;
mod list;
mod put;
mod rehash;
mod stamps;
mod store;
mod sys;

use std::sync::Arc;

use async_trait::async_trait;
use vault_core::model::{BlobRef, TeamId};
use vault_core::ports::{BlobReader, Blobs, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch};

use crate::db::{Db, Result};
use crate::folder::{Folder, cannot};
use ground::Ground;

/// [`Blobs`] of the embedded vault.
/// Content is verified when it is stored, and its *stamp* (the file's metadata) is stored. As long as the stamp is
/// unchanged, so is the file, and a check need not read it. On Windows less metadata is available: the stamp is only
/// size and modified time, so a change that resets the time is found only by reading.
pub struct LocalBlobs {
    db: Arc<Db>,
    ground: Arc<Ground>,
}

impl LocalBlobs {
    pub(crate) fn open(db: Arc<Db>, folder: &Folder, team: TeamId) -> Result<Self> {
        folder.furnish()?;
        Ok(Self { ground: Arc::new(Ground::new(folder.clone(), team, db.clock.clone())), db })
    }

    /// Runs file operations on a thread where they may block.
    async fn on_disk<T: Send + 'static>(&self, work: impl FnOnce(&Ground) -> T + Send + 'static) -> Result<T> {
        let ground = self.ground.clone();
        let done = tokio::task::spawn_blocking(move || work(&ground)).await;
        done.map_err(|error| PortError::later(format!("The vault stopped in the middle of its work: {error}")))
    }
}

type Answer<T> = std::result::Result<T, PortError>;

#[async_trait]
impl Blobs for LocalBlobs {
    async fn check(&self, blobs: &[BlobRef]) -> Answer<Vec<Presence>> {
        check::check(self, blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<std::result::Result<(), PutFailure>>> {
        let stored = self.on_disk(move |ground| put::put(ground, &batch, &*watch)).await?;
        let stamped: Vec<_> = stored.iter().filter_map(|one| one.as_ref().ok().copied()).collect();
        stamps::keep(&self.db, &stamped).await;
        Ok(stored.into_iter().map(|one| one.map(|_| ())).collect())
    }

    async fn get(&self, blob: &BlobRef) -> Answer<Option<BlobReader>> {
        let blob = blob.clone();
        self.on_disk(move |ground| {
            let path = ground.path(&blob.path);
            match sys::open(&path) {
                Ok(Some(file)) => Ok(Some(Box::new(file) as BlobReader)),
                Ok(None) => Err(PortError::damaged(format!("What stands at {} is not a file.", path.display()))),
                Err(error) if sys::is_absent(&error) => Ok(None),
                Err(error) => Err(cannot("read", &path, &error)),
            }
        })
        .await?
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
        let after = after.map(str::to_owned);
        self.on_disk(move |ground| list::list(&ground.folder.root, after.as_deref(), limit)).await?
    }
}
