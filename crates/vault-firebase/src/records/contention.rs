//! Retrying after conflicts with other writers, for a limited time.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::{Instant, sleep};

/// The limit for retries, and so for the caller's wait; a commit on a busy server takes seconds.
const BUDGET: Duration = Duration::from_mins(1);

/// The first wait, without its jitter, which is at most as long again.
const FIRST: Duration = Duration::from_millis(13);

/// The longest wait, without its jitter.
const LONGEST: Duration = Duration::from_millis(1300);

/// Each wait is twice the previous one. Without jitter, writers that met once would meet again.
const WAITS: ExponentialBuilder =
    ExponentialBuilder::new().with_jitter().with_min_delay(FIRST).with_max_delay(LONGEST).without_max_times();

/// Counts retries and their time. Of several conflicting writers, one succeeds each time; so attempts are limited by
/// time alone: with many writers, many are needed.
pub(super) struct Contention {
    since: Instant,
    waits: ExponentialBackoff,
    retried: bool,
}

impl Contention {
    /// Starts with the first attempt.
    pub(super) fn new() -> Self {
        Self { since: Instant::now(), waits: WAITS.build(), retried: false }
    }

    /// Whether nothing was retried yet.
    pub(super) const fn is_first(&self) -> bool {
        !self.retried
    }

    /// Waits for the other writers: longer each time, with jitter. `false` once the time is over.
    pub(super) async fn again(&mut self) -> bool {
        self.retried = true;
        // The budget includes the attempts themselves, so it is not the back-off that keeps it.
        let left = BUDGET.saturating_sub(self.since.elapsed());
        let Some(wait) = self.waits.next().filter(|wait| *wait <= left) else { return false };
        sleep(wait).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_commit_is_retried_until_the_deadline_and_no_longer() {
        let began = Instant::now();
        let mut contention = Contention::new();
        assert!(contention.is_first());
        let mut waits = Vec::new();
        loop {
            let before = Instant::now();
            if !contention.again().await {
                break;
            }
            waits.push(before.elapsed());
        }
        assert!(!contention.is_first());
        assert!(began.elapsed() <= BUDGET, "{:?}", began.elapsed());
        assert!(waits.len() >= 20, "a crowd needs more than {} attempts", waits.len());
        assert!(waits[0] <= FIRST * 2, "the first wait is short: {:?}", waits[0]);
        assert!(waits.iter().all(|wait| *wait <= LONGEST * 2), "{waits:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn contending_writers_retry_at_different_times() {
        let mut waits = std::collections::BTreeSet::new();
        for _ in 0..20 {
            let before = Instant::now();
            assert!(Contention::new().again().await);
            waits.insert(before.elapsed());
        }
        assert!(waits.len() > 1, "{waits:?}");
    }
}
