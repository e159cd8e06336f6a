//! Notifications about changes.

use async_trait::async_trait;

use super::PortError;

/// A notification to a follower of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Connected, and nothing changed since the last notification: a caller that has read all changes is up to date.
    Current,
    /// There are changes to read.
    Changed,
}

/// A subscription to a vault's changes. It reports that something changed, not what: documents are read only by
/// [`Records::changes`](super::Records::changes), in order and exactly once.
#[async_trait]
pub trait Following: Send {
    /// Waits for the next notification. The future may be dropped at any time, and `next` called again.
    ///
    /// # Errors
    /// [`PortError::TryLater`] if the connection broke; the next call reconnects and continues.
    async fn next(&mut self) -> Result<News, PortError>;
}

/// Follows a vault that only this computer changes: reports [`News::Current`] once, then nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Still {
    told: bool,
}

#[async_trait]
impl Following for Still {
    async fn next(&mut self) -> Result<News, PortError> {
        if self.told {
            std::future::pending::<()>().await;
        }
        self.told = true;
        Ok(News::Current)
    }
}
