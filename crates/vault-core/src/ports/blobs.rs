//! The stored content.

use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use async_trait::async_trait;

use super::PortError;
use crate::intake::{Problem, Source};
use crate::model::{BlobRef, FileHash, StoragePath};

/// What is at the path of some content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The content: its size matches, and so does its checksum, or it has not been touched since it was verified.
    Verified,
    /// Nothing.
    Missing,
    /// Something else: damaged, or never the vault's.
    Different,
}

/// Files on this computer that have the requested contents. Where a storage reports another checksum than SHA-256, that
/// checksum is computed from such a file if needed.
#[derive(Clone)]
pub struct AtHand {
    /// For each content, a file that had it when it was fingerprinted.
    pub sources: HashMap<FileHash, Source>,
    /// Whether to stop.
    pub stopped: Arc<dyn Fn() -> bool + Send + Sync>,
}

impl Default for AtHand {
    fn default() -> Self {
        Self { sources: HashMap::new(), stopped: Arc::new(|| false) }
    }
}

impl fmt::Debug for AtHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtHand").field("sources", &self.sources).finish_non_exhaustive()
    }
}

/// An upload that was begun and can be resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadSession {
    /// Identifies the upload to the vault that began it. Kept in a plain file, so it is useless to anyone else.
    pub handle: String,
    /// How many bytes the server has confirmed.
    pub offset: u64,
}

/// One file to store.
#[derive(Debug, Clone)]
pub struct Put {
    /// Where, and what the content must be.
    pub blob: BlobRef,
    /// Where to read it.
    pub source: Source,
    /// An earlier upload to continue.
    pub resume: Option<UploadSession>,
    /// Whether an earlier attempt was interrupted. It may have stored the content: checking costs less than sending it
    /// again.
    pub begun: bool,
}

/// Why one file was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutFailure {
    /// Something about the source file.
    Source(Problem),
    /// Something about the vault; it affects the following files as well.
    Vault(PortError),
    /// A temporary problem with this file's path in the vault. Other files can be stored meanwhile.
    Later(PortError),
    /// It was stopped on request before it was done.
    Stopped,
}

/// Progress callbacks while files are stored, called from any thread.
#[async_trait]
pub trait PutWatch: Send + Sync {
    /// Announces that these files of the batch are about to be sent: waits until the history records it, and returns
    /// for each whether it is still to be stored. Called once for each file, before anything of it is read or sent, and
    /// for few files at a time: an attempt that has begun and is never recorded stays interrupted in the history.
    ///
    /// # Errors
    /// As the vault reports them. They affect the following files as well.
    async fn begin(&self, indices: &[usize]) -> Result<Vec<bool>, PortError> {
        Ok(vec![true; indices.len()])
    }

    /// `bytes` more bytes have been stored.
    fn stored(&self, bytes: u64);

    /// The content of the file at `index` of the batch is stored and verified. It counts only once `put` confirms it:
    /// the last files can still fail to become durable.
    fn file_stored(&self, index: usize);

    /// The file at `index` needs no more work in this batch. If `durable`, its content is verified and permanent, so it
    /// may be recorded before the batch is done; otherwise the result of `put` says whether it is stored.
    fn ended(&self, _index: usize, _durable: bool) {}

    /// Whether to stop before the next file (or chunk).
    fn stop(&self) -> bool;

    /// The upload of the file at `index` of the batch reached a point from which it can be resumed.
    fn session(&self, index: usize, session: &UploadSession);
}

/// A blob as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBlob {
    /// Its path in the team's storage; `Err` holds a name that is not a valid blob path.
    pub path: Result<StoragePath, String>,
    /// Length in bytes.
    pub size: u64,
}

/// Where to look for content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The path in its record.
    Recorded,
    /// The path that the first uploader claimed, if it is a different one.
    Claimed,
}

/// Reads content unverified; the caller verifies it (see [`crate::restore::Verified`]).
pub type BlobReader = Box<dyn Read + Send>;

/// Content by path: written once, never changed. Calls fail with the [`PortError`] of the storage.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// For each blob, in order, whether it is verifiably there.
    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError>;

    /// Like [`check`](Self::check), where files on this computer have the contents. When stopped, it reports what was
    /// not compared yet as [`Presence::Different`].
    async fn check_against(&self, blobs: &[BlobRef], _at_hand: &AtHand) -> Result<Vec<Presence>, PortError> {
        self.check(blobs).await
    }

    /// Stores files, several at a time; returns one result for each, in order. For each `Ok`, the content at
    /// `blob.path` is verified to have `blob.hash()` and is durable. Content that is there already is a success; other
    /// content at its path is set aside, never merged with it. A file that makes no progress while others do fails with
    /// [`PutFailure::Later`] instead of holding up the batch.
    ///
    /// [`PutWatch::begin`] is called for each file before any of it is sent; a file that is not to be stored any more
    /// fails with [`PutFailure::Stopped`].
    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError>;

    /// How many files may have begun without being recorded: at most so many are left interrupted if the program stops.
    /// Unlimited where files become durable only together.
    fn under_way(&self) -> usize {
        usize::MAX
    }

    /// Opens content for reading; `None` if there is none. If the vault can't deliver the rest of it, reading fails
    /// with an I/O error that contains a [`PortError`].
    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError>;

    /// Like [`get`](Self::get), at one place. Content that is longer than `longest` bytes according to the storage is
    /// not requested: that is [damage](PortError::is_damage).
    async fn open(&self, blob: &BlobRef, place: Place, _longest: u64) -> Result<Option<BlobReader>, PortError> {
        match place {
            Place::Recorded => self.get(blob).await,
            Place::Claimed => Ok(None),
        }
    }

    /// How many contents to read in parallel.
    fn readers(&self) -> usize {
        std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
    }

    /// At most `limit` stored blobs, ordered by path as text, starting after `after`.
    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError>;
}
