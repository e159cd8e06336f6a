//! A place for a written file: giving it its name, unless something has that name, and whether there is room.

use std::io;
use std::path::Path;

use cap_std::fs::Dir;

/// Moves `staging/from` to `folder/to`.
///
/// # Errors
/// `AlreadyExists` if something is there, which then stays as it is; others as the system reports them.
pub(super) fn give_name(staging: &Dir, from: &Path, folder: &Dir, to: &Path) -> io::Result<()> {
    match rename_unless_taken(staging, from, folder, to) {
        Err(error) if is_unsupported(&error) => {}
        renamed => return renamed,
    }
    // A hard link is never made over something either; then the first name goes.
    match staging.hard_link(from, folder, to) {
        Ok(()) => return staging.remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // FAT has neither. What is left is to look first; only another program at the same instant could slip in.
        Err(_) => {}
    }
    match folder.symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => staging.rename(from, folder, to),
        Err(error) => Err(error),
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn rename_unless_taken(staging: &Dir, from: &Path, folder: &Dir, to: &Path) -> io::Result<()> {
    Ok(rustix::fs::renameat_with(staging, from, folder, to, rustix::fs::RenameFlags::NOREPLACE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn rename_unless_taken(_: &Dir, _: &Path, _: &Dir, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the file system, not this file, is why it failed.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Whether there is no room left, which is the same for every file that follows.
pub(super) fn is_no_room(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
