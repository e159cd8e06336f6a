//! Giving a file a name that nothing else has, on any file system.

use std::io;

/// The ways there are to rename a file without replacing anything, for one file and one new name.
pub trait FreeName {
    /// Renames, and fails with `AlreadyExists` if the name is taken.
    ///
    /// # Errors
    /// As the system reports them, `Unsupported` where it cannot do that.
    fn rename_unless_taken(&self) -> io::Result<()>;

    /// Gives the file the new name beside its old one.
    ///
    /// # Errors
    /// As the system reports them.
    fn link(&self) -> io::Result<()>;

    /// Takes the old name away.
    ///
    /// # Errors
    /// As the system reports them.
    fn unlink(&self) -> io::Result<()>;

    /// Whether something has the new name.
    ///
    /// # Errors
    /// As the system reports them.
    fn is_taken(&self) -> io::Result<bool>;

    /// Renames, over whatever has the name.
    ///
    /// # Errors
    /// As the system reports them.
    fn rename(&self) -> io::Result<()>;
}

/// Gives a file its new name, unless something has it. Linux and macOS have a call for that, which not every file system
/// knows; a hard link is never made over something either, but FAT and exFAT have none. What is left there is to look first:
/// whoever asks keeps other programs of ours away by a lock, and nobody else has business with such a name.
///
/// # Errors
/// `AlreadyExists` if something is there, which then stays as it is; others as the system reports them.
pub fn give_free_name(file: &impl FreeName) -> io::Result<()> {
    match file.rename_unless_taken() {
        // What a file system, or the system, answers that does not know the call.
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
