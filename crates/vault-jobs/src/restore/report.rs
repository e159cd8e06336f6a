//! The report of a restore.

use std::path::PathBuf;

use vault_core::restore::{OtherTime, Renamed, RestoreProblem, Restored};

use crate::report::ReportProblem;

/// The report of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// Where it was restored to.
    pub destination: PathBuf,
    /// Files that were written under another name, because the system or the folder does not allow theirs.
    pub renamed: Vec<Renamed>,
    /// Files that got another time, because the drive cannot store theirs.
    pub other_times: Vec<OtherTime>,
    /// How many files are not marked as coming from outside, because the drive cannot store the mark.
    pub unmarked: u64,
    /// Files that could not be restored, each with a sentence.
    pub problems: Vec<ReportProblem>,
}

impl RestoreReport {
    pub(super) fn of(restored: Restored, destination: PathBuf) -> Self {
        let problem = |RestoreProblem { path, reason }| ReportProblem { path: path.text().to_owned(), reason };
        let problems = restored.problems.into_iter().map(problem).collect();
        let Restored { renamed, other_times, unmarked, .. } = restored;
        Self { destination, renamed, other_times, unmarked, problems }
    }
}
