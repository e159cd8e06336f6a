//! How a desk works.

use std::time::Duration;

/// How a desk works; [`Default`] is what the window begins with.
#[derive(Debug, Clone)]
pub struct Options {
    /// File as soon as the folders are read, without asking.
    pub file_at_once: bool,
    /// How many drops are read at the same time.
    pub readings: usize,
    /// How long a drop that the vault had to pause waits until it is tried again by itself.
    pub held_for: Duration,
}

impl Default for Options {
    fn default() -> Self {
        // Each reading uses all cores, and the disks of two are seldom the same.
        Self { file_at_once: false, readings: 2, held_for: Duration::from_secs(30) }
    }
}
