//! The status of a job, as a value.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;
use vault_core::model::{DropId, InvalidId, MatterId, Timestamp};

use crate::filing::Planned;
use crate::registered::{JobKind, JobResult};

/// Bytes a second and seconds left, as far as known.
pub(crate) type Speed = (Option<u64>, Option<u64>);

/// Which job: the id of a drop, or an id of its own for another job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(Uuid);

impl JobId {
    /// Wraps a fresh UUIDv7.
    pub(crate) const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The drop with this id, if the job files one.
    pub const fn drop_id(&self) -> DropId {
        DropId::new(self.0)
    }
}

impl From<DropId> for JobId {
    fn from(drop: DropId) -> Self {
        Self(Uuid::from_bytes(*drop.as_bytes()))
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for JobId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Uuid::parse_str(text).map(Self).map_err(|_| InvalidId(text.to_owned()))
    }
}

/// The phase of a job.
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

/// A job in progress, or ended and not yet cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobStatus {
    /// Which.
    pub id: JobId,
    /// Its kind.
    pub kind: JobKind,
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
    /// What it has done so far: for a drop since filing began, for other jobs once they were stopped or done. Always of
    /// its [`kind`](Self::kind).
    pub result: Option<JobResult>,
    /// Files that wait to be retried while the others continue: see [`Jobs::queue`](crate::Jobs::queue).
    pub later: u64,
    /// Files that need attention: see [`Jobs::problems`](crate::Jobs::problems) for a drop, and the reports of other
    /// jobs.
    pub attention: u64,
    /// Why it waits, is held or ended, if the phase does not state it: a sentence for the user.
    pub reason: Option<String>,
}

impl JobStatus {
    /// Whether everything is done except files that wait to be retried: these need no attention.
    pub const fn only_later_is_left(&self) -> bool {
        self.later > 0 && self.files_done + self.later >= self.files
    }

    /// A job that waits to be started.
    pub(crate) fn new(
        id: JobId,
        kind: JobKind,
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
