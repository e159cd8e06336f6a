//! How long a file waits before it is retried automatically.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};

use super::QueuedDrop;
use crate::model::Timestamp;

/// The wait after the first attempt, without its jitter, which is at most as long again: 10 seconds on average.
const FIRST: Duration = Duration::from_millis(6_667);

/// The longest wait, without its jitter: a quarter of an hour on average.
const LONGEST: Duration = Duration::from_mins(10);

/// Each wait is twice the last.
const WAITS: ExponentialBuilder =
    ExponentialBuilder::new().with_jitter().with_min_delay(FIRST).with_max_delay(LONGEST).without_max_times();

/// After so many attempts, the wait is the longest.
const GROWN: usize = 10;

/// How often a file that another program keeps locked is tried before the user is asked to close it there: for about
/// five minutes.
pub(crate) const LOCKED: u32 = 5;

impl QueuedDrop<'_> {
    /// When to retry a file that failed so many times.
    pub(crate) fn again_at(&self, attempts: u32) -> Timestamp {
        let (_, chance) = self.context.clock.unique().as_u64_pair();
        let wait = i64::try_from(wait(attempts, chance).as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.context.clock.now().0.saturating_add(wait))
    }

    /// How many milliseconds from now that is, for the log.
    pub(crate) fn in_ms(&self, until: Timestamp) -> i64 {
        until.0.saturating_sub(self.context.clock.now().0)
    }
}

/// The wait after so many attempts. It depends on `chance`, so that files that failed together are not retried together.
fn wait(attempts: u32, chance: u64) -> Duration {
    let before = usize::try_from(attempts.saturating_sub(1)).unwrap_or(GROWN).min(GROWN);
    WAITS.with_jitter_seed(chance).build().nth(before).unwrap_or(LONGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_double_up_to_a_quarter_of_an_hour_and_differ_by_chance(attempts in 1_u32.., chance: u64) {
            let least = (0..attempts.min(30) - 1).fold(FIRST, |wait, _| (wait * 2).min(LONGEST));
            let taken = wait(attempts, chance);
            let rounding = Duration::from_millis(1);
            prop_assert!(taken + rounding >= least && taken <= least * 2 + rounding, "{taken:?} from {least:?}");
            prop_assert_eq!(taken, wait(attempts, chance));
            prop_assert_ne!(taken, wait(attempts, chance.wrapping_add(1)));
        }
    }
}
