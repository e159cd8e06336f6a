//! Time and uniqueness, passed in so that tests are repeatable.

use uuid::Uuid;

use crate::model::Timestamp;

/// What time it is, and an id that nobody else makes.
pub trait Clock: Send + Sync {
    /// The time of this computer.
    fn now(&self) -> Timestamp;

    /// A fresh UUIDv7.
    fn unique(&self) -> Uuid;
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
