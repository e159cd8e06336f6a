//! Timeouts and retries for the storage.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

/// Timeouts and retries for the firm's storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many consecutive retries a request gets that had no response, or that the server was too busy for.
    pub repeats: u32,
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

/// Retries since the last progress.
#[derive(Debug, Default)]
pub(super) struct Repeats(u32);

impl Repeats {
    /// Progress was made: the next failure counts as the first.
    pub(super) fn got_on(&mut self) {
        self.0 = 0;
    }
}

/// The waits for all requests to one server.
pub(super) struct Waits {
    pub(super) retry_policy: RetryPolicy,
    chance: Mutex<fastrand::Rng>,
    /// The server asked for no requests until then.
    quiet_until: Mutex<Option<Instant>>,
}

impl Waits {
    pub(super) fn new(retry_policy: RetryPolicy) -> Self {
        let chance = retry_policy.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self { retry_policy, chance: Mutex::new(chance), quiet_until: Mutex::default() }
    }

    /// Waits before the next attempt; `asked` is the delay the server asked for. `false` if there are no attempts left,
    /// or the delay is longer than a caller should wait here.
    pub(super) async fn again(&self, repeats: &mut Repeats, asked: Option<Duration>) -> bool {
        if let Some(asked) = asked {
            let until = Instant::now() + asked;
            let mut quiet = self.quiet_until.lock();
            *quiet = Some(quiet.map_or(until, |before| before.max(until)));
        }
        if repeats.0 >= self.retry_policy.repeats {
            tracing::info!(attempts = repeats.0 + 1, "the storage is not asked again for now");
            return false;
        }
        let whole =
            self.retry_policy.first_wait.saturating_mul(1 << repeats.0.min(16)).min(self.retry_policy.longest_wait);
        repeats.0 += 1;
        // Between half and one and a half of it, so that computers that failed together do not retry together.
        let part = 0.5 + self.chance.lock().f64();
        let wait = whole.mul_f64(part).min(self.retry_policy.longest_wait);
        let asked_ms = asked.map(|asked| asked.as_millis());
        tracing::debug!(attempt = repeats.0, delay_ms = wait.as_millis(), asked_ms, "the storage is asked again");
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
    async fn waits_double_around_the_first_and_differ_by_chance() {
        let retry_policy = RetryPolicy::default();
        for seed in 0..50 {
            let taken = waits(seed).await;
            assert_eq!(taken.len(), 5);
            for (at, wait) in (0..).zip(&taken) {
                let usual = retry_policy.first_wait * (1 << at);
                assert!(*wait >= usual / 2 && *wait <= usual * 3 / 2 + Duration::from_millis(1), "{taken:?}");
            }
        }
        assert_eq!(waits(1).await, waits(1).await);
        assert_ne!(waits(1).await, waits(2).await);
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_server_asks_for_holds_for_all() {
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
