//! The filing lock within one program: several works may need it at once, and share it.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Mutex;
use vault_core::ports::{FilingGuard, FilingLock, PortError};

/// How often a lock held by another program is tried again.
const ASKED_AGAIN: Duration = Duration::from_millis(200);

/// The filing lock. It keeps other programs out; among the works of this one, the queue decides which one files, and
/// cancelling a drop need not wait for another.
pub(crate) struct SharedRight {
    right: Arc<dyn FilingLock>,
    held: Mutex<Weak<FilingGuard>>,
}

impl SharedRight {
    pub(crate) fn new(right: Arc<dyn FilingLock>) -> Self {
        Self { right, held: Mutex::new(Weak::new()) }
    }

    /// Takes the lock, if no other program holds it.
    pub(crate) async fn try_take(&self) -> Result<Option<Arc<FilingGuard>>, PortError> {
        let mut held = self.held.lock().await;
        if let Some(right) = held.upgrade() {
            return Ok(Some(right));
        }
        let taken = self.right.try_take().await?.map(Arc::new);
        if let Some(right) = &taken {
            *held = Arc::downgrade(right);
        }
        Ok(taken)
    }

    /// Waits for the lock.
    pub(crate) async fn take(&self) -> Result<Arc<FilingGuard>, PortError> {
        loop {
            if let Some(right) = self.try_take().await? {
                return Ok(right);
            }
            tokio::time::sleep(ASKED_AGAIN).await;
        }
    }
}
