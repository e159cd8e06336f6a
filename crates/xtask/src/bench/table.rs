//! Results as a table.

use std::time::Duration;

/// One row: who did it, how long it took, and what was to be reached.
pub(super) struct Row {
    pub(super) who: String,
    pub(super) time: Duration,
}

/// Prints a heading and its rows, with throughput and the relation of each to the first.
pub(super) fn print(heading: &str, bytes: u64, rows: &[Row]) {
    println!("{heading}");
    let first = rows.first().map_or(Duration::ZERO, |row| row.time).as_secs_f64();
    for row in rows {
        let seconds = row.time.as_secs_f64();
        #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
        let rate = bytes as f64 / seconds / 1e6;
        println!("  {:<44} {seconds:>8.3} s {rate:>9.0} MB/s {:>8.2} ×", row.who, seconds / first);
    }
    println!();
}

/// Prints whether a goal was reached.
pub(super) fn goal(what: &str, ours: Duration, limit: f64, of: Duration) {
    let relation = ours.as_secs_f64() / of.as_secs_f64();
    let word = if relation <= limit { "reached" } else { "MISSED" };
    println!("  goal: {what} ≤ {limit} ×: {relation:.2} × — {word}");
}
