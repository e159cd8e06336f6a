//! What the vault needs from outside, as traits. The embedded vault, the firm's vault and the databases of this
//! computer implement them; each port has one conformance suite for all implementations.

mod blobs;
mod clock;
mod filing_lock;
mod fingerprints;
mod follow;
mod identity;
mod journal;
mod mirror;
mod outbox;
mod records;
mod secrets;
mod verifications;

pub use blobs::{AtHand, BlobReader, Blobs, ListedBlob, Place, Presence, Put, PutFailure, PutWatch, UploadSession};
pub use clock::{Clock, SystemClock};
pub use filing_lock::{FilingGuard, FilingLock};
pub use fingerprints::{FileStamp, Fingerprint, Fingerprints};
pub use follow::{Following, News, Still};
pub use identity::{Identity, Person, Token};
pub use journal::Journal;
pub use mirror::{
    Document, DropEntry, DropsPage, EventsPage, FolderEntry, FolderKey, ListQuery, Location, MatterSummary, Mirror,
    SearchHits, SortBy, SourcePaths, StatusFilter,
};
pub use outbox::{Edited, Outbox, WaitingEdit};
pub use records::{Change, ChangePage, Cursor, Known, Outcome, RecordWrite, Records, Unreadable};
pub use secrets::Secrets;
pub use verifications::Verifications;

pub use crate::queue::{DropPhase, Item, ItemUpdate, JournaledDrop, LeftOutEntry, NewDrop, NewItem, Reading};

/// Why a port could not do what was asked. The messages are shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// A temporary failure that may pass by itself: no network, no room, a busy server.
    #[error("{message}")]
    TryLater {
        /// A sentence to show to the user.
        message: String,
    },
    /// Will fail until a user does something.
    #[error("{message}")]
    NeedsPerson {
        /// What has to be done.
        kind: Attention,
        /// A sentence to show to the user.
        message: String,
    },
}

/// What the user has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attention {
    /// Sign in again.
    SignIn,
    /// Ask for access to the matter.
    NoAccess,
    /// Correct the request.
    Invalid,
    /// Name something that exists.
    NotFound,
    /// Choose a version: a colleague changed the same document.
    Conflict,
    /// Make room: the disk, or the firm's storage, is full.
    NoRoom,
    /// Repair or replace the vault's data: it is damaged, or of a newer version.
    Damaged,
}

impl PortError {
    /// The kind of failure, for the log: the message may contain names.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::TryLater { .. } => "try-later",
            Self::NeedsPerson { kind, .. } => match kind {
                Attention::SignIn => "sign-in",
                Attention::NoAccess => "no-access",
                Attention::Invalid => "invalid",
                Attention::NotFound => "not-found",
                Attention::Conflict => "conflict",
                Attention::NoRoom => "no-room",
                Attention::Damaged => "damaged",
            },
        }
    }

    /// The vault's own data is damaged.
    pub fn damaged(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::Damaged, message: message.into() }
    }

    /// Whether the vault's own data is damaged: then nothing more should be written.
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::NeedsPerson { kind: Attention::Damaged, .. })
    }

    /// The request is not valid.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::Invalid, message: message.into() }
    }

    /// Something does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::NotFound, message: message.into() }
    }

    /// It may work later.
    pub fn later(message: impl Into<String>) -> Self {
        Self::TryLater { message: message.into() }
    }
}
