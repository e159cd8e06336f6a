//! What drops share: whose turn it is to be read and to be filed, and whether they are filed at once.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;

use crate::options::Options;

/// Whose turn it is.
pub(crate) struct Turns {
    /// Held by each drop that is being read.
    pub(super) reading: Semaphore,
    /// Held by the drop that is being filed.
    pub(super) filing: Semaphore,
    file_at_once: AtomicBool,
}

impl Turns {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            reading: Semaphore::new(options.readings.max(1)),
            filing: Semaphore::new(1),
            file_at_once: AtomicBool::new(options.file_at_once),
        }
    }

    /// Whether drops are filed as soon as they are read, without asking.
    pub(super) fn file_at_once(&self) -> bool {
        self.file_at_once.load(Ordering::Relaxed)
    }

    pub(super) fn set_file_at_once(&self, at_once: bool) {
        self.file_at_once.store(at_once, Ordering::Relaxed);
    }
}
