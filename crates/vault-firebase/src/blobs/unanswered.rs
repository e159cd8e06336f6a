//! Single-request uploads without a response: before one is sent again, the server is asked whether it arrived.

use hashlink::LruCache;
use parking_lot::{Mutex, MutexGuard};

/// More than are sent at a time, in many batches. A forgotten one is sent again, and refused because it exists.
const MOST: usize = 10_000;

pub(super) struct Unanswered(Mutex<LruCache<String, ()>>);

impl Default for Unanswered {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Unanswered {
    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths().contains_key(path)
    }

    pub(super) fn insert(&self, path: &str) {
        self.paths().insert(path.to_owned(), ());
    }

    pub(super) fn remove(&self, path: &str) {
        self.paths().remove(path);
    }

    fn paths(&self) -> MutexGuard<'_, LruCache<String, ()>> {
        self.0.lock()
    }
}
