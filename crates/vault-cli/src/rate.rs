//! How fast something goes, and how long it will still take.

use std::time::Duration;

/// Nothing is said of the time left before this long: the first files say little about the rest.
const KNOWN_AFTER: Duration = Duration::from_millis(1500);

/// How quickly what happened long ago is forgotten.
const MEMORY: Duration = Duration::from_secs(4);

/// A rate that follows what happens, smoothed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rate {
    /// When and where it stood last.
    last: Option<(Duration, u64)>,
    per_second: Option<f64>,
}

impl Rate {
    /// Takes in that `done` were done after `at`.
    pub(crate) fn take(&mut self, at: Duration, done: u64) {
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
    pub(crate) fn per_second(&self) -> Option<u64> {
        self.per_second.map(|rate| rate as u64).filter(|rate| *rate > 0)
    }

    /// How many seconds the rest will take, once that is known.
    pub(crate) fn left(&self, rest: u64) -> Option<u64> {
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
    fn two_looks_at_once_change_nothing() {
        let rate = after(&[(0, 0), (2000, 200), (2000, 200)]);
        assert_eq!(rate.per_second(), Some(100));
    }
}
