//! Windows. `std` handles long paths by itself where they are absolute.

use std::fs::{File, Metadata};
use std::io;
use std::os::windows::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{Entry, Kind, Stat, nanos};
use crate::model::LastModified;
use crate::ports::FileStamp;

// `FILE_ATTRIBUTE_*` of <https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants>.
const OFFLINE: u32 = 0x1000;
const RECALL_ON_OPEN: u32 = 0x4_0000;
const RECALL_ON_DATA_ACCESS: u32 = 0x40_0000;
const REPARSE_POINT: u32 = 0x400;
const DIRECTORY: u32 = 0x10;

/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
const IN_USE: [i32; 2] = [32, 33];

/// Opens the file itself where it is a link or junction, instead of its target.
const OPEN_REPARSE_POINT: u32 = 0x0020_0000;

/// Opens a file for reading; a link is opened itself, and then is not a file.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    File::options().read(true).custom_flags(OPEN_REPARSE_POINT).open(path)
}

/// Examines the entry at a path, without following links.
pub(crate) fn look(path: &Path) -> io::Result<Stat> {
    from_metadata(&path.symlink_metadata()?)
}

/// Identifies a file or folder independently of its path: volume and file number, valid while the handle is open.
pub(crate) type Identity = same_file::Handle;

/// The identity of the entry at a path.
pub(crate) fn identity(path: &Path) -> io::Result<Identity> {
    same_file::Handle::from_path(path)
}

/// Examines an open file.
pub(crate) fn stat(file: &File) -> io::Result<Stat> {
    from_metadata(&file.metadata()?)
}

fn from_metadata(metadata: &Metadata) -> io::Result<Stat> {
    let attributes = metadata.file_attributes();
    let cloud_only = attributes & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0;
    let file_type = metadata.file_type();
    let kind = if file_type.is_symlink_file() || file_type.is_symlink_dir() {
        Kind::Link
    } else if attributes & REPARSE_POINT != 0 && attributes & DIRECTORY != 0 && !cloud_only {
        // A junction or mount point: following one can lead to a cycle.
        Kind::Link
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_file() {
        Kind::File
    } else {
        Kind::Special
    };
    let modified = metadata.modified()?;
    Ok(Stat {
        kind,
        stamp: FileStamp { size: metadata.len(), modified: nanos(modified), changed: 0, device: 0, inode: 0 },
        last_modified: LastModified::from_system(modified),
        cloud_only,
    })
}

/// The entries of a folder, in any order.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<Entry>> {
    folder
        .read_dir()?
        .map(|entry| {
            let entry = entry?;
            let kind = entry.metadata().and_then(|metadata| from_metadata(&metadata)).map_or(Kind::Unknown, |s| s.kind);
            Ok(Entry { name: entry.file_name(), kind })
        })
        .collect()
}

pub(crate) fn is_in_use(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| IN_USE.contains(&code))
}

pub(crate) const fn is_link(_: &io::Error) -> bool {
    false
}

/// Windows manages its cache by itself.
pub(crate) const fn let_go(_: &File, _: u64) {}

/// Windows has a change time that no program can set, but `std` does not expose it: every file is read again.
pub(crate) const fn keeps_change_times(_: &Path) -> bool {
    false
}
