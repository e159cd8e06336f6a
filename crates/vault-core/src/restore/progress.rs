//! How far restoring or verifying is, and a way to stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counters to look at from another thread, a few times a second.
#[derive(Debug, Default)]
pub struct TransferProgress {
    files: AtomicU64,
    files_done: AtomicU64,
    bytes: AtomicU64,
    bytes_done: AtomicU64,
    stop: AtomicBool,
}

/// The counters at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferCounts {
    /// Files to do, as far as is known.
    pub files: u64,
    /// Files done.
    pub files_done: u64,
    /// Their length in bytes, as far as is known.
    pub bytes: u64,
    /// Bytes done.
    pub bytes_done: u64,
}

impl TransferProgress {
    /// The counters now.
    pub fn counts(&self) -> TransferCounts {
        TransferCounts {
            files: self.files.load(Ordering::Relaxed),
            files_done: self.files_done.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
        }
    }

    /// Asks to stop; that happens within a few megabytes.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(crate) fn expect(&self, files: u64, bytes: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn add_file(&self) {
        self.files_done.fetch_add(1, Ordering::Relaxed);
    }
}
