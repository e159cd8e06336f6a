//! How long the storage is waited for, and how often it is asked again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long the firm's storage is waited for, and how often it is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often in a row a request is made again that got no answer, or that the server was too busy for.
    pub repeats: u32,
    /// The wait before the first of them, on average; each wait is twice the last.
    pub first_wait: Duration,
    /// The longest wait. A server that asks for a longer one is left alone altogether, for now.
    pub longest_wait: Duration,
    /// How long a question without content may take.
    pub answer: Duration,
    /// How long content on its way may stand still.
    pub standstill: Duration,
    /// What the lengths of the waits are drawn from; by chance if there is none.
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

/// How often something was repeated since it last got on.
#[derive(Debug, Default)]
pub(super) struct Repeats(u32);

impl Repeats {
    /// It got on: the next failure is a first one.
    pub(super) fn got_on(&mut self) {
        self.0 = 0;
    }
}

/// The waits of everything that is sent to one server.
pub(super) struct Waits {
    pub(super) retry_policy: RetryPolicy,
    chance: Mutex<fastrand::Rng>,
    /// The server asked to be left alone until then.
    quiet_until: Mutex<Option<Instant>>,
}

impl Waits {
    pub(super) fn new(retry_policy: RetryPolicy) -> Self {
        let chance = retry_policy.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self { retry_policy, chance: Mutex::new(chance), quiet_until: Mutex::default() }
    }

    /// Waits for the time to try again; `asked` is what the server asked for. `false` if it was tried often enough, or
    /// the server wants to be left alone for longer than anybody should wait here.
    pub(super) async fn again(&self, repeats: &mut Repeats, asked: Option<Duration>) -> bool {
        if let Some(asked) = asked {
            let until = Instant::now() + asked;
            let mut quiet = self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
            *quiet = Some(quiet.map_or(until, |before| before.max(until)));
        }
        if repeats.0 >= self.retry_policy.repeats {
            return false;
        }
        let whole =
            self.retry_policy.first_wait.saturating_mul(1 << repeats.0.min(16)).min(self.retry_policy.longest_wait);
        repeats.0 += 1;
        // Between half and one and a half of it, so that computers which failed together do not come back together.
        let part = 0.5 + self.chance.lock().unwrap_or_else(PoisonError::into_inner).f64();
        tokio::time::sleep(whole.mul_f64(part).min(self.retry_policy.longest_wait)).await;
        self.until_quiet_is_over().await
    }

    /// Waits while the server wants to be left alone; `false` if that is too long.
    pub(super) async fn until_quiet_is_over(&self) -> bool {
        let until = *self.quiet_until.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// The waits until it is given up.
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
