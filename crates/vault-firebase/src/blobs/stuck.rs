//! Uploads that make no progress although the storage answers. An upload that the server can neither continue nor
//! discard would be retried without end; after a few failures it is restarted.

use hashlink::LruCache;
use parking_lot::{Mutex, MutexGuard};

/// Failures before an upload is restarted.
const HOPELESS: u32 = 3;

/// More than ever wait at a time; a forgotten upload is tried a few times more.
const MOST: usize = 10_000;

pub(super) struct Stuck(Mutex<LruCache<String, u32>>);

impl Default for Stuck {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Stuck {
    /// The upload to this path failed to make progress once more.
    pub(super) fn note(&self, path: &str) {
        *self.times().entry(path.to_owned()).or_insert(0) += 1;
    }

    /// It made progress.
    pub(super) fn got_on(&self, path: &str) {
        self.times().remove(path);
    }

    /// Whether to restart the upload; resets the count.
    pub(super) fn is_hopeless(&self, path: &str) -> bool {
        let mut times = self.times();
        let hopeless = times.get(path).is_some_and(|times| *times >= HOPELESS);
        if hopeless {
            times.remove(path);
        }
        hopeless
    }

    fn times(&self) -> MutexGuard<'_, LruCache<String, u32>> {
        self.0.lock()
    }
}
