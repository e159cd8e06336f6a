//! A running operation, and its progress.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio::time::{Interval, MissedTickBehavior};
use vault_core::{Pace, ProgressSample};

use crate::status::Speed;

/// How often the numbers of a job are published.
const TICK: Duration = Duration::from_millis(250);

/// A running operation whose progress is polled.
pub(crate) struct Watched<T> {
    task: JoinHandle<T>,
    tick: Interval,
    since: Instant,
    pace: Pace,
}

impl<T: Send + 'static> Watched<T> {
    /// Starts it on a task of its own, so that polling does not block it.
    pub(crate) fn begin(doing: impl Future<Output = T> + Send + 'static) -> Self {
        let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + TICK, TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let task = tokio::spawn(doing);
        Self { task, tick, since: Instant::now(), pace: Pace::default() }
    }

    /// Waits until it is done; `None` when it is time to publish the progress.
    pub(crate) async fn done(&mut self) -> Option<T> {
        tokio::select! {
            done = &mut self.task => Some(match done {
                Ok(done) => done,
                Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
                // The runtime is shutting down, and this with it.
                Err(_) => std::future::pending().await,
            }),
            _ = self.tick.tick() => None,
        }
    }

    /// Records its progress; returns bytes a second and seconds left, as far as known.
    pub(crate) fn pace(&mut self, now: ProgressSample) -> Speed {
        self.pace.take(self.since.elapsed(), now);
        (self.pace.bytes_per_second(), self.pace.seconds_left(now))
    }
}
