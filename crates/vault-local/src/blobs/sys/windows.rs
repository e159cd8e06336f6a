//! Windows, and any other system supported by `std`.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use vault_core::ports::FileStamp;

use super::Look;

/// Windows has a change time and a file number, but `std` does not expose them.
pub(super) fn from_metadata(metadata: &Metadata) -> Look {
    Look {
        file: metadata.is_file(),
        stamp: FileStamp {
            size: metadata.len(),
            modified: metadata.modified().map_or(0, nanos),
            changed: 0,
            device: 0,
            inode: 0,
        },
    }
}

fn nanos(time: SystemTime) -> i128 {
    let signed = |nanos: u128| i128::try_from(nanos).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after.as_nanos()),
        Err(before) => -signed(before.duration().as_nanos()),
    }
}

pub(super) fn open(path: &Path) -> io::Result<Option<File>> {
    if path.symlink_metadata()?.is_file() { File::open(path).map(Some) } else { Ok(None) }
}

pub(super) fn rename_unless_taken(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// `std` does not report a file's disk usage.
pub(super) const fn takes(_: &Path) -> Option<u64> {
    None
}
