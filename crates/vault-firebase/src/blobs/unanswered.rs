//! Files that were sent in one request that got no answer: whoever sends one again asks first whether it came.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More than can be on their way at a time, in many batches.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Unanswered(Mutex<HashSet<String>>);

impl Unanswered {
    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths().contains(path)
    }

    pub(super) fn insert(&self, path: &str) {
        let mut paths = self.paths();
        // One that is forgotten is sent, and refused because it is there.
        if paths.len() >= MOST {
            paths.clear();
        }
        paths.insert(path.to_owned());
    }

    pub(super) fn remove(&self, path: &str) {
        self.paths().remove(path);
    }

    fn paths(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
