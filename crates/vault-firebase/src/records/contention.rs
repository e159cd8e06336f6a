//! Retrying after conflicts with other writers, for a limited time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// The limit for retries, and so for the caller's wait; a commit on a busy server takes seconds.
const BUDGET: Duration = Duration::from_mins(1);

/// The first wait, on average; each is twice the previous one.
const FIRST: Duration = Duration::from_millis(20);

/// The longest wait, on average.
const LONGEST: Duration = Duration::from_secs(2);

/// Counts retries and their time. Of several conflicting writers, one succeeds each time; so attempts are limited by
/// time alone: with many writers, many are needed.
pub(super) struct Contention {
    since: Instant,
    tries: u32,
}

impl Contention {
    /// Starts with the first attempt.
    pub(super) fn new() -> Self {
        Self { since: Instant::now(), tries: 0 }
    }

    /// Whether nothing was retried yet.
    pub(super) const fn is_first(&self) -> bool {
        self.tries == 0
    }

    /// Waits for the other writers: longer each time, with jitter. `false` once the time is over.
    pub(super) async fn again(&mut self) -> bool {
        let average = FIRST.saturating_mul(1 << self.tries.min(16)).min(LONGEST);
        let wait = average.mul_f64(0.5 + fastrand::f64());
        self.tries += 1;
        if self.since.elapsed() + wait > BUDGET {
            return false;
        }
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
