//! What the vault needs from outside, as traits. The embedded vault, the firm's vault and the databases of this
//! computer stand behind them; one conformance suite a port holds for every implementation.

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
pub use journal::{DropPhase, Item, ItemUpdate, Journal, JournaledDrop, LeftOutEntry, NewDrop, NewItem, Reading};
pub use mirror::{
    Document, DropEntry, DropsPage, EventsPage, FolderEntry, FolderKey, ListQuery, Location, MatterSummary, Mirror,
    SearchHits, SortBy, SourcePaths, StatusFilter,
};
pub use outbox::{Edited, Outbox, WaitingEdit};
pub use records::{Change, ChangePage, Cursor, Known, Outcome, RecordWrite, Records, Unreadable};
pub use secrets::Secrets;
pub use verifications::Verifications;

/// Why a port could not do what it was asked, for whoever has to tell a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// It may work later by itself: no network, no room, a busy server.
    #[error("{message}")]
    TryLater {
        /// A sentence for a person.
        message: String,
    },
    /// It will not work until a person does something.
    #[error("{message}")]
    NeedsPerson {
        /// What kind of help is needed.
        kind: Attention,
        /// A sentence for a person.
        message: String,
    },
}

/// What a person would have to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attention {
    /// Sign in again.
    SignIn,
    /// Ask for access to the matter.
    NoAccess,
    /// Correct what was asked.
    Invalid,
    /// Name something that is there.
    NotFound,
    /// Choose: somebody else changed the same thing.
    Conflict,
    /// Make room: the disk, or the firm's storage, is full.
    NoRoom,
    /// Repair or replace the vault's data: it is damaged, or of a newer version.
    Damaged,
}

impl PortError {
    /// A fault of the vault's own data.
    pub fn damaged(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::Damaged, message: message.into() }
    }

    /// Whether the vault's own data is at fault: then nothing more should be written.
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::NeedsPerson { kind: Attention::Damaged, .. })
    }

    /// A request that cannot be carried out as it stands.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::Invalid, message: message.into() }
    }

    /// Something that is not there.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::NeedsPerson { kind: Attention::NotFound, message: message.into() }
    }

    /// Something that may work later.
    pub fn later(message: impl Into<String>) -> Self {
        Self::TryLater { message: message.into() }
    }
}
