//! The report of a check.

use vault_core::{Double, Fault, Orphan, Verification};

use crate::report::ReportProblem;

/// The report of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Files whose content is missing or damaged, each with a sentence.
    pub problems: Vec<ReportProblem>,
    /// Content that is stored without a record: left by an interrupted drop, or part of one that is being filed. It is
    /// no problem.
    pub orphaned: Vec<Orphan>,
    /// Content that is stored more than once. It is no problem.
    pub doubles: Vec<Double>,
}

impl VerifyReport {
    /// The result of a check; in a remote vault (`elsewhere`), only its administrator can remove damaged content.
    pub(super) fn of(found: Verification, elsewhere: bool) -> Self {
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
        Self { problems, orphaned: found.orphaned, doubles: found.doubles }
    }
}
