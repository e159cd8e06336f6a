//! The filing lock: on one computer, one program files at a time.

use std::any::Any;
use std::fmt;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::PortError;

/// How often to retry taking a lock that another program holds. A thread that blocked on the lock could not be
/// cancelled.
const ASKED_AGAIN: Duration = Duration::from_millis(200);

/// Held while drops are filed; released when dropped, or when the program ends for any reason.
pub struct FilingGuard(#[expect(dead_code, reason = "it is there to be dropped")] Box<dyn Any + Send + Sync>);

impl FilingGuard {
    /// The lock is held for as long as `held` lives.
    pub fn new(held: impl Any + Send + Sync) -> Self {
        Self(Box::new(held))
    }
}

impl fmt::Debug for FilingGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilingGuard")
    }
}

/// The filing lock. Several programs may have a vault open at once; only one of them files.
#[async_trait]
pub trait FilingLock: Send + Sync {
    /// Takes the lock; `None` if another program holds it.
    async fn try_take(&self) -> Result<Option<FilingGuard>, PortError>;

    /// Waits for the lock. To stop waiting, drop the future.
    async fn take(&self) -> Result<FilingGuard, PortError> {
        let since = Instant::now();
        let mut waits = false;
        loop {
            if let Some(right) = self.try_take().await? {
                tracing::debug!(waited_ms = since.elapsed().as_millis(), "the filing lock is taken");
                return Ok(right);
            }
            if !std::mem::replace(&mut waits, true) {
                tracing::info!("another program holds the filing lock; this one waits");
            }
            tokio::time::sleep(ASKED_AGAIN).await;
        }
    }
}
