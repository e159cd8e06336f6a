//! The options of the jobs.

use std::time::Duration;

/// The options of the jobs; [`Default`] is what the window starts with.
#[derive(Debug, Clone)]
pub struct Options {
    /// File as soon as the folders are read, without asking.
    pub file_at_once: bool,
    /// How many drops are read at the same time.
    pub readings: usize,
    /// How long a job that the vault had to hold waits until it is retried automatically.
    pub held_for: Duration,
}

impl Default for Options {
    fn default() -> Self {
        // Each reading uses all cores, and two drops are seldom on the same disk.
        Self { file_at_once: false, readings: 2, held_for: Duration::from_secs(30) }
    }
}
