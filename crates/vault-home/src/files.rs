//! Files as everything of a user is kept: whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a new file whole or not at all; one that another program made meanwhile stays.
///
/// # Errors
/// As the system reports them.
pub(crate) fn write_new(file: &Path, content: &[u8]) -> io::Result<()> {
    let beside = written_beside(file, content)?;
    match beside.persist_noclobber(file) {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A drive without links cannot tell whether it is there.
        Err(failed) => failed.file.persist(file).map(drop).map_err(|failed| failed.error),
    }
}

/// Writes a file whole or not at all: what was there before stays until what comes is safe on the disk.
///
/// # Errors
/// As the system reports them; then the file is as it was.
pub fn write_whole(file: &Path, content: &[u8]) -> io::Result<()> {
    written_beside(file, content)?.persist(file)?;
    Ok(())
}

fn written_beside(file: &Path, content: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut beside = tempfile::NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
    beside.write_all(content)?;
    beside.as_file().sync_all()?;
    Ok(beside)
}
