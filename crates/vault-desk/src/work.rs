//! A work, as a value.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;
use vault_core::model::{DropId, InvalidId, MatterId, Timestamp};
use vault_core::preflight::PreflightCounts;

/// Which work: the id of a drop, or an id of its own for other work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(Uuid);

impl WorkId {
    /// Wraps a fresh UUIDv7.
    pub(crate) const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The drop with this id, if the work is one.
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

/// The kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    /// Filing a drop.
    Drop,
    /// Giving something back.
    Restore,
    /// Checking the stored content.
    Verify,
}

/// The phase of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Its folders are being read.
    Reading,
    /// Read: waits for the user to press *File*.
    Ready,
    /// Waits in the queue, or for another program that files to the same vault.
    InLine,
    /// Its files are being filed, restored or checked.
    Running,
    /// Paused by the user until they press *Resume*; before filing, only until the program is started again.
    Paused,
    /// Paused by the vault, or all is done except files that wait to be retried; see the reason. Continues
    /// automatically where that can help, and on *Resume*.
    Held,
    /// The user cancelled it; it ends as soon as the vault can be asked what it has of it.
    GivingUp,
    /// Done. Files of it may need attention.
    Finished,
    /// Cancelled by the user. What was done until then stays.
    Cancelled,
    /// Ended by a fault. A drop stays in the queue: *Resume* or the next start retries it.
    Failed,
}

impl Phase {
    /// Whether it will not continue without the user.
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::Failed)
    }

    /// Whether it is running, or will continue automatically.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Reading | Self::InLine | Self::Running | Self::Held | Self::GivingUp)
    }
}

/// The numbers of a pre-flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The files, each counted once.
    pub counts: PreflightCounts,
    /// Folders, the dropped ones among them.
    pub folders: u64,
    /// Names shared by several of the dropped folders and files: see [`Desk::same_names`](crate::Desk::same_names).
    pub same_names: u64,
    /// The vault could not be reached, so this is based on the local copy.
    pub offline_estimate: bool,
}

/// The results of the files so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkResult {
    /// Files whose content was stored, files restored, or contents found intact.
    pub stored: u64,
    /// Files whose content was already in the vault, or at the destination.
    pub already: u64,
    /// Files that failed, including those that need attention.
    pub failed: u64,
    /// Files that the user removed.
    pub cancelled: u64,
    /// Entries left out.
    pub left_out: u64,
    /// Documents that the files of a restore are of: a document has a file in every place it was received in. 0 for the
    /// rest.
    pub documents: u64,
    /// Length of the content that was stored, restored or checked, in bytes.
    pub bytes: u64,
}

/// Work in progress, or ended and not yet cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which.
    pub id: WorkId,
    /// Its kind.
    pub kind: WorkKind,
    /// Its matter, if there is one.
    pub matter: Option<MatterId>,
    /// The names of the dropped folders and files, or of what is restored, for display.
    pub names: Vec<String>,
    /// When it began.
    pub started: Timestamp,
    /// Its phase.
    pub phase: Phase,
    /// Files found so far while it is read; later, files to do, as far as known.
    pub files: u64,
    /// Files read; later, files that have ended.
    pub files_done: u64,
    /// Bytes to read, then bytes to move, as far as known; 0 if nothing is.
    pub bytes: u64,
    /// Bytes read, then bytes moved.
    pub bytes_done: u64,
    /// Bytes a second, smoothed; `None` until it is known, and while nothing moves.
    pub rate: Option<u64>,
    /// Seconds left; `None` until everything is listed and the rate is known.
    pub seconds_left: Option<u64>,
    /// The pre-flight; `None` until the folders are read, and for a drop of an earlier run.
    pub preflight: Option<Planned>,
    /// Its results so far: for a drop since filing began, for a restore or a check once it was stopped or done.
    pub result: Option<WorkResult>,
    /// Files that wait to be retried while the others continue: see [`Desk::queue`](crate::Desk::queue).
    pub later: u64,
    /// Files that need attention: see [`Desk::problems`](crate::Desk::problems) for a drop, and
    /// [`Desk::report`](crate::Desk::report) for other work.
    pub attention: u64,
    /// Why it waits, is held or ended, if the phase does not state it: a sentence for the user.
    pub reason: Option<String>,
}

impl Work {
    /// Whether everything is done except files that wait to be retried: these need no attention.
    pub const fn only_later_is_left(&self) -> bool {
        self.later > 0 && self.files_done + self.later >= self.files
    }

    /// A work that waits to be started.
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
