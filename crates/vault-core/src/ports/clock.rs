//! Time and unique ids, injected so that tests are repeatable.

use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use uuid::{ContextV7, Uuid};

use crate::model::Timestamp;

/// When the program first read the clock.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The current time, and unique ids.
pub trait Clock: Send + Sync {
    /// This computer's time.
    fn now(&self) -> Timestamp;

    /// A fresh UUIDv7.
    fn unique(&self) -> Uuid;

    /// Time since an arbitrary moment, by a monotonic clock.
    fn elapsed(&self) -> Duration {
        BEGINNING.elapsed()
    }
}

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn unique(&self) -> Uuid {
        unique_at(SystemTime::now())
    }
}

/// A fresh UUIDv7. The format has no time before 1970, so an earlier clock reading counts as the first second of 1970.
/// Ids of one run are in order, even if the clock is set back.
fn unique_at(now: SystemTime) -> Uuid {
    static CONTEXT: LazyLock<Mutex<ContextV7>> = LazyLock::new(|| Mutex::new(ContextV7::new()));
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(&*CONTEXT, since.as_secs(), since.subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn ids_are_made_whatever_the_clock_says_and_in_order() {
        let day = Duration::from_hours(24);
        let years = [UNIX_EPOCH - 365 * day, UNIX_EPOCH, UNIX_EPOCH + 73 * 365 * day, UNIX_EPOCH + 56 * 365 * day];
        let ids: Vec<Uuid> = years.into_iter().chain([UNIX_EPOCH - day]).map(unique_at).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7), "{ids:?}");
        let apart: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(apart.len(), ids.len());
    }
}
