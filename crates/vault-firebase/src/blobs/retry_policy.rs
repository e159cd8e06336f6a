//! Timeouts and retries for the storage.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use parking_lot::Mutex;
use tokio::time::Instant;

/// Timeouts and retries for the firm's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many consecutive retries a request gets that had no response, or that the server was too busy for.
    pub repeats: usize,
    /// The first wait, on average; each wait is twice the previous one.
    pub first_wait: Duration,
    /// The longest wait. If a server asks for a longer one, no further attempt is made for now.
    pub longest_wait: Duration,
    /// Time limit of a request without content.
    pub answer: Duration,
    /// How long content being sent may stall.
    pub standstill: Duration,
    /// Seed for the jitter of the waits; random if absent.
    pub seed: Option<u64>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            repeats: 5,
            first_wait: Duration::from_millis(250),
            longest_wait: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            standstill: Duration::from_mins(1),
            seed: None,
        }
    }
}

/// Retries since the last progress; `None` until one is needed.
#[derive(Debug, Default)]
pub(super) struct Repeats(Option<ExponentialBackoff>);

impl Repeats {
    /// Progress was made: the next failure counts as the first.
    pub(super) fn got_on(&mut self) {
        self.0 = None;
    }
}

/// The waits for all requests to one server.
pub(super) struct Waits {
    pub(super) retry_policy: RetryPolicy,
    /// Back-offs so far: each has a seed of its own, so that requests that failed together differ even if the policy has
    /// a seed.
    begun: AtomicU64,
    /// The server asked for no requests until then.
    quiet_until: Mutex<Option<Instant>>,
}

impl Waits {
    pub(super) fn new(retry_policy: RetryPolicy) -> Self {
        Self { retry_policy, begun: AtomicU64::default(), quiet_until: Mutex::default() }
    }

    /// The waits from a first failure on. The jitter adds up to as much again to a wait, so it starts at two thirds of
    /// the average. It keeps computers that failed together from retrying together.
    fn back_off(&self) -> ExponentialBackoff {
        let RetryPolicy { repeats, first_wait, longest_wait, seed, .. } = self.retry_policy;
        let [first, longest] = [first_wait, longest_wait].map(|average| average * 2 / 3);
        let waits = ExponentialBuilder::new().with_jitter().with_min_delay(first).with_max_delay(longest);
        let waits = waits.with_max_times(repeats);
        match seed {
            Some(seed) => waits.with_jitter_seed(seed.wrapping_add(self.begun.fetch_add(1, Ordering::Relaxed))).build(),
            None => waits.build(),
        }
    }

    /// Waits before the next attempt; `asked` is the delay the server asked for. `false` if there are no attempts left,
    /// or the delay is longer than a caller should wait here.
    pub(super) async fn again(&self, repeats: &mut Repeats, asked: Option<Duration>) -> bool {
        if let Some(asked) = asked {
            let until = Instant::now() + asked;
            let mut quiet = self.quiet_until.lock();
            *quiet = Some(quiet.map_or(until, |before| before.max(until)));
        }
        let Some(wait) = repeats.0.get_or_insert_with(|| self.back_off()).next() else {
            tracing::info!("the storage is not asked again for now");
            return false;
        };
        let wait = wait.min(self.retry_policy.longest_wait);
        let asked_ms = asked.map(|asked| asked.as_millis());
        tracing::debug!(delay_ms = wait.as_millis(), asked_ms, "the storage is asked again");
        tokio::time::sleep(wait).await;
        self.until_quiet_is_over().await
    }

    /// Waits while the server asks for no requests; `false` if that is too long.
    pub(super) async fn until_quiet_is_over(&self) -> bool {
        let until = *self.quiet_until.lock();
        let Some(until) = until.filter(|until| *until > Instant::now()) else { return true };
        if until > Instant::now() + self.retry_policy.longest_wait {
            return false;
        }
        tokio::time::sleep_until(until).await;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The waits until there are no attempts left.
    async fn waits(seed: u64) -> Vec<Duration> {
        let waits = Waits::new(RetryPolicy { seed: Some(seed), ..RetryPolicy::default() });
        let (mut repeats, mut taken) = (Repeats::default(), Vec::new());
        loop {
            let begun = Instant::now();
            if !waits.again(&mut repeats, None).await {
                return taken;
            }
            taken.push(begun.elapsed());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn waits_double_from_the_first_with_random_jitter() {
        let retry_policy = RetryPolicy::default();
        for seed in 0..50 {
            let taken = waits(seed).await;
            assert_eq!(taken.len(), 5);
            for (at, wait) in (0..).zip(&taken) {
                let usual = retry_policy.first_wait * (1 << at);
                let rounding = Duration::from_millis(1);
                assert!(*wait + rounding >= usual * 2 / 3 && *wait <= usual * 4 / 3 + rounding, "{taken:?}");
            }
        }
        assert_eq!(waits(1).await, waits(1).await);
        assert_ne!(waits(1).await, waits(2).await);
    }

    #[tokio::test(start_paused = true)]
    async fn progress_resets_the_waits_and_two_requests_with_one_seed_differ() {
        let waits = Waits::new(RetryPolicy { seed: Some(7), repeats: 1, ..RetryPolicy::default() });
        let (mut one, mut other) = (Repeats::default(), Repeats::default());
        let mut taken = Vec::new();
        for repeats in [&mut one, &mut other] {
            let begun = Instant::now();
            assert!(waits.again(repeats, None).await);
            taken.push(begun.elapsed());
        }
        assert_ne!(taken[0], taken[1]);
        assert!(!waits.again(&mut one, None).await);
        one.got_on();
        assert!(waits.again(&mut one, None).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_requested_by_the_server_applies_to_all_requests() {
        let waits = Waits::new(RetryPolicy::default());
        let begun = Instant::now();
        assert!(waits.again(&mut Repeats::default(), Some(Duration::from_secs(9))).await);
        assert!(begun.elapsed() >= Duration::from_secs(9));
        assert!(!waits.again(&mut Repeats::default(), Some(Duration::from_mins(1))).await);
        assert!(!waits.until_quiet_is_over().await, "everybody else waits, too");
        tokio::time::advance(Duration::from_mins(1)).await;
        assert!(waits.until_quiet_is_over().await);
    }
}
