//! Hashing stored content.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use vault_core::model::{ContentHasher, FileHash};
use vault_core::ports::FileStamp;

use super::sys;

/// The hash of a file and its stamp, which was constant during the read; `None` if it is not a file, or changed while
/// it was read.
pub(super) fn rehash(path: &Path, buffer: &mut [u8]) -> io::Result<Option<(FileHash, FileStamp)>> {
    let Some(mut file) = sys::open(path)? else { return Ok(None) };
    let before = sys::stat(&file)?;
    let hash = hash_of(&mut file, buffer)?;
    Ok((sys::stat(&file)? == before).then_some((hash, before)))
}

fn hash_of(file: &mut File, buffer: &mut [u8]) -> io::Result<FileHash> {
    let mut hasher = ContentHasher::default();
    loop {
        match file.read(buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(length) => hasher.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
