//! How long a file waits before it is retried automatically.

use super::delivery::Delivery;
use crate::model::Timestamp;

/// The wait after the first attempt, on average, in milliseconds; each is twice the last.
const FIRST: u64 = 10_000;

/// The longest wait, on average, in milliseconds.
const LONGEST: u64 = 15 * 60_000;

/// How often a file that another program keeps locked is tried before the user is asked to close it there: for about
/// five minutes.
pub(super) const LOCKED: u32 = 5;

impl Delivery<'_> {
    /// When to retry a file that failed so many times.
    pub(super) fn again_at(&self, attempts: u32) -> Timestamp {
        let (_, chance) = self.vault.clock.unique().as_u64_pair();
        let wait = i64::try_from(wait(attempts, chance)).unwrap_or(i64::MAX);
        Timestamp(self.vault.clock.now().0.saturating_add(wait))
    }

    /// How many milliseconds from now that is, for the log.
    pub(super) fn in_ms(&self, until: Timestamp) -> i64 {
        until.0.saturating_sub(self.vault.clock.now().0)
    }
}

/// The wait in milliseconds: between half and one and a half times the average, depending on `chance`, so that files
/// that failed together are not retried together.
fn wait(attempts: u32, chance: u64) -> u64 {
    let average = FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(LONGEST);
    let part = (chance & 0xFFFF) * average / 0x1_0000;
    average / 2 + part
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_double_up_to_a_quarter_of_an_hour_and_differ_by_chance(attempts in 1_u32.., chance: u64) {
            let average = (0..attempts.min(30) - 1).fold(FIRST, |wait, _| (wait * 2).min(LONGEST));
            let taken = wait(attempts, chance);
            prop_assert!(taken >= average / 2 && taken <= average * 3 / 2, "{taken} around {average}");
            prop_assert!(wait(attempts, 0) < wait(attempts, u64::MAX));
        }
    }
}
