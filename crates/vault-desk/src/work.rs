//! Something under way, as a value.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;
use vault_core::model::{DropId, InvalidId, MatterId, Timestamp};
use vault_core::preflight::PreflightCounts;

/// Which work: the id of a drop, or an id of its own for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(Uuid);

impl WorkId {
    /// Wraps a fresh UUIDv7.
    pub(crate) const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The drop with this id, where the work is one.
    pub const fn drop_id(&self) -> DropId {
        DropId::new(self.0)
    }
}

impl From<DropId> for WorkId {
    fn from(drop: DropId) -> Self {
        Self(Uuid::from_bytes(*drop.as_bytes()))
    }
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for WorkId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Uuid::parse_str(text).map(Self).map_err(|_| InvalidId(text.to_owned()))
    }
}

/// What is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    /// Filing a drop.
    Drop,
    /// Giving something back.
    Restore,
    /// Checking what is stored.
    Verify,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its folders are being read.
    Reading,
    /// Read: waits for the person to say *File*.
    Ready,
    /// Waits for its turn, or for another program that files to the same vault.
    InLine,
    /// Its files are being filed, restored or checked.
    Running,
    /// Paused by the person, until they say *Resume*; what is not filed yet only until the program is started again.
    Paused,
    /// Paused by the vault, or all but files that wait by themselves is done, for a reason; goes on by itself where
    /// that can help, and by *Resume*.
    Held,
    /// The person gave it up; it ends as soon as the vault could be asked what it has of it.
    GivingUp,
    /// Done. Files of it may need a person.
    Finished,
    /// Given up by the person. What was done until then stays.
    Cancelled,
    /// Ended by a fault. A drop stays in the queue: *Resume* or the next start tries it again.
    Failed,
}

impl Phase {
    /// Whether nothing will happen by itself any more.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::Failed)
    }

    /// Whether something happens, or will happen by itself.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Reading | Self::InLine | Self::Running | Self::Held | Self::GivingUp)
    }
}

/// What a pre-flight says in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The files, each counted once.
    pub counts: PreflightCounts,
    /// Folders, the dropped ones among them.
    pub folders: u64,
    /// Names that several of the dropped folders and files have: see [`Desk::same_names`](crate::Desk::same_names).
    pub same_names: u64,
    /// The vault could not be asked, so this goes by the copy on this computer.
    pub offline_estimate: bool,
}

/// What became of the files so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkResult {
    /// Files whose content was stored, files restored, or contents found sound.
    pub stored: u64,
    /// Files whose content was in the vault, or at the destination, already.
    pub already: u64,
    /// Files that failed, those that need a person among them.
    pub failed: u64,
    /// Files that a person took out.
    pub cancelled: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Documents that the files of a restore are of: a document has a file in every place it was received in. 0 for the
    /// rest.
    pub documents: u64,
    /// Length of the content that was stored, restored or checked, in bytes.
    pub bytes: u64,
}

/// Something under way, or ended and not yet cleared away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which.
    pub id: WorkId,
    /// What it is.
    pub kind: WorkKind,
    /// The matter it concerns, if it is one.
    pub matter: Option<MatterId>,
    /// The names of the dropped folders and files, or of what is restored, for a person to read.
    pub names: Vec<String>,
    /// When it began.
    pub started: Timestamp,
    /// How far it is.
    pub phase: Phase,
    /// Files found so far while it is read; later, files to do, as far as is known.
    pub files: u64,
    /// Files read; later, files that have come to an end.
    pub files_done: u64,
    /// Bytes to read, then bytes to move, as far as is known; 0 if nothing is.
    pub bytes: u64,
    /// Bytes read, then bytes moved.
    pub bytes_done: u64,
    /// Bytes a second, smoothed; none until it is known, and while nothing moves.
    pub rate: Option<u64>,
    /// Seconds that are left; none until everything is listed and the pace is known.
    pub seconds_left: Option<u64>,
    /// What filing would do; none until the folders are read, and for a drop of an earlier run.
    pub preflight: Option<Planned>,
    /// What became of it so far: of a drop since filing began, of a restore or a check once it was stopped or done.
    pub result: Option<WorkResult>,
    /// Files that wait by themselves to be tried again, while the others go on: see [`Desk::queue`](crate::Desk::queue).
    pub later: u64,
    /// Files that need a person: see [`Desk::problems`](crate::Desk::problems) for a drop, and
    /// [`Desk::report`](crate::Desk::report) for the rest.
    pub attention: u64,
    /// Why it waits, is held or ended, where there is more to say than the phase: a sentence for a person.
    pub reason: Option<String>,
}

impl Work {
    /// Whether everything is done but files that wait by themselves: that heals, and is no reason to call anybody.
    pub const fn only_later_is_left(&self) -> bool {
        self.later > 0 && self.files_done + self.later >= self.files
    }

    /// A work that waits to be begun.
    pub(crate) fn new(
        id: WorkId,
        kind: WorkKind,
        matter: Option<MatterId>,
        names: Vec<String>,
        started: Timestamp,
    ) -> Self {
        Self {
            id,
            kind,
            matter,
            names,
            started,
            phase: Phase::InLine,
            files: 0,
            files_done: 0,
            bytes: 0,
            bytes_done: 0,
            rate: None,
            seconds_left: None,
            preflight: None,
            result: None,
            later: 0,
            attention: 0,
            reason: None,
        }
    }
}
