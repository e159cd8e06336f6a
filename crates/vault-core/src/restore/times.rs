//! Times as a drive keeps them: FAT counts in two seconds from 1980 on, exFAT in hundredths or in two seconds, old ext4 in
//! seconds until 2038. What a drive makes of a time is found by giving it to a file there.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::drive::Staged;
use crate::model::LastModified;

/// The coarsest time a drive keeps: FAT's.
pub(super) const COARSEST: Duration = Duration::from_secs(2);

/// Where the times of drives begin and end, in seconds since 1970; those of FAT a day within, because it keeps local time.
const ENDS: [i64; 7] = [
    // 1901 and 2038: 32 bits, with a sign. 1904 and 2040: HFS+. 1980 and 2107: FAT.
    -(1 << 31),
    -2_082_844_800,
    0,
    315_619_200,
    (1 << 31) - 1,
    2_212_122_495,
    4_354_732_800,
];

/// Gives a file a time, or the nearest one that its drive has. Returns the time that it has then, whatever it is.
pub(super) fn nearest_time<S: Staged>(file: &mut S, time: LastModified) -> io::Result<LastModified> {
    let kept = |file: &S| file.modified().map(LastModified::from_system);
    let Some(wanted) = time.to_system() else { return kept(file) };
    let mut candidates: Vec<SystemTime> = ENDS.iter().map(|seconds| at(*seconds)).collect();
    candidates.sort_by_key(|end| apart(*end, wanted));
    candidates.insert(0, wanted);
    for candidate in candidates {
        // A drive may refuse a time that it does not have, move it to one that it has, or take it for quite another.
        if file.set_modified(candidate).is_ok() && apart(file.modified()?, candidate) <= COARSEST {
            break;
        }
    }
    kept(file)
}

fn at(seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds >= 0 { UNIX_EPOCH + distance } else { UNIX_EPOCH - distance }
}

fn apart(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other).unwrap_or_else(|error| error.duration())
}

/// Whether a time is another one, and not the same as a drive keeps it.
pub(super) const fn is_other(one: LastModified, other: LastModified) -> bool {
    one.0.abs_diff(other.0) > COARSEST.as_millis() as u64
}
