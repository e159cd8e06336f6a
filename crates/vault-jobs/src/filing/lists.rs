//! Lists of the files of a drop.

use vault_core::intake::Problem;
use vault_core::model::{LastModified, Timestamp};

/// Which list of a pre-flight to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PreflightList {
    /// Files whose content is new.
    New,
    /// Files whose content is in the vault.
    Already,
    /// Files whose content occurs in the drop more than once, from the second on.
    Repeated,
    /// Entries left out.
    LeftOut,
    /// Entries that could not be read.
    Problems,
}

/// One row of a list of a pre-flight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreflightRow {
    /// The name, readable.
    pub name: String,
    /// Its folder, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes, if it was read.
    pub size: Option<u64>,
    /// When it was last modified, if it was read.
    pub modified: Option<LastModified>,
    /// Why it is left out or could not be read, as a sentence for the user.
    pub reason: Option<String>,
}

/// A file of a drop that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemRow {
    /// Its number in the drop, for retrying or skipping it.
    pub seq: u64,
    /// The name, readable.
    pub name: String,
    /// Its folder, dropped folder included; empty for none.
    pub folder: String,
    /// The problem; [`Problem::code`] names the kind, and its display is a sentence.
    pub problem: Problem,
}

impl ProblemRow {
    /// The same as a row of a pre-flight.
    pub(super) fn in_preflight(&self) -> PreflightRow {
        PreflightRow {
            name: self.name.clone(),
            folder: self.folder.clone(),
            size: None,
            modified: None,
            reason: Some(self.problem.to_string()),
        }
    }
}

/// A file of a drop that is still to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Its number in the drop, for removing it or retrying it now.
    pub seq: u64,
    /// The name, readable.
    pub name: String,
    /// Its folder, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes, if it was read.
    pub size: Option<u64>,
    /// Its state.
    pub standing: QueueState,
}

/// The state of a file in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueState {
    /// It is queued.
    Queued,
    /// It is being uploaded, or was when filing was stopped.
    Begun,
    /// It waits to be retried automatically.
    Waits {
        /// When.
        until: Timestamp,
        /// The reason, as a sentence for the user.
        why: String,
    },
}

/// The result of looking for missing files at another place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many were found; they are being filed from there.
    pub found: u64,
    /// The names of files that were replaced by a file with other content.
    pub different: Vec<String>,
    /// How many were not found there.
    pub missing: u64,
}
