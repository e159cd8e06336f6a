//! Making stored content durable. Linux can flush a whole file system at once, which for many small files costs a
//! small part of flushing each; elsewhere each file is flushed when it is written, and the folders at the end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Flushes one file, where it has to be done one by one.
#[allow(clippy::unnecessary_wraps)] // on Linux
pub(in crate::blobs) fn flush_file(file: &File) -> io::Result<()> {
    if cfg!(target_os = "linux") { Ok(()) } else { file.sync_all() }
}

/// Flushes everything that was written below `root`; `folders` are those with new entries.
#[cfg(target_os = "linux")]
pub(in crate::blobs) fn flush_batch(root: &Path, _folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(root)?)?)
}

/// Flushes the folders with new entries, and those above them up to `root`.
#[cfg(all(unix, not(target_os = "linux")))]
pub(in crate::blobs) fn flush_batch(root: &Path, folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    let above = folders.iter().flat_map(|folder| folder.ancestors()).filter(|folder| folder.starts_with(root));
    above.collect::<BTreeSet<_>>().into_iter().try_for_each(|folder| File::open(folder)?.sync_all())
}

/// Windows flushes a folder's entries with the file.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(in crate::blobs) fn flush_batch(_root: &Path, _folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    Ok(())
}
