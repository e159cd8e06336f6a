//! Storing a batch in rounds: the files of a round are copied in parallel on all processors, then everything is flushed
//! at once. A round is marked as begun just before it starts; in long rounds there are flushes in between.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::runtime::Handle;
use vault_core::ports::{PortError, Put, PutFailure, PutWatch};

use super::ground::{Ground, share};
use super::stamps::Verified;
use super::store::store;
use super::sys;
use crate::folder::cannot;

/// Maximum number of files in a round: each round costs two commits.
const ROUND: usize = 256;

/// Maximum number of bytes in a round, unless a single file is larger.
const ROUND_BYTES: u64 = 256 << 20;

/// Stored content is durable after this time, however much is to follow.
const LONGEST: Duration = Duration::from_secs(8);

/// State shared by the files of one batch.
pub(super) struct Batch<'a> {
    pub(super) ground: &'a Ground,
    pub(super) watch: &'a dyn PutWatch,
    /// Prefix of the temporary files' names.
    pub(super) mark: String,
    /// Folders known to exist; all of them get new entries.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// The error that ended the batch; it would be the same for the files that follow.
    ended: OnceLock<PortError>,
}

type Stored = Result<Verified, PutFailure>;

/// Stores a batch. An `Ok` is durable. Must be called on a runtime thread that may block.
pub(super) fn put(ground: &Ground, puts: &[Put], watch: &dyn PutWatch) -> Vec<Stored> {
    let batch = Batch {
        ground,
        watch,
        mark: ground.clock.unique().to_string(),
        folders: Mutex::default(),
        ended: OnceLock::new(),
    };
    let mut stored: Vec<Stored> = Vec::with_capacity(puts.len());
    let (mut flushed, mut since) = (0, ground.clock.elapsed());
    while stored.len() < puts.len() {
        let round = round(puts, stored.len());
        let is_last = round.end == puts.len();
        stored.extend(batch.round(puts, round));
        let now = ground.clock.elapsed();
        if is_last {
            batch.flush(&mut stored[flushed..]);
        } else if now.saturating_sub(since) >= LONGEST {
            batch.flush(&mut stored[flushed..]);
            (flushed..).zip(&stored[flushed..]).for_each(|(at, stored)| watch.ended(at, stored.is_ok()));
            (flushed, since) = (stored.len(), now);
        }
    }
    stored
}

/// The range of files, starting at `from`, that begin together.
fn round(puts: &[Put], from: usize) -> Range<usize> {
    let (mut end, mut bytes) = (from, 0_u64);
    while end < puts.len() && end - from < ROUND && (bytes < ROUND_BYTES || end == from) {
        bytes = bytes.saturating_add(puts[end].blob.size);
        end += 1;
    }
    from..end
}

impl Batch<'_> {
    fn round(&self, puts: &[Put], round: Range<usize>) -> Vec<Stored> {
        let failed = |failure: &PutFailure| round.clone().map(|_| Err(failure.clone())).collect();
        if let Some(reason) = self.ended.get() {
            return failed(&PutFailure::Vault(reason.clone()));
        }
        if self.watch.stop() {
            return failed(&PutFailure::Stopped);
        }
        let indices: Vec<usize> = round.clone().collect();
        let begun = match Handle::current().block_on(self.watch.begin(&indices)) {
            Ok(begun) => begun,
            Err(reason) => {
                let _ = self.ended.set(reason.clone());
                return failed(&PutFailure::Vault(reason));
            }
        };
        let next = |at: usize, buffer: &mut Vec<u8>| match begun.get(at) {
            Some(true) => self.next(round.start + at, &puts[round.start + at], buffer),
            _ => Err(PutFailure::Stopped),
        };
        let died = || Err(PutFailure::Vault(PortError::later("The vault stopped while it stored this file.")));
        share(round.len(), next).into_iter().map(|one| one.unwrap_or_else(died)).collect()
    }

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

    /// Makes the folder of a blob, unless an earlier file already did.
    pub(super) fn make_folder(&self, put: &Put) -> Result<PathBuf, PutFailure> {
        let folder = self.ground.folder.root.join(put.blob.path.folder());
        let mut folders = self.folders.lock();
        if !folders.contains(&folder) {
            vault_core::private::make(&folder).map_err(|error| PutFailure::Vault(cannot("make", &folder, &error)))?;
            folders.insert(folder.clone());
        }
        Ok(folder)
    }

    fn flush(&self, stored: &mut [Stored]) {
        if !stored.iter().any(Result::is_ok) {
            return;
        }
        let root = &self.ground.folder.root;
        let folders = self.folders.lock();
        let Err(error) = sys::flush_batch(root, &folders) else { return };
        let reason = cannot("flush", root, &error);
        let _ = self.ended.set(reason.clone());
        for one in stored.iter_mut().filter(|one| one.is_ok()) {
            *one = Err(PutFailure::Vault(reason.clone()));
        }
    }
}
