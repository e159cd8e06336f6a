//! Times as a drive keeps them: FAT counts in two seconds from 1980 on, exFAT in hundredths or in two seconds, old ext4 in
//! seconds until 2038. What a drive makes of a time is found by giving it to a file there.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::drive::DriveFolder;
use crate::model::{LastModified, PathText};

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

/// Gives a file in a folder a time, or the nearest one that its drive has. Returns the time that it has then, whatever it is.
pub(super) fn nearest_time(folder: &impl DriveFolder, name: &PathText, time: LastModified) -> io::Result<LastModified> {
    let kept = || folder.look(name).map(|look| look.modified);
    let Some(wanted) = time.to_system() else { return kept().map(LastModified::from_system) };
    let mut candidates: Vec<SystemTime> = ENDS.iter().map(|seconds| at(*seconds)).collect();
    candidates.sort_by_key(|end| apart(*end, wanted));
    candidates.insert(0, wanted);
    for candidate in candidates {
        // A drive may refuse a time that it does not have, move it to one that it has, or take it for quite another.
        if folder.set_time(name, candidate).is_ok() && apart(kept()?, candidate) <= COARSEST {
            break;
        }
    }
    kept().map(LastModified::from_system)
}

/// Looks whether files still have the times they were given, and gives them again. Some drives (of the network, and those of
/// FUSE) hear a while later that a file was closed, and take that for its last change.
pub(super) fn hold(folder: &impl DriveFolder, files: &[(PathText, LastModified)]) {
    for (name, time) in files {
        let is = folder.look(name).map(|look| LastModified::from_system(look.modified));
        if let (Ok(is), Some(wanted)) = (is, time.to_system())
            && is != *time
        {
            // What cannot be said again is seen by the next restore, which gives the file another name.
            let _ = folder.set_time(name, wanted);
        }
    }
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
