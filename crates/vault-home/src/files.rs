//! Folders and files as everything of a person is kept: for that person alone, and whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Makes a folder, and those above it, for its owner alone, if it is not there.
///
/// # Errors
/// As the system reports them.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

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
