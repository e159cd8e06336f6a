//! Why a request was not carried out.

use vault_core::ports::PortError;

use crate::work::WorkId;

/// Why a request was not carried out: sentences for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// Nothing under way has this id (any more).
    #[error("There is nothing under way with the id {0}. It may have been cleared away.")]
    NotFound(WorkId),
    /// It cannot be done with a work of this kind, or as far as the work is.
    #[error("{0}")]
    NotNow(&'static str),
    /// The desk is being shut down.
    #[error("Strongroom is ending. What was begun goes on at the next start.")]
    Ending,
    /// The vault could not do it.
    #[error(transparent)]
    Vault(#[from] PortError),
}
