//! Writing one file: verified into the staging folder, given its time, then its name.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt};
use cap_std::fs::{Dir, OpenOptions};
use tokio::runtime::Handle;

use super::folder::Destination;
use super::names::numbered;
use super::place::give_name;
use super::plan::RestoreFile;
use super::run::Ended;
use super::verified::{Unverified, Verified};
use crate::model::{BlobRef, ContentHasher, LastModified, PathText};
use crate::ports::Blobs;
use crate::progress::Progress;

/// Written in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a file whose own is taken.
const NAMES: usize = 1000;

/// What became of a file.
pub(super) enum Written {
    /// It was written, under this name.
    As(PathText),
    /// It was there already, byte for byte and with its time, under this name.
    AlreadyThere(PathText),
    /// The restore was stopped.
    Stopped,
}

/// What the workers share.
pub(super) struct Writer<'a> {
    pub(super) destination: &'a Destination,
    pub(super) blobs: &'a dyn Blobs,
    pub(super) progress: &'a Progress,
    pub(super) runtime: &'a Handle,
    pub(super) numbers: AtomicU64,
    /// Set once the rest cannot be restored either.
    pub(super) ended: &'a OnceLock<Ended>,
}

impl Writer<'_> {
    /// Writes `file`, whose content lies at `blob`, into `folder`.
    pub(super) fn write(&self, folder: &Dir, file: &RestoreFile, blob: &BlobRef) -> Result<Written, Unverified> {
        let mut staged: Option<PathBuf> = None;
        let mut written = Err(Unverified::Io(io::ErrorKind::AlreadyExists.into()));
        for number in 1..=NAMES {
            let name = if number == 1 { file.name.clone() } else { numbered(&file.name, number) };
            let os_name = PathBuf::from(name.to_os());
            if folder.symlink_metadata(&os_name).is_ok() {
                if is_same(folder, &os_name, file)? {
                    written = Ok(Written::AlreadyThere(name));
                    break;
                }
                continue;
            }
            if staged.is_none() {
                staged = self.stage(file, blob)?;
            }
            let Some(from) = &staged else {
                written = Ok(Written::Stopped);
                break;
            };
            match give_name(self.destination.staging(), from, folder, &os_name) {
                Ok(()) => return Ok(Written::As(name)),
                // A name that only differs in case, or was taken this instant: the next one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    written = Err(error.into());
                    break;
                }
            }
        }
        if let Some(from) = staged {
            self.destination.staging().remove_file(from)?;
        }
        written
    }

    /// Writes the content under a temporary name; `None` if the restore was stopped.
    fn stage(&self, file: &RestoreFile, blob: &BlobRef) -> Result<Option<PathBuf>, Unverified> {
        let opened = self.runtime.block_on(self.blobs.get(blob)).map_err(Unverified::Vault)?;
        let reader = opened.ok_or(Unverified::Missing)?;
        let name = PathBuf::from(self.numbers.fetch_add(1, Ordering::Relaxed).to_string());
        match self.copy(Verified::new(reader, blob.clone()), &name, file.last_modified) {
            Ok(true) => Ok(Some(name)),
            ended => {
                // Whatever was written is not the file.
                let _ = self.destination.staging().remove_file(&name);
                ended.map(|_| None)
            }
        }
    }

    fn copy(&self, mut content: Verified, name: &Path, time: LastModified) -> Result<bool, Unverified> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut copy = self.destination.staging().open_with(name, &options)?.into_std();
        let mut buffer = vec![0; BUFFER];
        loop {
            match content.read(&mut buffer)? {
                0 => break,
                length => {
                    copy.write_all(&buffer[..length])?;
                    self.progress.add_bytes(length as u64);
                }
            }
            if self.progress.stopped() || self.ended.get().is_some() {
                return Ok(false);
            }
        }
        content.finish()?;
        if let Some(time) = time.to_system() {
            copy.set_modified(time)?;
        }
        if !cfg!(target_os = "linux") {
            copy.sync_all()?;
        }
        Ok(true)
    }
}

/// Whether what has the name is the file: its length, its time to the millisecond, and every byte.
fn is_same(folder: &Dir, name: &Path, file: &RestoreFile) -> io::Result<bool> {
    let metadata = folder.symlink_metadata(name)?;
    if !metadata.is_file() || metadata.len() != file.size {
        return Ok(false);
    }
    let time = LastModified::from_system(metadata.modified()?.into_std());
    if time != file.last_modified && file.last_modified.to_system().is_some() {
        return Ok(false);
    }
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No);
    let mut there = folder.open_with(name, &options)?;
    let mut hasher = ContentHasher::default();
    let mut buffer = vec![0; BUFFER];
    loop {
        match there.read(&mut buffer)? {
            0 => return Ok(hasher.finish() == file.hash),
            length => hasher.update(&buffer[..length]),
        }
    }
}
