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
    /// Files whose content stands in the drop more than once, from the second on.
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
    /// The folder it stands in, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes, if it was read.
    pub size: Option<u64>,
    /// When it was last modified, if it was read.
    pub modified: Option<LastModified>,
    /// Why it is left out or could not be read: a sentence for a person.
    pub reason: Option<String>,
}

/// A file of a drop that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemRow {
    /// Its place in the drop: by what to retry or skip it.
    pub seq: u64,
    /// The name, readable.
    pub name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub folder: String,
    /// What is wrong; [`Problem::code`] names the kind, and it is displayed as a sentence.
    pub problem: Problem,
}

impl ProblemRow {
    /// The same as a row of a pre-flight.
    pub(crate) fn in_preflight(&self) -> PreflightRow {
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
    /// Its place in the drop: by what to take it out or try it now.
    pub seq: u64,
    /// The name, readable.
    pub name: String,
    /// The folder it stands in, dropped folder included; empty for none.
    pub folder: String,
    /// Length in bytes, if it was read.
    pub size: Option<u64>,
    /// How it stands.
    pub standing: QueueState,
}

/// How a file of the queue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueState {
    /// Its turn has not come.
    Queued,
    /// Its bytes are on their way, or were when filing was stopped.
    Begun,
    /// It waits by itself to be tried again.
    Waits {
        /// When.
        until: Timestamp,
        /// Why: a sentence for a person.
        why: String,
    },
}

/// What looking for missing files at another place gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many were found; they are being filed from there.
    pub found: u64,
    /// The names of those in whose place a file of other content stands.
    pub different: Vec<String>,
    /// How many are not there.
    pub missing: u64,
}
