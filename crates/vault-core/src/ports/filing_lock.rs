//! The right to file: one program on a computer files at a time.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use super::PortError;

/// How often a right that somebody else has is asked for again. A thread that waits for it instead could not be told
/// to stop waiting.
const ASKED_AGAIN: Duration = Duration::from_millis(200);

/// Held while drops are filed; given back when it is dropped or the program ends, however it ends.
pub struct FilingGuard(#[expect(dead_code, reason = "it is there to be dropped")] Box<dyn Any + Send + Sync>);

impl FilingGuard {
    /// The right is held for as long as `held` is.
    pub fn new(held: impl Any + Send + Sync) -> Self {
        Self(Box::new(held))
    }
}

impl fmt::Debug for FilingGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilingGuard")
    }
}

/// Who may file now. Several programs may have a vault open at once; one at a time files.
#[async_trait]
pub trait FilingLock: Send + Sync {
    /// Takes the right, if no other program has it; `None` otherwise.
    async fn try_take(&self) -> Result<Option<FilingGuard>, PortError>;

    /// Waits for the right. To stop waiting, drop the future.
    async fn take(&self) -> Result<FilingGuard, PortError> {
        loop {
            if let Some(right) = self.try_take().await? {
                return Ok(right);
            }
            tokio::time::sleep(ASKED_AGAIN).await;
        }
    }
}
