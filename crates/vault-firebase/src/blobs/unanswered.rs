//! Single-request uploads without a response: before one is sent again, the server is asked whether it arrived.

use std::collections::HashSet;

use parking_lot::{Mutex, MutexGuard};

/// More than are sent at a time, in many batches.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Unanswered(Mutex<HashSet<String>>);

impl Unanswered {
    pub(super) fn contains(&self, path: &str) -> bool {
        self.paths().contains(path)
    }

    pub(super) fn insert(&self, path: &str) {
        let mut paths = self.paths();
        // A forgotten one is sent again, and refused because it exists.
        if paths.len() >= MOST {
            paths.clear();
        }
        paths.insert(path.to_owned());
    }

    pub(super) fn remove(&self, path: &str) {
        self.paths().remove(path);
    }

    fn paths(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock()
    }
}
