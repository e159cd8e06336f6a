//! A clock that stands before what is recorded.

use crate::model::Timestamp;
use crate::ports::PortError;
use crate::vault::Vault;

/// Clocks of computers that are set right differ by less, in milliseconds.
const TOLERATED: i64 = 2 * 60 * 1000;

/// The clock of this computer stands before the newest entry of the vault: one of the two was made with a wrong clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockBehind {
    /// What the clock says.
    pub clock: Timestamp,
    /// The time of the newest entry.
    pub newest: Timestamp,
}

impl Vault {
    /// Whether the clock of this computer stands before the newest entry that the copy has.
    ///
    /// # Errors
    /// [`PortError`] if the copy cannot be read.
    pub async fn clock_behind(&self) -> Result<Option<ClockBehind>, PortError> {
        let clock = self.clock.now();
        let newest = self.mirror.newest().await?.filter(|newest| newest.0.saturating_sub(clock.0) > TOLERATED);
        Ok(newest.map(|newest| ClockBehind { clock, newest }))
    }
}
