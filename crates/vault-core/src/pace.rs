//! How fast something goes, and how long it will still take.

use std::time::Duration;

use crate::intake::IntakeCounts;
use crate::progress::ProgressCounts;

/// Nothing is said of the time left before this long: the first files say little about the rest.
const KNOWN_AFTER: Duration = Duration::from_millis(1500);

/// How quickly what happened long ago is forgotten.
const MEMORY: Duration = Duration::from_secs(4);

/// How far some work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressSample {
    /// Files that are done.
    pub files: u64,
    /// Bytes that are done.
    pub bytes: u64,
    /// Files and bytes in all, once they are known.
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

/// How fast some work goes: to be told every so often how far it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    bytes: Rate,
    files: Rate,
}

impl Pace {
    /// Takes in how far the work was after `at` of it.
    pub fn take(&mut self, at: Duration, now: ProgressSample) {
        self.bytes.take(at, now.bytes);
        self.files.take(at, now.files);
    }

    /// Bytes a second, smoothed; none until that is known, and while nothing moves.
    pub fn bytes_per_second(&self) -> Option<u64> {
        self.bytes.per_second()
    }

    /// Seconds that are left; none until everything is listed and the pace is known.
    pub fn seconds_left(&self, now: ProgressSample) -> Option<u64> {
        let (files, bytes) = now.total?;
        // Whichever takes longer decides: a million empty files take their time, too.
        let left = [self.bytes.left(bytes.saturating_sub(now.bytes)), self.files.left(files.saturating_sub(now.files))];
        left.into_iter().flatten().max()
    }
}

/// A rate that follows what happens, smoothed.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    /// When and where it stood last.
    last: Option<(Duration, u64)>,
    per_second: Option<f64>,
}

impl Rate {
    /// Takes in that `done` were done after `at`.
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

    /// How many a second.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and rounded anyway")]
    fn per_second(&self) -> Option<u64> {
        self.per_second.map(|rate| rate as u64).filter(|rate| *rate > 0)
    }

    /// How many seconds the rest will take, once that is known.
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
