//! Uploads that do not get on though the storage answers. One that it can neither go on with nor forget would be asked
//! for again and again, for ever; after a few times it is begun anew.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often one may not get on.
const HOPELESS: u32 = 3;

/// More than ever wait at a time; who is forgotten is tried a few times more.
const MOST: usize = 10_000;

#[derive(Default)]
pub(super) struct Stuck(Mutex<HashMap<String, u32>>);

impl Stuck {
    /// The upload to this path did not get on once more.
    pub(super) fn note(&self, path: &str) {
        let mut times = self.times();
        if times.len() >= MOST {
            times.clear();
        }
        *times.entry(path.to_owned()).or_default() += 1;
    }

    /// It got on.
    pub(super) fn got_on(&self, path: &str) {
        self.times().remove(path);
    }

    /// Whether it is to be begun anew; then that is not said again soon.
    pub(super) fn is_hopeless(&self, path: &str) -> bool {
        let mut times = self.times();
        let hopeless = times.get(path).is_some_and(|times| *times >= HOPELESS);
        if hopeless {
            times.remove(path);
        }
        hopeless
    }

    fn times(&self) -> MutexGuard<'_, HashMap<String, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
