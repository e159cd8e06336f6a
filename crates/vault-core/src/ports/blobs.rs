//! The content itself.

use std::collections::HashMap;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use async_trait::async_trait;

use super::PortError;
use crate::intake::{Problem, Source};
use crate::model::{BlobRef, FileHash, StoragePath};

/// What stands at the place of some content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The content: its size is ours, and so is its checksum, or nothing has touched it since it was verified.
    Verified,
    /// Nothing.
    Missing,
    /// Something else: damaged, or never ours.
    Different,
}

/// Files on this computer that have the contents which are looked for. A storage that tells no SHA-256 of what it has tells
/// some other checksum: it is computed of such a file, if it is needed.
#[derive(Clone)]
pub struct AtHand {
    /// A file with each content, as it was fingerprinted.
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

/// An upload that was begun and can be continued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadSession {
    /// By what the vault that began it finds it again. It is kept in a plain file, so it is of no use to anybody else.
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
    /// Whether an earlier attempt was broken off. It may have stored the content: to ask costs less than to send it again.
    pub begun: bool,
}

/// Why one file was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutFailure {
    /// Something about the source file.
    Source(Problem),
    /// Something about the vault; it is the same for the files after it.
    Vault(PortError),
    /// Something about this file's place in the vault that passes. The vault takes other files meanwhile.
    Later(PortError),
    /// It was stopped on request before it was done.
    Stopped,
}

/// Told of progress while files are stored, from any thread.
#[async_trait]
pub trait PutWatch: Send + Sync {
    /// These files of the batch are about to move: waits until the history says so, and answers for each whether it is
    /// still to be stored. Asked once for each file, before anything is read or sent of it, and for few files at a time:
    /// what is said to have begun, and is not ended by a record, is called interrupted for ever.
    ///
    /// # Errors
    /// As the vault reports them. It is the same for the files that follow.
    async fn begin(&self, indices: &[usize]) -> Result<Vec<bool>, PortError> {
        Ok(vec![true; indices.len()])
    }

    /// So many bytes more have been stored.
    fn stored(&self, bytes: u64);

    /// The content of the file at `index` of the batch is stored and verified. It counts once `put` says so, too: what
    /// was stored last can still fail to become durable.
    fn file_stored(&self, index: usize);

    /// Nothing more is done about the file at `index` in this batch. If `durable`, its content is verified and stays, so
    /// that it may be recorded before the batch is done; otherwise `put` says why not, or that all is well once it is done.
    fn ended(&self, _index: usize, _durable: bool) {}

    /// Whether to stop before the next file (or chunk).
    fn stop(&self) -> bool;

    /// The upload of the file at `index` of the batch has come to a point from which it can be continued.
    fn session(&self, index: usize, session: &UploadSession);
}

/// A blob as a listing shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBlob {
    /// Its path in the team's storage as it stands there; `Err` holds a name that no blob has.
    pub path: Result<StoragePath, String>,
    /// Length in bytes.
    pub size: u64,
}

/// Where content is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where its record says.
    Recorded,
    /// Where whoever filed it first said that it goes, if that is another place.
    Claimed,
}

/// Reads content; whoever reads verifies it (see [`crate::restore::Verified`]).
pub type BlobReader = Box<dyn Read + Send>;

/// Content by path: written once, never changed.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// Whether each of these is verifiably there.
    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError>;

    /// The same where files on this computer have the contents. Whoever stops it is told nothing: what was not compared
    /// by then counts as [`Presence::Different`].
    async fn check_against(&self, blobs: &[BlobRef], _at_hand: &AtHand) -> Result<Vec<Presence>, PortError> {
        self.check(blobs).await
    }

    /// Stores files, several at a time. For each `Ok`, the content at `blob.path` is verified to have `blob.hash()`
    /// and is durable when this returns. Content that is there already is success; something else at the place of the
    /// content is set aside, never merged with it. A file that does not get on while others do is no reason to wait for
    /// it: it is [`PutFailure::Later`].
    ///
    /// Each file is begun by [`PutWatch::begin`] before anything of it moves; one that is not to be stored any more is
    /// [`PutFailure::Stopped`].
    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError>;

    /// How many files may have begun and not been recorded: what a stop of the program leaves interrupted at the most.
    /// Where files become durable only together, as many as they are.
    fn under_way(&self) -> usize {
        usize::MAX
    }

    /// Opens content for reading; `None` if there is nothing. Where the vault cannot give the rest of it, reading fails
    /// with a [`PortError`] inside the error.
    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError>;

    /// The same at one place. What the storage says is longer than `longest` is not asked for: that is
    /// [damage](PortError::is_damage).
    async fn open(&self, blob: &BlobRef, place: Place, _longest: u64) -> Result<Option<BlobReader>, PortError> {
        match place {
            Place::Recorded => self.get(blob).await,
            Place::Claimed => Ok(None),
        }
    }

    /// How many contents are best read at once.
    fn readers(&self) -> usize {
        std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
    }

    /// Everything that is stored, in order of path as text, those after `after`.
    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError>;
}
