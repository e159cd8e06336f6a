//! Uploads that make no progress although the storage answers. An upload that the server can neither continue nor
//! discard would be retried without end; after a few failures it is restarted.

use std::collections::HashMap;

use parking_lot::{Mutex, MutexGuard};

/// Failures before an upload is restarted.
const HOPELESS: u32 = 3;

/// More than ever wait at a time; a forgotten upload is tried a few times more.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Stuck(Mutex<HashMap<String, u32>>);

impl Stuck {
    /// The upload to this path failed to make progress once more.
    pub(super) fn note(&self, path: &str) {
        let mut times = self.times();
        if times.len() >= MOST {
            times.clear();
        }
        *times.entry(path.to_owned()).or_default() += 1;
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

    fn times(&self) -> MutexGuard<'_, HashMap<String, u32>> {
        self.0.lock()
    }
}
