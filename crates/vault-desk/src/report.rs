//! What became of a restore or a check, in detail.

use std::path::PathBuf;

use vault_core::restore::{OtherTime, Renamed, RestoreProblem, Restored};
use vault_core::{Double, Fault, Orphan, Verification};

/// What became of a restore or a check, in detail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Where it was restored to; none for a check.
    pub destination: Option<PathBuf>,
    /// Files that were written under another name, because the system or the folder cannot have theirs.
    pub renamed: Vec<Renamed>,
    /// Files that got another time, because the drive does not have theirs.
    pub other_times: Vec<OtherTime>,
    /// How many files do not say that they came from outside, because the drive keeps no such mark.
    pub unmarked: u64,
    /// What could not be restored, or is missing or damaged, each with a sentence.
    pub problems: Vec<ReportProblem>,
    /// What is stored without a record: left by a drop that was interrupted, or of one that is being filed. It is no
    /// problem.
    pub orphaned: Vec<Orphan>,
    /// Content that is stored more than once. It is no problem.
    pub doubles: Vec<Double>,
}

/// What could not be restored, or is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportProblem {
    /// Which: the path of a file as it was received, the names of documents, or where content lies.
    pub path: String,
    /// What is wrong and what to do: sentences for a person.
    pub reason: String,
}

impl Report {
    pub(crate) fn of_restored(restored: Restored, destination: PathBuf) -> Self {
        let problem = |RestoreProblem { path, reason }| ReportProblem { path: path.text().to_owned(), reason };
        let problems = restored.problems.into_iter().map(problem).collect();
        let Restored { renamed, other_times, unmarked, .. } = restored;
        Self { destination: Some(destination), renamed, other_times, unmarked, problems, ..Self::default() }
    }

    /// What a check found; in a vault that is `elsewhere`, only its administrator can remove what is damaged.
    pub(crate) fn of_verification(found: Verification, elsewhere: bool) -> Self {
        let fault = |reason: &'static str| {
            move |Fault { path, mut documents }: Fault| {
                // Copies of a document often have its name.
                documents.sort();
                documents.dedup();
                let path = if documents.is_empty() { path.to_string() } else { documents.join(", ") };
                ReportProblem { path, reason: reason.to_owned() }
            }
        };
        let missing = fault("Its content is missing. File the document again, and the content is stored again.");
        let damaged = fault(if elsewhere {
            "Its content is damaged, or was damaged on its way here. Check once more; if it stays so, your administrator \
             has to remove it from the firm's storage, and the document can be filed again."
        } else {
            "Its content is damaged. File the document again; what is damaged is then set aside."
        });
        let mut problems: Vec<ReportProblem> = found.missing.into_iter().map(missing).collect();
        problems.extend(found.damaged.into_iter().map(damaged));
        Self { problems, orphaned: found.orphaned, doubles: found.doubles, ..Self::default() }
    }
}
