//! How far filing is: counters that grow while files are stored, and a way to stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counters to look at from another thread, a few times a second.
#[derive(Debug, Default)]
pub struct FilingProgress {
    files: AtomicU64,
    files_done: AtomicU64,
    bytes: AtomicU64,
    bytes_done: AtomicU64,
    stop: AtomicBool,
}

/// The counters at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilingCounts {
    /// Files to do when filing began.
    pub files: u64,
    /// Files that have come to an end since.
    pub files_done: u64,
    /// New content to store in bytes, as the pre-flight said; 0 if it is not known.
    pub bytes: u64,
    /// Bytes stored since.
    pub bytes_done: u64,
}

impl FilingProgress {
    /// Counters for a drop whose pre-flight said how much is to be stored.
    pub fn expecting(bytes: u64) -> Self {
        Self { bytes: AtomicU64::new(bytes), ..Self::default() }
    }

    /// The counters now.
    pub fn counts(&self) -> FilingCounts {
        FilingCounts {
            files: self.files.load(Ordering::Relaxed),
            files_done: self.files_done.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
        }
    }

    /// Asks filing to stop; it does within a few megabytes, and what is under way is begun again next time.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn expect_files(&self, files: u64) {
        self.files.store(files, Ordering::Relaxed);
    }

    pub(super) fn add_files(&self, files: u64) {
        self.files_done.fetch_add(files, Ordering::Relaxed);
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }
}
