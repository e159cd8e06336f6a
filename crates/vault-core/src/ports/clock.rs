//! Time and uniqueness, passed in so that tests are repeatable.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::model::Timestamp;

/// When the program first looked.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What time it is, and an id that nobody else makes.
pub trait Clock: Send + Sync {
    /// The time of this computer.
    fn now(&self) -> Timestamp;

    /// A fresh UUIDv7.
    fn unique(&self) -> Uuid;

    /// How long it is since some moment, by a clock that nobody sets: it never goes back.
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
        Uuid::now_v7()
    }
}
