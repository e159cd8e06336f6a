//! The filing lock: one program at a time files for a user, and others find the lock taken.

use std::fs::TryLockError;
use std::path::PathBuf;

use async_trait::async_trait;
use vault_core::ports::{FilingGuard, FilingLock, PortError};
use vault_core::{SystemFault, private};

/// A lock on a file, which the system releases however the program ends.
pub(crate) struct LockFile(pub(crate) PathBuf);

#[async_trait]
impl FilingLock for LockFile {
    async fn try_take(&self) -> Result<Option<FilingGuard>, PortError> {
        let later = |error: std::io::Error| PortError::later(SystemFault::of(&error).could_not("lock", &self.0));
        let file = private::file(&self.0).map_err(later)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(FilingGuard::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(later(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_one_program_at_a_time_holds_the_right() {
        let folder = tempfile::tempdir().unwrap();
        let right = || LockFile(folder.path().join("filing.lock"));
        let held = right().try_take().await.unwrap().expect("free");
        assert!(right().try_take().await.unwrap().is_none());
        drop(held);
        assert!(right().try_take().await.unwrap().is_some());
    }
}
