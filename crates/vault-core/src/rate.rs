//! Limits how fast content is read back, so that the connection stays usable for others.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::progress::Progress;
use parking_lot::Mutex;

/// Unused time can be used later, up to this much: it makes up for waits that take slightly too long.
pub const CREDIT: Duration = Duration::from_millis(250);

/// How often a waiting reader checks for a stop request.
const SLICE: Duration = Duration::from_millis(100);

/// Monotonic time, and waiting; injected so that no test has to wait.
pub trait Stopwatch: Send + Sync {
    /// The time since an arbitrary moment.
    fn elapsed(&self) -> Duration;

    /// Blocks this thread for this time.
    fn wait(&self, time: Duration);
}

/// The system's monotonic clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemStopwatch(Instant);

impl Default for SystemStopwatch {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Stopwatch for SystemStopwatch {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A shared limit in bytes per second for all readers, adjustable at any time.
///
/// After each read, the reader waits until the bytes are paid for. So in any time `t`, readers read no more than `t`
/// plus [`CREDIT`] allows, plus one piece each; and a single reader that does nothing else is never slower than the
/// limit.
#[derive(Debug)]
pub struct RateLimit {
    /// 0 for no limit.
    per_second: AtomicU64,
    /// The time at which all bytes read so far are paid for.
    paid: Mutex<Duration>,
}

impl RateLimit {
    /// A limit in bytes per second; `None` for no limit.
    pub fn new(per_second: Option<NonZeroU64>) -> Self {
        let limit = Self { per_second: AtomicU64::default(), paid: Mutex::new(Duration::ZERO) };
        limit.set(per_second);
        limit
    }

    /// Changes the limit from now on.
    pub fn set(&self, per_second: Option<NonZeroU64>) {
        self.per_second.store(per_second.map_or(0, NonZeroU64::get), Ordering::Relaxed);
    }

    /// Records that `bytes` were read by `now`; returns how long the reader has to wait before it continues.
    pub fn take(&self, now: Duration, bytes: u64) -> Duration {
        let Some(per_second) = NonZeroU64::new(self.per_second.load(Ordering::Relaxed)) else { return Duration::ZERO };
        let nanos = u128::from(bytes) * 1_000_000_000 / u128::from(per_second.get());
        let cost = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
        let mut paid = self.paid.lock();
        *paid = (*paid).max(now.saturating_sub(CREDIT)).saturating_add(cost);
        paid.saturating_sub(now)
    }
}

/// Makes readers observe a limit.
#[derive(Clone)]
pub struct Throttle {
    limit: Arc<RateLimit>,
    watch: Arc<dyn Stopwatch>,
}

impl Default for Throttle {
    /// No limit.
    fn default() -> Self {
        Self::new(None)
    }
}

impl Throttle {
    /// At most `per_second` bytes per second, by the system's clock; `None` for no limit yet.
    pub fn new(per_second: Option<NonZeroU64>) -> Self {
        Self::by(per_second, Arc::new(SystemStopwatch::default()))
    }

    /// Like [`new`](Self::new), with another clock.
    pub fn by(per_second: Option<NonZeroU64>, watch: Arc<dyn Stopwatch>) -> Self {
        Self { limit: Arc::new(RateLimit::new(per_second)), watch }
    }

    /// Changes the limit from now on, for all readers that share it.
    pub fn set(&self, per_second: Option<NonZeroU64>) {
        self.limit.set(per_second);
    }

    /// Waits until `bytes` that were read are paid for, or a stop is requested.
    pub(crate) fn pay(&self, bytes: u64, progress: &Progress) {
        let mut left = self.limit.take(self.watch.elapsed(), bytes);
        while !left.is_zero() && !progress.stopped() {
            let now = left.min(SLICE);
            self.watch.wait(now);
            left -= now;
        }
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Throttle({:?} bytes a second)", self.limit.per_second)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limit(per_second: u64) -> RateLimit {
        RateLimit::new(Some(NonZeroU64::new(per_second).expect("a rate")))
    }

    /// The pieces each reader reads, with the time it spends on other work before each.
    fn readers() -> impl Strategy<Value = Vec<Vec<(u64, u64)>>> {
        let piece = (1..300_000_u64, prop_oneof![3 => Just(0), 1 => 0..2_000_000_000_u64]);
        proptest::collection::vec(proptest::collection::vec(piece, 1..12), 1..6)
    }

    /// When and how much was read: readers take turns as their waits end.
    fn read(limit: &RateLimit, readers: &[Vec<(u64, u64)>]) -> Vec<(Duration, u64)> {
        let start = |pieces: &Vec<(u64, u64)>| Duration::from_nanos(pieces.first().map_or(0, |(_, idle)| *idle));
        let mut next: Vec<(Duration, usize)> = readers.iter().map(|pieces| (start(pieces), 0)).collect();
        let mut taken = Vec::new();
        loop {
            let ready = (0..readers.len()).filter(|at| next[*at].1 < readers[*at].len()).min_by_key(|at| next[*at].0);
            let Some(reader) = ready else { return taken };
            let (now, piece) = next[reader];
            let bytes = readers[reader][piece].0;
            taken.push((now, bytes));
            let idle = readers[reader].get(piece + 1).map_or(0, |(_, idle)| *idle);
            next[reader] = (now + limit.take(now, bytes) + Duration::from_nanos(idle), piece + 1);
        }
    }

    proptest! {
        #[test]
        fn no_more_is_read_in_any_time_than_the_limit_allows(readers in readers(), rate in 1_000..5_000_000_u64) {
            let taken = read(&limit(rate), &readers);
            let largest: u64 = taken.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0);
            for from in 0..taken.len() {
                let mut bytes = 0;
                for (at, more) in &taken[from..] {
                    bytes += more;
                    let time = (at.saturating_sub(taken[from].0) + CREDIT).as_nanos();
                    let allowed = time * u128::from(rate) / 1_000_000_000 + u128::from(largest) * readers.len() as u128;
                    prop_assert!(u128::from(bytes) <= allowed + 1, "{bytes} of {allowed} in {time} ns");
                }
            }
        }

        #[test]
        fn whoever_only_reads_is_as_fast_as_the_limit(
            pieces in proptest::collection::vec(1..300_000_u64, 1..50),
            rate in 1_000..5_000_000_u64,
        ) {
            let limit = limit(rate);
            let mut now = Duration::from_secs(10);
            for bytes in &pieces {
                now += limit.take(now, *bytes);
            }
            let took = now.saturating_sub(Duration::from_secs(10));
            let all: u64 = pieces.iter().sum();
            let ideal = Duration::from_nanos(all * 1_000_000_000 / rate);
            let rounding = Duration::from_nanos(pieces.len() as u64);
            prop_assert!(took <= ideal && took + CREDIT + rounding >= ideal, "{took:?} {ideal:?}");
        }
    }

    #[test]
    fn what_nobody_used_is_not_saved_up() {
        let limit = limit(1000);
        let now = Duration::from_hours(1);
        assert_eq!(limit.take(now, 1000) + CREDIT, Duration::from_secs(1));
        // Any number of bytes, however large, results in a wait.
        assert!(limit.take(now, u64::MAX) > Duration::from_hours(1));
    }

    #[test]
    fn a_limit_is_changed_while_somebody_reads() {
        let limit = limit(1000);
        let now = Duration::from_hours(1);
        assert!(limit.take(now, 10_000) > Duration::from_secs(9));
        limit.set(None);
        assert_eq!(limit.take(now, u64::MAX), Duration::ZERO);
        limit.set(NonZeroU64::new(10_000));
        let later = now + Duration::from_hours(1);
        assert_eq!(limit.take(later, 10_000) + CREDIT, Duration::from_secs(1));
    }

    #[test]
    fn a_wait_ends_when_the_work_is_stopped() {
        struct Stopping(Arc<Progress>);
        impl Stopwatch for Stopping {
            fn elapsed(&self) -> Duration {
                Duration::ZERO
            }
            fn wait(&self, time: Duration) {
                assert!(time <= SLICE && !self.0.stopped(), "somebody waits on");
                self.0.stop();
            }
        }
        let progress = Arc::<Progress>::default();
        let one = NonZeroU64::MIN;
        Throttle::by(Some(one), Arc::new(Stopping(progress.clone()))).pay(1_000_000, &progress);
        assert!(progress.stopped());
    }
}
