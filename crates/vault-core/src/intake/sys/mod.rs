//! The file system as intake needs it: listing, examining and opening without following links or opening devices.

use std::ffi::OsString;
#[cfg(windows)]
use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::LastModified;
use crate::ports::FileStamp;

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::{Identity, identity, is_in_use, is_link, keeps_change_times, let_go, list, look, open, stat};

#[cfg(all(test, unix))]
pub(crate) use unix::testing;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::{Identity, identity, is_in_use, is_link, keeps_change_times, let_go, list, look, open, stat};

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    Link,
    /// A device, pipe or socket: never opened.
    Special,
    /// The listing does not include the kind.
    Unknown,
}

/// An entry of a folder.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: OsString,
    pub(crate) kind: Kind,
}

/// What the file system reports about a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stat {
    pub(crate) kind: Kind,
    pub(crate) stamp: FileStamp,
    pub(crate) last_modified: LastModified,
    /// The content is not on this computer; reading would download it.
    pub(crate) cloud_only: bool,
}

/// Nanoseconds since 1970, negative before.
#[cfg(windows)]
fn nanos(time: SystemTime) -> i128 {
    let signed = |nanos: u128| i128::try_from(nanos).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after.as_nanos()),
        Err(before) => -signed(before.duration().as_nanos()),
    }
}
