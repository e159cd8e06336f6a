//! Linux and macOS.

use std::ffi::{CStr, OsStr, OsString};
use std::fs::{File, Metadata};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, openat, statat};
use rustix::io::Errno;

use super::{Entry, Kind, Stat};
use crate::model::LastModified;
use crate::ports::FileStamp;

/// The longest path passed to the system at once, in bytes. A longer one is walked in parts, so that files at any depth
/// can be reached (`PATH_MAX` is 4,096 on Linux and 1,024 on macOS).
const LONGEST: usize = if cfg!(target_os = "linux") { 4000 } else { 1000 };

/// Flags for folders that are only traversed.
const THROUGH: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC).union(if cfg!(target_os = "linux") {
    // `O_PATH` needs no permission to list the folder.
    OFlags::from_bits_retain(0o10_000_000)
} else {
    OFlags::empty()
});

/// Calls `act` with a folder and a path relative to it that together mean `path`.
fn reach<T>(path: &Path, act: impl FnOnce(Option<&OwnedFd>, &OsStr) -> rustix::io::Result<T>) -> io::Result<T> {
    let mut rest = path.as_os_str().as_bytes();
    let mut at: Option<OwnedFd> = None;
    while rest.len() > LONGEST {
        let Some(cut) = rest[..LONGEST].iter().rposition(|b| *b == b'/').filter(|cut| *cut > 0) else {
            return Err(io::ErrorKind::InvalidFilename.into());
        };
        let part = OsStr::from_bytes(&rest[..cut]);
        at = Some(match &at {
            None => openat(CWD, part, THROUGH, Mode::empty())?,
            Some(folder) => openat(folder, part, THROUGH, Mode::empty())?,
        });
        rest = &rest[cut + 1..];
    }
    Ok(act(at.as_ref(), OsStr::from_bytes(rest))?)
}

fn open_with(path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    reach(path, |at, part| match at {
        None => openat(CWD, part, flags, Mode::empty()),
        Some(folder) => openat(folder, part, flags, Mode::empty()),
    })
}

/// Opens a file for reading; refuses links, and does not block on a pipe.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    // Where the system allows it, reading does not change the access time.
    #[cfg(target_os = "linux")]
    match open_with(path, flags | OFlags::NOATIME) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
        opened => return opened.map(File::from),
    }
    open_with(path, flags).map(File::from)
}

/// Examines the entry at a path, without following links.
pub(crate) fn look(path: &Path) -> io::Result<Stat> {
    if path.as_os_str().len() <= LONGEST {
        return Ok(from_metadata(&path.symlink_metadata()?));
    }
    let status = reach(path, |at, part| match at {
        None => statat(CWD, part, AtFlags::SYMLINK_NOFOLLOW),
        Some(folder) => statat(folder, part, AtFlags::SYMLINK_NOFOLLOW),
    })?;
    match kind_of(FileType::from_raw_mode(status.st_mode)) {
        // By handle, `std` returns the same metadata as for a short path.
        Kind::File => Ok(from_metadata(&open(path)?.metadata()?)),
        Kind::Folder => Ok(from_metadata(
            &File::from(open_with(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC)?).metadata()?,
        )),
        kind => Ok(Stat { kind, ..nothing() }),
    }
}

/// Identifies a file or folder independently of its path: file system and inode number. Links are not followed.
pub(crate) type Identity = (u64, u64);

/// The identity of the entry at a path.
pub(crate) fn identity(path: &Path) -> io::Result<Identity> {
    look(path).map(|stat| (stat.stamp.device, stat.stamp.inode))
}

fn nothing() -> Stat {
    Stat {
        kind: Kind::Unknown,
        stamp: FileStamp { size: 0, modified: 0, changed: 0, device: 0, inode: 0 },
        last_modified: LastModified(0),
        cloud_only: false,
    }
}

/// Examines an open file.
pub(crate) fn stat(file: &File) -> io::Result<Stat> {
    Ok(from_metadata(&file.metadata()?))
}

fn from_metadata(metadata: &Metadata) -> Stat {
    let file_type = metadata.file_type();
    let kind = if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_symlink() {
        Kind::Link
    } else {
        debug_assert!(
            file_type.is_fifo() || file_type.is_socket() || file_type.is_block_device() || file_type.is_char_device()
        );
        Kind::Special
    };
    let modified = i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec());
    Stat {
        kind,
        stamp: FileStamp {
            size: metadata.len(),
            modified,
            changed: i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()),
            device: metadata.dev(),
            inode: metadata.ino(),
        },
        last_modified: LastModified(i64::try_from(modified.div_euclid(1_000_000)).unwrap_or(i64::MAX)),
        cloud_only: is_cloud_only(metadata),
    }
}

/// iCloud and other File Provider placeholders carry `SF_DATALESS` (`<sys/stat.h>`).
#[cfg(target_os = "macos")]
fn is_cloud_only(metadata: &Metadata) -> bool {
    use std::os::macos::fs::MetadataExt as _;
    metadata.st_flags() & 0x4000_0000 != 0
}

#[cfg(not(target_os = "macos"))]
const fn is_cloud_only(_: &Metadata) -> bool {
    false
}

const fn kind_of(file_type: FileType) -> Kind {
    match file_type {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        FileType::Unknown => Kind::Unknown,
        _ => Kind::Special,
    }
}

/// The entries of a folder, in any order.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<Entry>> {
    let handle = open_with(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC)?;
    let mut entries = Vec::new();
    for entry in Dir::new(handle)? {
        let entry = entry?;
        let name = CStr::to_bytes(entry.file_name());
        if !matches!(name, b"." | b"..") {
            entries.push(Entry { name: OsString::from_vec(name.to_vec()), kind: kind_of(entry.file_type()) });
        }
    }
    Ok(entries)
}

pub(crate) const fn is_in_use(_: &io::Error) -> bool {
    false
}

/// The error of `O_NOFOLLOW` where a file has been replaced by a link.
pub(crate) fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// Whether the file system at `path` keeps a change time that every write updates and no program can set.
#[cfg(target_os = "linux")]
pub(crate) fn keeps_change_times(path: &Path) -> bool {
    // Magic numbers of `statfs(2)`: ext2–4, xfs, btrfs, tmpfs, f2fs, zfs, bcachefs, overlayfs. FAT, exFAT, NTFS and
    // network file systems keep none, or another computer's.
    const TRUSTED: [u32; 8] =
        [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0xF2F5_2010, 0x2FC1_2FC1, 0xCA45_1A4E, 0x794C_7630];
    let Ok(status) = rustix::fs::statfs(path) else {
        return false;
    };
    u32::try_from(status.f_type & 0xFFFF_FFFF).is_ok_and(|magic| TRUSTED.contains(&magic))
}

/// Releases the first `length` bytes of the file from the system's cache.
#[cfg(target_os = "linux")]
pub(crate) fn let_go(file: &File, length: u64) {
    // Only advice: ignoring it does no harm.
    let _ = rustix::fs::fadvise(file, 0, std::num::NonZeroU64::new(length), rustix::fs::Advice::DontNeed);
}

/// macOS has no such advice for a part of a file.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn let_go(_: &File, _: u64) {}

/// On macOS nothing here distinguishes APFS from a FAT stick reliably, so every file is read again.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn keeps_change_times(_: &Path) -> bool {
    false
}

/// Nested folders whose path is longer than the system accepts.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// Nested folders of one name, in an existing folder.
    pub(crate) struct Dug {
        name: String,
        depth: usize,
        /// The innermost folder.
        pub(crate) path: std::path::PathBuf,
        handle: OwnedFd,
    }

    impl Dug {
        pub(crate) fn at(root: &Path, name: &str) -> Self {
            let handle = OwnedFd::from(File::open(root).expect("open"));
            Self { name: name.to_owned(), depth: 0, path: root.to_owned(), handle }
        }

        /// Creates folders in the innermost one, down to this depth.
        pub(crate) fn down_to(&mut self, depth: usize) {
            while self.depth < depth {
                rustix::fs::mkdirat(&self.handle, &self.name, Mode::RWXU).expect("mkdir");
                self.handle = openat(&self.handle, &self.name, THROUGH, Mode::empty()).expect("openat");
                self.path.push(&self.name);
                self.depth += 1;
            }
        }

        /// Makes a file in the innermost folder.
        pub(crate) fn file(&self, name: &str, content: &[u8]) {
            let flags = OFlags::CREATE | OFlags::WRONLY | OFlags::CLOEXEC;
            let file = openat(&self.handle, name, flags, Mode::RUSR).expect("create");
            assert_eq!(rustix::io::write(&file, content).expect("write"), content.len());
        }

        /// Removes the folders from the innermost up to this depth, with their content. Removing thousands of them from
        /// the top would keep each one open.
        pub(crate) fn up_to(&mut self, depth: usize) {
            while self.depth > depth {
                for entry in list(&self.path).expect("list") {
                    let flags = if entry.kind == Kind::Folder { AtFlags::REMOVEDIR } else { AtFlags::empty() };
                    rustix::fs::unlinkat(&self.handle, &*entry.name, flags).expect("unlink");
                }
                self.handle = openat(&self.handle, "..", THROUGH, Mode::empty()).expect("openat");
                rustix::fs::unlinkat(&self.handle, &self.name, AtFlags::REMOVEDIR).expect("rmdir");
                self.path.pop();
                self.depth -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::Dug;
    use super::*;

    /// What is too deep to be filed is found all the same, and reported.
    #[test]
    fn the_longest_path_is_no_limit() {
        let root = tempfile::tempdir().expect("temporary folder");
        let mut dug = Dug::at(root.path(), &"f".repeat(200));
        // Deeper than is filed: 200 folders make a path of 40,199 units.
        dug.down_to(200);
        dug.file("a.pdf", b"deep");
        let path = dug.path.clone();
        let file = path.join("a.pdf");
        assert!(file.as_os_str().len() > crate::model::LONGEST_FOLDER_PATH);
        assert!(path.symlink_metadata().is_err(), "the plain way must fail for this test to mean anything");
        assert_eq!(look(&file).expect("look").stamp.size, 4);
        assert_eq!(list(&path).expect("list").len(), 1);
        assert_eq!(io::read_to_string(open(&file).expect("open")).expect("read"), "deep");
        dug.up_to(0);
    }
}
