//! Progress of filing, restoring or verifying, and a way to stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counters to be polled from another thread, a few times a second.
#[derive(Debug, Default)]
pub struct Progress {
    files: AtomicU64,
    files_done: AtomicU64,
    bytes: AtomicU64,
    bytes_done: AtomicU64,
    stop: AtomicBool,
}

/// The counters at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressCounts {
    /// Files to process, as far as known.
    pub files: u64,
    /// Files that are done or have failed.
    pub files_done: u64,
    /// Bytes to transfer, as far as known; otherwise 0.
    pub bytes: u64,
    /// Bytes transferred.
    pub bytes_done: u64,
}

impl Progress {
    /// Counters for work that will transfer this many bytes.
    pub fn expecting(bytes: u64) -> Self {
        Self { bytes: AtomicU64::new(bytes), ..Self::default() }
    }

    /// The counters now.
    pub fn counts(&self) -> ProgressCounts {
        ProgressCounts {
            files: self.files.load(Ordering::Relaxed),
            files_done: self.files_done.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
        }
    }

    /// Requests a stop, which happens within a few megabytes. Files in progress start again the next time.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether a stop was requested.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(crate) fn expect(&self, files: u64, bytes: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn add_files(&self, files: u64) {
        self.files_done.fetch_add(files, Ordering::Relaxed);
    }

    /// Subtracts files that were counted as done too early.
    pub(crate) fn take_back_files(&self, files: u64) {
        self.files_done.fetch_sub(files, Ordering::Relaxed);
    }

    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }
}
