//! Files as everything of a user is kept: whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file whole or not at all: what was there before stays until what comes is safe on the disk.
///
/// # Errors
/// As the system reports them; then the file is as it was.
pub fn write_whole(file: &Path, content: &[u8]) -> io::Result<()> {
    let mut beside = tempfile::NamedTempFile::new_in(file.parent().unwrap_or(Path::new(".")))?;
    beside.write_all(content)?;
    beside.as_file().sync_all()?;
    beside.persist(file)?;
    Ok(())
}
