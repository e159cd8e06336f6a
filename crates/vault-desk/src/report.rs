//! What became of a restore or a check, in detail.

use std::path::PathBuf;

use vault_core::restore::Renamed;

/// What became of a restore or a check, in detail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Where it was restored to; none for a check.
    pub destination: Option<PathBuf>,
    /// Files that were written under another name, because the system or the folder cannot have theirs.
    pub renamed: Vec<Renamed>,
    /// What could not be restored, or is missing, damaged or needed by no document, each with a sentence.
    pub problems: Vec<ReportProblem>,
}

/// What could not be restored, or is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportProblem {
    /// Which: the path of a file as it was received, the names of documents, or where content lies.
    pub path: String,
    /// What is wrong and what to do: sentences for a person.
    pub reason: String,
}
