//! Counts files as they are stored, before the batch is written.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::progress::Progress;

/// The files of one batch that were counted as done before their results were written. If that never happens, the count
/// is reverted, so that it never exceeds the number of files.
pub(super) struct ProvisionalCount {
    progress: Arc<Progress>,
    files: AtomicU64,
}

impl ProvisionalCount {
    pub(super) fn new(progress: &Arc<Progress>) -> Self {
        Self { progress: Arc::clone(progress), files: AtomicU64::new(0) }
    }

    /// Counts this many more files as done.
    pub(super) fn add(&self, files: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.progress.add_files(files);
    }

    /// Replaces the provisional count by the number of files of the batch that ended.
    pub(super) fn correct(&self, ended: u64) {
        let before = self.files.swap(0, Ordering::Relaxed);
        self.progress.add_files(ended.saturating_sub(before));
        self.progress.take_back_files(before.saturating_sub(ended));
    }
}

impl Drop for ProvisionalCount {
    fn drop(&mut self) {
        self.correct(0);
    }
}
