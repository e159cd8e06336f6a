//! Times as a drive keeps them: FAT counts in two seconds from 1980 on, exFAT in hundredths or in two seconds, old ext4 in
//! seconds until 2038. What a drive makes of a time is found by giving it to a file there.

use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::drive::DriveFolder;
use super::drive_names::DriveNames;
use crate::model::{LastModified, PathText};

/// The coarsest time a drive keeps: FAT's.
pub(super) const COARSEST: Duration = Duration::from_secs(2);

/// Where the times of drives begin and end, in seconds since 1970: in 1901 and 2038 (32 bits, with a sign), in 1904 and 2040
/// (HFS+), in 1980 and 2107 (FAT).
const ENDS: [i64; 7] = [-(1 << 31), -2_082_844_800, 0, FAT[0], (1 << 31) - 1, 2_212_122_495, FAT[1]];

/// The first and the last second of FAT and exFAT, each a day within, because FAT keeps local time.
const FAT: [i64; 2] = [315_619_200, 4_354_732_800];

/// What a drive does with times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DriveTimes {
    /// What it says of a time that it was given holds.
    AsItSays,
    /// It is of the kind of FAT: what it has no room for it may only remember until it is taken away.
    Fat,
}

impl DriveTimes {
    /// Finds out by giving a time to `name`, on a drive that does with names what `names` says. A drive is of the kind of FAT
    /// if it does not keep a millisecond, and has none of the names that Windows has not.
    pub(super) fn of(folder: &impl DriveFolder, name: &PathText, names: &DriveNames) -> io::Result<Self> {
        let time = LastModified(1_000_000_001_123);
        let exact = nearest_time(folder, name, time, Self::AsItSays)? == time;
        Ok(if exact || names.marks.contains(':') { Self::AsItSays } else { Self::Fat })
    }
}

/// Gives a file in a folder a time, or the nearest one that its drive has. Returns the time that it has then, whatever it is.
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
    one.0.abs_diff(other.0) > COARSEST.as_secs() * 1000
}
