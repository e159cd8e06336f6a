//! Detects a clock that is behind what is recorded.

use crate::model::Timestamp;
use crate::ports::PortError;
use crate::vault::Vault;

/// The largest difference between correctly set clocks, in milliseconds.
const TOLERATED: i64 = 2 * 60 * 1000;

/// This computer's clock is behind the newest entry of the vault: either the clock is wrong, or the one that made the
/// entry was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockBehind {
    /// The time of this computer's clock.
    pub clock: Timestamp,
    /// The time of the newest entry.
    pub newest: Timestamp,
}

impl Vault {
    /// Whether this computer's clock is behind the newest entry in the mirror; `None` if not.
    ///
    /// # Errors
    /// [`PortError`] if the mirror cannot be read.
    pub async fn clock_behind(&self) -> Result<Option<ClockBehind>, PortError> {
        let clock = self.clock.now();
        let newest = self.mirror.newest().await?.filter(|newest| newest.0.saturating_sub(clock.0) > TOLERATED);
        Ok(newest.map(|newest| ClockBehind { clock, newest }))
    }
}
