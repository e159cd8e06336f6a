//! Moves a written file to its place, unless the name is taken.

use std::io;
use std::path::Path;

use cap_std::fs::Dir;

use crate::free_name::{FreeName, give_free_name};

/// Moves `staging/from` to `folder/to`.
///
/// # Errors
/// `AlreadyExists` if the name is taken, and nothing is changed; others as the system reports them.
pub(super) fn give_name(staging: &Dir, from: &Path, folder: &Dir, to: &Path) -> io::Result<()> {
    give_free_name(&Move { staging, from, folder, to })
}

struct Move<'a> {
    staging: &'a Dir,
    from: &'a Path,
    folder: &'a Dir,
    to: &'a Path,
}

impl FreeName for Move<'_> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn rename_unless_taken(&self) -> io::Result<()> {
        let flags = rustix::fs::RenameFlags::NOREPLACE;
        Ok(rustix::fs::renameat_with(self.staging, self.from, self.folder, self.to, flags)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn rename_unless_taken(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn link(&self) -> io::Result<()> {
        self.staging.hard_link(self.from, self.folder, self.to)
    }

    fn unlink(&self) -> io::Result<()> {
        self.staging.remove_file(self.from)
    }

    fn is_taken(&self) -> io::Result<bool> {
        match self.folder.symlink_metadata(self.to) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn rename(&self) -> io::Result<()> {
        self.staging.rename(self.from, self.folder, self.to)
    }
}
