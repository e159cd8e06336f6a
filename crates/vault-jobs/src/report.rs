//! A line of a job's report.

/// A file that could not be restored, or is damaged or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportProblem {
    /// Which one: the path of a file as received, the names of documents, or where content is stored.
    pub path: String,
    /// The problem and what to do, as sentences for the user.
    pub reason: String,
}
