//! The file system as blobs need it.

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

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is a file, and not a link, folder or device.
    pub(super) file: bool,
    /// What the file system says of it. Nothing but size and modified time where there is no more.
    pub(super) stamp: FileStamp,
}

/// Makes a new file that only its owner can read, and nobody write but by the handle returned.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o400);
    options.open(path)
}

/// What stands at a path, links not followed; `None` if nothing does.
pub(super) fn look(path: &Path) -> io::Result<Option<Look>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(system::from_metadata(&metadata))),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What an open file is now.
pub(super) fn stat(file: &File) -> io::Result<FileStamp> {
    Ok(system::from_metadata(&file.metadata()?).stamp)
}

/// Opens a file for reading; `None` for what is not a file. Links are not followed, pipes not waited for.
pub(super) fn open(path: &Path) -> io::Result<Option<File>> {
    system::open(path)
}

/// Moves a file to a name that must be free.
///
/// # Errors
/// `AlreadyExists` if it is not; then nothing happened.
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

/// How much room a file takes on its disk, in bytes; `None` where the system does not say.
pub(super) fn takes(path: &Path) -> Option<u64> {
    system::takes(path)
}

/// Whether there is nothing at the path.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
