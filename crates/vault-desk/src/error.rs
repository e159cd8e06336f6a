//! Why a request was not carried out.

use vault_core::ports::PortError;

use crate::work::WorkId;

/// Why a request was not carried out, as sentences for the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// No work has this id (any more).
    #[error("There is nothing under way with the id {0}. It may have been cleared away.")]
    NotFound(WorkId),
    /// Impossible for this kind of work, or in its current phase.
    #[error("{0}")]
    NotNow(&'static str),
    /// The desk is being shut down.
    #[error("Strongroom is ending. What was begun goes on at the next start.")]
    Ending,
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] PortError),
}
