//! Local data of one user in one team.

use std::path::{Path, PathBuf};

use vault_core::ports::{Journal as _, Outbox as _, PortError};
use vault_store::JournalDb;

use crate::error::FirmError;

/// The queue and the outbox: the only database that exists nowhere else.
pub(crate) fn journal(folder: &Path) -> PathBuf {
    folder.join("journal.db")
}

/// Fails if drops or changes wait here that the firm's vault does not have, or that need the user's decision. Cancelled
/// drops do not count.
pub(crate) async fn none_waits(journal: &JournalDb) -> Result<(), FirmError> {
    match waiting(journal).await? {
        0 => Ok(()),
        waiting => Err(FirmError::StillWaiting(waiting)),
    }
}

async fn waiting(journal: &JournalDb) -> Result<usize, PortError> {
    let (unfinished, attention, edits) =
        tokio::try_join!(journal.unfinished(), journal.needing_attention(), journal.waiting())?;
    let drops = unfinished.iter().filter(|drop| !drop.is_cancelling()).count();
    Ok(drops + attention.len() + edits.len())
}
