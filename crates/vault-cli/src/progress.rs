//! Progress for a user at a terminal: a line that is redrawn ten times a second.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use vault_core::intake::IntakeProgress;
use vault_core::{Pace, Progress, ProgressSample};

use crate::format::{count, size, span};
use crate::interrupt::Interrupt;

const TICK: Duration = Duration::from_millis(100);

/// Characters of the bar.
const WIDTH: usize = 24;

/// Work whose progress can be read and that can be stopped.
pub(crate) trait Work: Send + Sync + 'static {
    /// Its progress.
    fn look(&self) -> ProgressSample;
    /// Requests a stop.
    fn stop(&self);
}

impl Work for IntakeProgress {
    fn look(&self) -> ProgressSample {
        self.counts().into()
    }

    fn stop(&self) {
        Self::stop(self);
    }
}

impl Work for Progress {
    fn look(&self) -> ProgressSample {
        self.counts().into()
    }

    fn stop(&self) {
        Self::stop(self);
    }
}

/// A line on the terminal, until it is dropped.
pub(crate) struct Line {
    end: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Line {
    /// Draws the progress of `work`, and whether it is being stopped.
    pub(crate) fn draw(phase: &'static str, work: Arc<dyn Work>, interrupt: Interrupt) -> Self {
        let (end, ended) = mpsc::channel();
        let drawing = std::thread::spawn(move || {
            let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{prefix:.bold} {wide_msg}") {
                line.set_style(style);
            }
            let mut drawn = Drawn { since: Instant::now(), pace: Pace::default() };
            let mut said = "";
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let now = if interrupt.asked() { "Stopping" } else { phase };
                if said != now {
                    line.set_prefix(now);
                    said = now;
                }
                drawn.tick(&line, work.look());
            }
            line.finish_and_clear();
        });
        Self { end: Some(end), drawing: Some(drawing) }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(drawing) = self.drawing.take() {
            // Failing to draw a line is no error.
            let _ = drawing.join();
        }
    }
}

struct Drawn {
    since: Instant,
    pace: Pace,
}

impl Drawn {
    fn tick(&mut self, line: &ProgressBar, now: ProgressSample) {
        self.pace.take(self.since.elapsed(), now);
        let text = describe(now, self.pace);
        line.set_message(part(now).map_or(text.clone(), |part| format!("[{}] {text}", drawn(part))));
    }
}

/// The progress, of [`WIDTH`]: by bytes if there are any to count, otherwise by files.
fn part(now: ProgressSample) -> Option<usize> {
    let (files, bytes) = now.total?;
    let (done, all) = if bytes > 0 { (now.bytes, bytes) } else { (now.files, files) };
    let part = u128::from(done.min(all)) * (WIDTH as u128) / u128::from(all.max(1));
    usize::try_from(part).ok()
}

fn drawn(part: usize) -> String {
    let head = if part < WIDTH { ">" } else { "" };
    format!("{:<WIDTH$}", format!("{}{head}", "=".repeat(part)))
}

fn describe(now: ProgressSample, pace: Pace) -> String {
    let mut parts = Vec::with_capacity(4);
    match now.total {
        Some((all_files, all_bytes)) => {
            parts.push(format!("{} of {} files", count(now.files), count(all_files)));
            if all_bytes > 0 {
                parts.push(format!("{} of {}", size(now.bytes), size(all_bytes)));
            }
        }
        None => parts.extend([format!("{} files", count(now.files)), size(now.bytes)]),
    }
    parts.extend(pace.bytes_per_second().map(|rate| format!("{}/s", size(rate))));
    parts.extend(pace.seconds_left(now).map(|seconds| format!("{} left", span(seconds))));
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(bytes: u64, files: u64) -> Pace {
        let mut pace = Pace::default();
        pace.take(Duration::ZERO, ProgressSample { files: 0, bytes: 0, total: None });
        pace.take(Duration::from_secs(2), ProgressSample { files: 2 * files, bytes: 2 * bytes, total: None });
        pace
    }

    #[test]
    fn no_time_left_is_shown_until_everything_is_listed() {
        let now = ProgressSample { files: 1240, bytes: 182_000_000, total: None };
        assert_eq!(describe(now, pace(91_000_000, 620)), "1,240 files · 182 MB · 91.0 MB/s");
        assert_eq!(part(now), None);
    }

    #[test]
    fn progress_shows_done_total_rate_and_time_left() {
        let now = ProgressSample { files: 100, bytes: 50_000_000, total: Some((400, 200_000_000)) };
        let text = "100 of 400 files · 50.0 MB of 200 MB · 25.0 MB/s · 6 s left";
        assert_eq!(describe(now, pace(25_000_000, 50)), text);
        assert_eq!(part(now), Some(6));
        assert_eq!(drawn(6), "======>                 ");
    }

    #[test]
    fn a_drop_with_nothing_new_counts_files() {
        let now = ProgressSample { files: 100, bytes: 0, total: Some((400, 0)) };
        assert_eq!(describe(now, pace(0, 50)), "100 of 400 files · 6 s left");
        assert_eq!(part(now), Some(6));
        assert_eq!(drawn(WIDTH), "=".repeat(WIDTH));
    }
}
