//! Being told when something changed.

use async_trait::async_trait;

use super::PortError;

/// What somebody who follows a vault is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The connection stands, and there is nothing beyond what was told: whoever has read the changes is up to date.
    Current,
    /// There are changes to read.
    Changed,
}

/// A vault being followed. It tells that something changed and not what: [`Records::changes`](super::Records::changes)
/// stays the one way documents come in, in order and exactly once.
#[async_trait]
pub trait Following: Send {
    /// Waits for news. May be given up at any time and called again.
    ///
    /// # Errors
    /// [`PortError::TryLater`] if the connection broke off; calling again connects anew and goes on from there.
    async fn next(&mut self) -> Result<News, PortError>;
}

/// A vault that does not change by itself.
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
