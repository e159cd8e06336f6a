//! File system operations for blobs.

use std::fs::File;
use std::io;
use std::path::Path;

use vault_core::ports::FileStamp;
use vault_core::{FreeName, give_free_name};

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix as system;

#[cfg(not(unix))]
mod windows;
#[cfg(not(unix))]
use windows as system;

mod flush;
pub(super) use flush::{flush_batch, name_in_batch};

/// The result of examining a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is a regular file, and not a link, folder or device.
    pub(super) file: bool,
    /// Its metadata; only size and modified time where no more is available.
    pub(super) stamp: FileStamp,
}

/// Creates a file that only its owner can read, and that is writable only through the returned handle.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o400);
    options.open(path)
}

/// Examines a path without following links; `None` if nothing is there.
pub(super) fn look(path: &Path) -> io::Result<Option<Look>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(system::from_metadata(&metadata))),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The current stamp of an open file.
pub(super) fn stat(file: &File) -> io::Result<FileStamp> {
    Ok(system::from_metadata(&file.metadata()?).stamp)
}

/// Opens a file for reading; `None` if it is not a regular file. Links are not followed, and pipes do not block.
pub(super) fn open(path: &Path) -> io::Result<Option<File>> {
    system::open(path)
}

/// Moves a file to a name that must be free.
///
/// # Errors
/// `AlreadyExists` if it is taken; then nothing happened.
fn move_to_free(from: &Path, to: &Path) -> io::Result<()> {
    give_free_name(&Move { from, to })
}

struct Move<'a> {
    from: &'a Path,
    to: &'a Path,
}

impl FreeName for Move<'_> {
    fn rename_unless_taken(&self) -> io::Result<()> {
        system::rename_unless_taken(self.from, self.to)
    }

    fn link(&self) -> io::Result<()> {
        std::fs::hard_link(self.from, self.to)
    }

    fn unlink(&self) -> io::Result<()> {
        std::fs::remove_file(self.from)
    }

    fn is_taken(&self) -> io::Result<bool> {
        look(self.to).map(|there| there.is_some())
    }

    fn rename(&self) -> io::Result<()> {
        std::fs::rename(self.from, self.to)
    }
}

/// How much disk space a file uses, in bytes; `None` if the system does not report it.
pub(super) fn takes(path: &Path) -> Option<u64> {
    system::takes(path)
}

/// Whether the error means that nothing is at the path.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
