//! Why a request was not carried out.

use vault_core::ports::PortError;

use crate::status::JobId;

/// Why a request was not carried out, as sentences for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// No job has this id (any more).
    #[error("There is nothing under way with the id {0}. It may have been cleared away.")]
    NotFound(JobId),
    /// Impossible for this kind of job, or in its current phase.
    #[error("{0}")]
    NotNow(&'static str),
    /// The program is ending.
    #[error("Strongroom is ending. What was begun goes on at the next start.")]
    Ending,
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] PortError),
}

impl JobError {
    /// The job has no report, or none yet.
    pub const NOTHING_TO_REPORT: Self = Self::NotNow("There is nothing to report yet.");
}
