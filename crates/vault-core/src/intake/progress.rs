//! Progress of intake: counters that grow while folders are read, and a way to stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counters to be polled from another thread, a few times a second.
#[derive(Debug, Default)]
pub struct IntakeProgress {
    found: AtomicU64,
    bytes: AtomicU64,
    read: AtomicU64,
    bytes_read: AtomicU64,
    listed: AtomicBool,
    stop: AtomicBool,
}

/// The counters at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntakeCounts {
    /// Files seen so far.
    pub found: u64,
    /// Their length in bytes, as far as it is known.
    pub bytes: u64,
    /// Files whose hash is known.
    pub read: u64,
    /// Bytes read so far, including those of files that are still being read.
    pub bytes_read: u64,
    /// Whether every folder has been listed, so that `found` is final.
    pub listed: bool,
}

impl IntakeProgress {
    /// The counters now.
    pub fn counts(&self) -> IntakeCounts {
        IntakeCounts {
            found: self.found.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            read: self.read.load(Ordering::Relaxed),
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
            listed: self.listed.load(Ordering::Relaxed),
        }
    }

    /// Asks intake to stop; it does within a few files, or in the middle of a large one.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn add_found(&self, files: u64) {
        self.found.fetch_add(files, Ordering::Relaxed);
    }

    pub(super) fn add_sizes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn add_read(&self, files: u64, bytes: u64) {
        self.read.fetch_add(files, Ordering::Relaxed);
        self.bytes_read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts bytes of a file that is still being read.
    pub(super) fn add_bytes_read(&self, bytes: u64) {
        self.bytes_read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Removes the bytes of a file that has ended: it counts as a whole, or not at all.
    pub(super) fn take_back_bytes_read(&self, bytes: u64) {
        self.bytes_read.fetch_sub(bytes, Ordering::Relaxed);
    }

    pub(super) fn all_listed(&self) {
        self.listed.store(true, Ordering::Relaxed);
    }
}
