//! The speed of some work, and the time it still needs.

use std::time::Duration;

use crate::intake::IntakeCounts;
use crate::progress::ProgressCounts;

/// No estimate is given before this time: the first files say little about the rest.
const KNOWN_AFTER: Duration = Duration::from_millis(1500);

/// How quickly the smoothed rate adapts.
const MEMORY: Duration = Duration::from_secs(4);

/// The progress of some work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressSample {
    /// Files that are done.
    pub files: u64,
    /// Bytes that are done.
    pub bytes: u64,
    /// Total files and bytes, once they are known.
    pub total: Option<(u64, u64)>,
}

impl From<IntakeCounts> for ProgressSample {
    fn from(now: IntakeCounts) -> Self {
        Self { files: now.read, bytes: now.bytes_read, total: now.listed.then_some((now.found, now.bytes)) }
    }
}

impl From<ProgressCounts> for ProgressSample {
    fn from(now: ProgressCounts) -> Self {
        let total = (now.files > 0).then_some((now.files, now.bytes));
        Self { files: now.files_done, bytes: now.bytes_done, total }
    }
}

/// The speed of some work, from regular progress samples.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    bytes: Rate,
    files: Rate,
}

impl Pace {
    /// Adds a sample that was taken `at` this time since the start of the work.
    pub fn take(&mut self, at: Duration, now: ProgressSample) {
        self.bytes.take(at, now.bytes);
        self.files.take(at, now.files);
    }

    /// Bytes per second, smoothed; `None` until that is known, and while nothing moves.
    pub fn bytes_per_second(&self) -> Option<u64> {
        self.bytes.per_second()
    }

    /// Remaining seconds; `None` until everything is listed and the speed is known.
    pub fn seconds_left(&self, now: ProgressSample) -> Option<u64> {
        let (files, bytes) = now.total?;
        // The slower of the two decides: a million empty files take time, too.
        let left = [self.bytes.left(bytes.saturating_sub(now.bytes)), self.files.left(files.saturating_sub(now.files))];
        left.into_iter().flatten().max()
    }
}

/// A smoothed rate.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    /// Time and value of the last sample.
    last: Option<(Duration, u64)>,
    per_second: Option<f64>,
}

impl Rate {
    /// Adds the sample that `done` were done `at` this time.
    fn take(&mut self, at: Duration, done: u64) {
        let Some((before, had)) = self.last.replace((at, done)) else { return };
        let seconds = at.saturating_sub(before).as_secs_f64();
        if seconds <= 0.0 {
            self.last = Some((before, had));
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        let now = done.saturating_sub(had) as f64 / seconds;
        let weight = 1.0 - (-seconds / MEMORY.as_secs_f64()).exp();
        self.per_second = Some(self.per_second.map_or(now, |so_far| so_far + (now - so_far) * weight));
    }

    /// The rate per second.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and rounded anyway")]
    fn per_second(&self) -> Option<u64> {
        self.per_second.map(|rate| rate as u64).filter(|rate| *rate > 0)
    }

    /// The seconds needed for the rest, once that is known.
    fn left(&self, rest: u64) -> Option<u64> {
        let (at, _) = self.last?;
        let rate = self.per_second()?;
        (at >= KNOWN_AFTER).then(|| rest.div_ceil(rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: &[(u64, u64)]) -> Rate {
        let mut rate = Rate::default();
        for (millis, done) in steps {
            rate.take(Duration::from_millis(*millis), *done);
        }
        rate
    }

    #[test]
    fn nothing_is_said_before_anything_is_known() {
        assert_eq!(after(&[]).left(10), None);
        assert_eq!(after(&[(0, 0), (1000, 100)]).left(10), None);
        assert_eq!(after(&[(0, 0), (2000, 0)]).left(10), None);
    }

    #[test]
    fn an_even_pace_gives_the_time_left() {
        let rate = after(&[(0, 0), (1000, 100), (2000, 200)]);
        assert_eq!(rate.per_second(), Some(100));
        assert_eq!(rate.left(250), Some(3));
    }

    #[test]
    fn it_follows_a_change_of_pace() {
        let steps: Vec<(u64, u64)> =
            (0..100).map(|s| (s * 1000, if s < 50 { s * 100 } else { 5000 + (s - 50) * 10 })).collect();
        assert_eq!(after(&steps).per_second(), Some(10));
    }

    #[test]
    fn no_time_left_is_known_until_everything_is_listed_and_then_the_slower_decides() {
        let mut pace = Pace::default();
        let mut now = ProgressSample { files: 0, bytes: 0, total: None };
        pace.take(Duration::ZERO, now);
        now = ProgressSample { files: 20, bytes: 2000, total: None };
        pace.take(Duration::from_secs(2), now);
        assert_eq!((pace.bytes_per_second(), pace.seconds_left(now)), (Some(1000), None));
        assert_eq!(pace.seconds_left(ProgressSample { total: Some((30, 9000)), ..now }), Some(7));
        assert_eq!(pace.seconds_left(ProgressSample { total: Some((120, 9000)), ..now }), Some(10));
    }

    #[test]
    fn two_looks_at_once_change_nothing() {
        let rate = after(&[(0, 0), (2000, 200), (2000, 200)]);
        assert_eq!(rate.per_second(), Some(100));
    }
}
