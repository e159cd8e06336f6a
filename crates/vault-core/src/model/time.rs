//! Points in time, in whole milliseconds since 1970-01-01T00:00:00Z.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn floor_millis(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        // Rounds away from 1970, so that a time before it stays in its millisecond like one after it.
        Err(before) => {
            i64::try_from(before.duration().as_nanos().div_ceil(1_000_000)).map_or(i64::MIN, |millis| -millis)
        }
    }
}

fn system_time(millis: i64) -> Option<SystemTime> {
    let distance = Duration::from_millis(millis.unsigned_abs());
    if millis >= 0 { UNIX_EPOCH.checked_add(distance) } else { UNIX_EPOCH.checked_sub(distance) }
}

/// When something happened in the vault: the server's time where there is a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The time of this computer's clock.
    pub fn now() -> Self {
        Self(floor_millis(SystemTime::now()))
    }
}

/// When a source file was last modified, according to its file system. 0 and negative values are valid: scanners and
/// cameras produce them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LastModified(pub i64);

impl LastModified {
    /// The whole millisecond that contains a file system's time.
    pub fn from_system(time: SystemTime) -> Self {
        Self(floor_millis(time))
    }

    /// The time to give a restored file; `None` where this computer cannot represent it.
    pub fn to_system(self) -> Option<SystemTime> {
        system_time(self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_modified_time_survives_the_round_trip(millis in -62_135_596_800_000_i64..=253_402_300_799_999) {
            let time = LastModified(millis).to_system().expect("in range");
            prop_assert_eq!(LastModified::from_system(time), LastModified(millis));
        }
    }

    #[test]
    fn half_a_millisecond_before_1970_is_the_millisecond_before() {
        let time = UNIX_EPOCH - Duration::from_micros(500);
        assert_eq!(LastModified::from_system(time), LastModified(-1));
    }
}
