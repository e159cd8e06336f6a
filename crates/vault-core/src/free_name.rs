//! Gives a file a name only if it is free, on any file system.

use std::io;

/// The possible ways to rename a file without replacing another, for one file and one new name.
pub trait FreeName {
    /// Renames; fails with `AlreadyExists` if the name is taken.
    ///
    /// # Errors
    /// As the system reports them; `Unsupported` where it has no such call.
    fn rename_unless_taken(&self) -> io::Result<()>;

    /// Adds the new name as a hard link.
    ///
    /// # Errors
    /// As the system reports them.
    fn link(&self) -> io::Result<()>;

    /// Removes the old name.
    ///
    /// # Errors
    /// As the system reports them.
    fn unlink(&self) -> io::Result<()>;

    /// Whether the new name is taken.
    ///
    /// # Errors
    /// As the system reports them.
    fn is_taken(&self) -> io::Result<bool>;

    /// Renames, replacing any file with the new name.
    ///
    /// # Errors
    /// As the system reports them.
    fn rename(&self) -> io::Result<()>;
}

/// Gives a file its new name, unless that is taken. Linux and macOS have a call for this, but not every file system
/// supports it; creating a hard link does not replace a file either, but FAT and exFAT have none. The last resort is to
/// check first: the caller holds a lock against other instances of this program, and no other program uses such names.
///
/// # Errors
/// `AlreadyExists` if the name is taken, and nothing is changed; others as the system reports them.
pub fn give_free_name(file: &impl FreeName) -> io::Result<()> {
    match file.rename_unless_taken() {
        // The errors of a file system, or a system, that does not support the call.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {}
        renamed => return renamed,
    }
    match file.link() {
        Ok(()) => return file.unlink(),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) => {}
    }
    if file.is_taken()? { Err(io::ErrorKind::AlreadyExists.into()) } else { file.rename() }
}
