//! Storing a batch: each file by itself on all processors, then everything flushed at once.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use vault_core::ports::{PortError, Put, PutFailure, PutWatch};

use super::ground::{Ground, share};
use super::stamps::Verified;
use super::store::store;
use super::sys;
use crate::folder::{cannot, make};

/// What the files of one batch have in common.
pub(super) struct Batch<'a> {
    pub(super) ground: &'a Ground,
    pub(super) watch: &'a dyn PutWatch,
    /// Begins the name of each temporary file.
    pub(super) mark: String,
    /// Folders that are known to be there; all of them get new entries.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// What ended it: it will be the same for the files that follow.
    ended: OnceLock<PortError>,
}

type Stored = Result<Verified, PutFailure>;

/// Stores a batch. What is `Ok` is durable.
pub(super) fn put(ground: &Ground, puts: &[Put], watch: &dyn PutWatch) -> Vec<Stored> {
    let batch = Batch {
        ground,
        watch,
        mark: ground.clock.unique().to_string(),
        folders: Mutex::default(),
        ended: OnceLock::new(),
    };
    let died = || Err(PutFailure::Vault(PortError::later("The vault stopped while it stored this file.")));
    let stored: Vec<Stored> = share(puts.len(), |at, buffer| batch.next(at, &puts[at], buffer))
        .into_iter()
        .map(|one| one.unwrap_or_else(died))
        .collect();
    batch.flush(stored)
}

impl Batch<'_> {
    fn next(&self, at: usize, put: &Put, buffer: &mut [u8]) -> Stored {
        if let Some(reason) = self.ended.get() {
            return Err(PutFailure::Vault(reason.clone()));
        }
        if self.watch.stop() {
            return Err(PutFailure::Stopped);
        }
        let stored = self.ground.room_for(put.blob.size, &put.source.path).map_err(PutFailure::Vault);
        let stored = stored.and_then(|()| store(self, at, put, buffer));
        match &stored {
            Ok(_) => self.watch.file_stored(at),
            Err(PutFailure::Vault(reason)) => drop(self.ended.set(reason.clone())),
            Err(_) => {}
        }
        stored
    }

    /// Makes the folder of a blob, if that was not done for an earlier one.
    pub(super) fn make_folder(&self, put: &Put) -> Result<PathBuf, PutFailure> {
        let folder = self.ground.folder.root.join(put.blob.path.folder());
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !folders.contains(&folder) {
            make(&folder).map_err(|error| PutFailure::Vault(cannot("make", &folder, &error)))?;
            folders.insert(folder.clone());
        }
        Ok(folder)
    }

    fn flush(&self, stored: Vec<Stored>) -> Vec<Stored> {
        if !stored.iter().any(Result::is_ok) {
            return stored;
        }
        let root = &self.ground.folder.root;
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let Err(error) = sys::flush_batch(root, &folders) else { return stored };
        let failure = PutFailure::Vault(cannot("flush", root, &error));
        stored.into_iter().map(|one| one.and(Err(failure.clone()))).collect()
    }
}
