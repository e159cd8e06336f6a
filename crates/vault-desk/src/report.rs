//! The report of a restore or a check.

use std::path::PathBuf;

use vault_core::restore::{OtherTime, Renamed, RestoreProblem, Restored};
use vault_core::{Double, Fault, Orphan, Verification};

/// The report of a restore or a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Where it was restored to; none for a check.
    pub destination: Option<PathBuf>,
    /// Files that were written under another name, because the system or the folder does not allow theirs.
    pub renamed: Vec<Renamed>,
    /// Files that got another time, because the drive cannot store theirs.
    pub other_times: Vec<OtherTime>,
    /// How many files are not marked as coming from outside, because the drive cannot store the mark.
    pub unmarked: u64,
    /// Files that could not be restored, or are missing or damaged, each with a sentence.
    pub problems: Vec<ReportProblem>,
    /// Content that is stored without a record: left by an interrupted drop, or part of one that is being filed. It is
    /// no problem.
    pub orphaned: Vec<Orphan>,
    /// Content that is stored more than once. It is no problem.
    pub doubles: Vec<Double>,
}

/// A file that could not be restored, or is damaged or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportProblem {
    /// Which one: the path of a file as received, the names of documents, or where content is stored.
    pub path: String,
    /// The problem and what to do, as sentences for the user.
    pub reason: String,
}

impl Report {
    pub(crate) fn of_restored(restored: Restored, destination: PathBuf) -> Self {
        let problem = |RestoreProblem { path, reason }| ReportProblem { path: path.text().to_owned(), reason };
        let problems = restored.problems.into_iter().map(problem).collect();
        let Restored { renamed, other_times, unmarked, .. } = restored;
        Self { destination: Some(destination), renamed, other_times, unmarked, problems, ..Self::default() }
    }

    /// The result of a check; in a remote vault (`elsewhere`), only its administrator can remove damaged content.
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
