//! Counting files as they are stored, not only once a page of them is written down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::progress::Progress;

/// The files of one page that were counted as done before it was written what became of them. They are taken back if it
/// never is, so that the files done are never more than there are.
pub(super) struct ProvisionalCount {
    progress: Arc<Progress>,
    files: AtomicU64,
}

impl ProvisionalCount {
    pub(super) fn new(progress: &Arc<Progress>) -> Self {
        Self { progress: Arc::clone(progress), files: AtomicU64::new(0) }
    }

    /// So many files more are as good as done.
    pub(super) fn add(&self, files: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.progress.add_files(files);
    }

    /// So many files of the page have come to an end: what was counted before is put right.
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
