//! The filing lock within one program: several jobs may need it at once, and share it.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Mutex;
use vault_core::ports::{FilingGuard, FilingLock, PortError};

/// How often a lock held by another program is tried again.
const ASKED_AGAIN: Duration = Duration::from_millis(200);

/// The filing lock. It keeps other programs out; among the jobs of this one, the queue decides which one files, and
/// cancelling a drop need not wait for another.
pub(crate) struct SharedLock {
    lock: Arc<dyn FilingLock>,
    held: Mutex<Weak<FilingGuard>>,
}

impl SharedLock {
    pub(crate) fn new(lock: Arc<dyn FilingLock>) -> Self {
        Self { lock, held: Mutex::new(Weak::new()) }
    }

    /// Takes the lock, if no other program holds it.
    pub(crate) async fn try_take(&self) -> Result<Option<Arc<FilingGuard>>, PortError> {
        let mut held = self.held.lock().await;
        if let Some(guard) = held.upgrade() {
            return Ok(Some(guard));
        }
        let taken = self.lock.try_take().await?.map(Arc::new);
        if let Some(guard) = &taken {
            *held = Arc::downgrade(guard);
        }
        Ok(taken)
    }

    /// Waits for the lock.
    pub(crate) async fn take(&self) -> Result<Arc<FilingGuard>, PortError> {
        loop {
            if let Some(guard) = self.try_take().await? {
                return Ok(guard);
            }
            tokio::time::sleep(ASKED_AGAIN).await;
        }
    }
}
