//! Storing one file: copied to a temporary name, verified while it is written, then moved to its place.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use vault_core::intake::Problem;
use vault_core::ports::{PortError, Put, PutFailure};
use vault_core::{SparseWriter, SystemFault};

use super::put::Batch;
use super::rehash::rehash;
use super::stamps::Verified;
use super::sys;
use crate::folder::cannot;

type Outcome<T> = Result<T, PutFailure>;

/// A temporary file; removed unless it reaches its final name.
struct Temporary(Option<PathBuf>);

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(path)
        {
            tracing::debug!(kind = ?error.kind(), "a temporary file is not removed");
        }
    }
}

/// FAT's limit is 4 GB.
const TOO_LARGE: &str = "the drive that the vault is on cannot hold a file of that size. Keep the vault on a drive of another \
                         format (exFAT, NTFS, APFS or ext4), and file it again.";

/// How often a move is tried if the path is taken again each time.
const TRIES: usize = 3;

/// Stores one file of a batch.
pub(super) fn store(batch: &Batch<'_>, at: usize, put: &Put, buffer: &mut [u8]) -> Outcome<Verified> {
    let expected = &put.source.expected;
    if expected.hash != put.blob.hash() || expected.size != put.blob.size {
        return Err(PutFailure::Source(Problem::Changed));
    }
    if put.blob.path.team() != &batch.ground.team {
        return Err(PutFailure::Source(Problem::Refused("it belongs to another team's vault".to_owned())));
    }
    let place = batch.make_folder(put)?.join(put.blob.path.file_name());
    if let Some(there) = adopt(batch, put, &place, buffer)? {
        batch.watch.stored(put.blob.size);
        return Ok(there);
    }
    let temporary = batch.ground.folder.tmp().join(format!("{}-{at}", batch.mark));
    let (file, mut guard) = copy(batch, put, &temporary, buffer)?;
    for _ in 0..TRIES {
        match sys::name_in_batch(&file, &temporary, &place) {
            Ok(()) => {
                guard.0 = None;
                let stamp = sys::stat(&file).map_err(|error| vault("look at", &place, &error))?;
                return Ok(Verified::new(&put.blob.path, stamp));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if let Some(there) = adopt(batch, put, &place, buffer)? {
                    return Ok(there);
                }
            }
            Err(error) => return Err(vault("store", &place, &error)),
        }
    }
    Err(PutFailure::Later(PortError::later(format!("Something else keeps being put at {}.", place.display()))))
}

/// Copies the source to a temporary name, and checks that it has the promised content.
fn copy(batch: &Batch<'_>, put: &Put, temporary: &Path, buffer: &mut [u8]) -> Outcome<(File, Temporary)> {
    let mut source = put.source.open().map_err(PutFailure::Source)?;
    let file = sys::create(temporary).map_err(|error| vault("make", temporary, &error))?;
    let guard = Temporary(Some(temporary.to_owned()));
    let mut writer = SparseWriter::new(file);
    let not_written = |error: io::Error| match SystemFault::of(&error) {
        // Concerns this file only: others may be smaller.
        SystemFault::TooLarge => PutFailure::Source(Problem::Refused(TOO_LARGE.to_owned())),
        _ => vault("write", temporary, &error),
    };
    let mut left = put.blob.size;
    while left > 0 {
        let length = source.read(buffer).map_err(PutFailure::Source)?;
        if length == 0 {
            break;
        }
        writer.write(&buffer[..length]).map_err(not_written)?;
        batch.watch.stored(length as u64);
        left = left.saturating_sub(length as u64);
        if left > 0 && batch.watch.stop() {
            return Err(PutFailure::Stopped);
        }
    }
    source.finish().map_err(PutFailure::Source)?;
    let file = writer.finish().map_err(not_written)?;
    Ok((file, guard))
}

/// Returns the existing file at the path if it is the content; otherwise sets it aside for the user to examine.
fn adopt(batch: &Batch<'_>, put: &Put, place: &Path, buffer: &mut [u8]) -> Outcome<Option<Verified>> {
    let Some(look) = sys::look(place).map_err(|error| vault("look at", place, &error))? else {
        return Ok(None);
    };
    if look.file
        && look.stamp.size == put.blob.size
        && let Ok(Some((hash, stamp))) = rehash(place, buffer)
        && hash == put.blob.hash()
    {
        return Ok(Some(Verified::new(&put.blob.path, stamp)));
    }
    let name = format!("{}.{}", put.blob.hash(), batch.ground.clock.unique());
    match std::fs::rename(place, batch.ground.folder.set_aside().join(name)) {
        Err(error) if !sys::is_absent(&error) => Err(vault("set aside", place, &error)),
        _ => Ok(None),
    }
}

fn vault(what: &str, path: &Path, error: &io::Error) -> PutFailure {
    PutFailure::Vault(cannot(what, path, error))
}
