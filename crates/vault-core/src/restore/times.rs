//! How drives store times: FAT in steps of two seconds from 1980 on, exFAT in hundredths of a second or in two seconds,
//! old ext4 in seconds until 2038. A drive's handling of a time is found by setting it on a file there.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::drive::DriveFolder;
use super::drive_names::DriveNames;
use crate::model::{LastModified, PathText};

/// The coarsest resolution of a drive: FAT's.
pub(super) const COARSEST: Duration = Duration::from_secs(2);

/// The limits of drives' times, in seconds since 1970: 1901 and 2038 (signed 32 bits), 1904 and 2040 (HFS+), 1980 and
/// 2107 (FAT).
const ENDS: [i64; 7] = [-(1 << 31), -2_082_844_800, 0, FAT[0], (1 << 31) - 1, 2_212_122_495, FAT[1]];

/// The first and the last second of FAT and exFAT, each narrowed by a day, because FAT stores local time.
const FAT: [i64; 2] = [315_619_200, 4_354_732_800];

/// How a drive handles times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DriveTimes {
    /// The time it reports after a time was set is what it stores.
    AsItSays,
    /// Like FAT: until the drive is removed, it may report times that it can't store.
    Fat,
}

impl DriveTimes {
    /// Tries setting a time on `name`. A drive counts as FAT if it does not store milliseconds, and refuses the names
    /// that Windows refuses.
    pub(super) fn of(folder: &impl DriveFolder, name: &PathText, names: &DriveNames) -> io::Result<Self> {
        let time = LastModified(1_000_000_001_123);
        let exact = nearest_time(folder, name, time, Self::AsItSays)? == time;
        Ok(if exact || names.marks.contains(':') { Self::AsItSays } else { Self::Fat })
    }
}

/// Sets a file's time, or the nearest one that its drive can store. Returns the time the file then has.
pub(super) fn nearest_time(
    folder: &impl DriveFolder,
    name: &PathText,
    time: LastModified,
    times: DriveTimes,
) -> io::Result<LastModified> {
    let kept = || folder.look(name).map(|look| look.modified);
    let Some(wanted) = time.to_system() else { return kept().map(LastModified::from_system) };
    let ends = if times == DriveTimes::Fat { &FAT[..] } else { &ENDS[..] };
    let mut candidates: Vec<SystemTime> = ends.iter().map(|seconds| at(*seconds)).collect();
    let within = (at(FAT[0])..=at(FAT[1])).contains(&wanted);
    candidates.sort_by_key(|end| apart(*end, wanted));
    if within || times == DriveTimes::AsItSays {
        candidates.insert(0, wanted);
    }
    for candidate in candidates {
        // A drive may refuse a time that it can't store, change it to one that it can, or turn it into a different one.
        if folder.set_time(name, candidate).is_ok() && apart(kept()?, candidate) <= COARSEST {
            break;
        }
    }
    kept().map(LastModified::from_system)
}

/// Checks that files still have the times they were given, and sets them again if not. Some drives (network and FUSE)
/// learn only later that a file was closed, and count that as its last change.
pub(super) fn hold(folder: &impl DriveFolder, files: &[(PathText, LastModified)]) {
    for (name, time) in files {
        let is = folder.look(name).map(|look| LastModified::from_system(look.modified));
        if let (Ok(is), Some(wanted)) = (is, time.to_system())
            && is != *time
        {
            // If that fails, the next restore finds a different time, and restores the file under another name.
            if let Err(error) = folder.set_time(name, wanted) {
                tracing::debug!(kind = ?error.kind(), "the time of a file is not set again");
            }
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

/// Whether two times differ by more than the coarsest resolution.
pub(super) const fn is_other(one: LastModified, other: LastModified) -> bool {
    one.0.abs_diff(other.0) > COARSEST.as_secs() * 1000
}
