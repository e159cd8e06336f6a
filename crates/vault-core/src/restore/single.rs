//! Reads one content, to be viewed here or opened in another program. Only verified content is returned.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::disk::mark_file;
use super::drive_names::DriveNames;
use super::mark::{Mark, Marks, Origin};
use super::names::{Flavor, Segment, safe_segment};
use super::place::give_name;
use super::verified::{Unverified, Verified};
use super::wherever::read_wherever;
use crate::intake::temporary_name;
use crate::model::{BlobRef, FileHash, PathText};
use crate::ports::{Attention, PortError};
use crate::reason::Reason;
use crate::sparse::SparseWriter;
use crate::system_fault::SystemFault;
use crate::vault::Vault;

/// The read size in bytes.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a copy whose name is taken.
const NAMES: usize = 1000;

impl Vault {
    /// The verified bytes of a content; `None` if there are more than `most` bytes.
    ///
    /// # Errors
    /// [`PortError`] with a sentence for the user: verification failed, or the content is missing or unreadable.
    pub async fn read_verified(&self, content: FileHash, most: u64) -> Result<Option<Vec<u8>>, PortError> {
        let mut failure = None;
        for known in self.records.known(&[content]).await? {
            if known.blob.size > most {
                return Ok(None);
            }
            let longest = self.longest_said(content).await?.max(known.blob.size).min(most);
            match self.verified(known.blob, longest, to_memory).await {
                Ok(bytes) => return Ok(Some(bytes)),
                Err(Unverified::Vault(error)) if !error.is_damage() => return Err(error),
                Err(error) => failure = Some(worse(failure, error)),
            }
        }
        let name = self.mirror.document(content).await.ok().flatten();
        let name = name.and_then(|document| Some(document.records.into_iter().next()?.original_name));
        Err(refused(failure, name.as_deref(), "read"))
    }

    /// Writes a verified content to a new file in `folder`, under `name` or the nearest valid and free name. The file
    /// is marked as coming from outside, where the system has such a mark. Returns its path.
    ///
    /// # Errors
    /// As [`read_verified`](Self::read_verified), or if the folder is not writable, or can't store the mark; then no
    /// file is left in it.
    pub async fn verified_copy(&self, content: FileHash, folder: &Path, name: &str) -> Result<PathBuf, PortError> {
        let (Segment::Same(name) | Segment::Renamed(name)) = safe_segment(&PathText::plain(name), Flavor::here())
        else {
            return Err(PortError::invalid(format!("“{name}” is no name for a file. Restore the document instead.")));
        };
        let mark = Marks::here().of(Origin::Outside, self.clock.now());
        let mut failure = None;
        for known in self.records.known(&[content]).await? {
            let longest = self.longest_said(content).await?.max(known.blob.size);
            let mark = mark.clone();
            let temporary = temporary_name(&self.clock.unique().to_string());
            let (folder, name) = (folder.to_owned(), name.clone());
            let write = move |content| to_file(content, mark.as_ref(), &folder, &name, Path::new(&temporary));
            match self.verified(known.blob, longest, write).await {
                Ok(path) => return Ok(path),
                Err(Unverified::Vault(error)) if !error.is_damage() => return Err(error),
                Err(error) => failure = Some(worse(failure, error)),
            }
        }
        Err(refused(failure, Some(name.text()), "copied"))
    }

    /// Passes a content to `read`, from whichever place has it.
    async fn verified<T: Send + 'static>(
        &self,
        blob: BlobRef,
        longest: u64,
        read: impl FnMut(Verified) -> Result<T, Unverified> + Send + 'static,
    ) -> Result<T, Unverified> {
        let (blobs, runtime) = (Arc::clone(&self.blobs), Handle::current());
        let work = move || read_wherever((&*blobs, &runtime), &blob, longest, read);
        spawn_blocking(work).await.unwrap_or_else(|error| Err(std::io::Error::other(error).into()))
    }
}

/// Combines the failures of two records' content: it is missing only if it is missing for both.
fn worse(before: Option<Unverified>, now: Unverified) -> Unverified {
    match (before, now) {
        (Some(before), Unverified::Missing) => before,
        (_, now) => now,
    }
}

/// The error for a content that is not returned, with its `name` for the user; no `failure` means that no record has
/// this content.
fn refused(failure: Option<Unverified>, name: Option<&str>, what: &str) -> PortError {
    let of_name = |named: fn(String) -> Reason, this: Reason| name.map_or(this, |name| named(name.to_owned()));
    match failure {
        None => PortError::invalid(Reason::NoSuchContent),
        Some(Unverified::Vault(error)) if !error.is_damage() => error,
        Some(Unverified::Damaged | Unverified::Vault(_)) => {
            PortError::damaged(of_name(|name| Reason::NotAsFiled { name }, Reason::ThisNotAsFiled))
        }
        Some(Unverified::Missing) => {
            PortError::damaged(of_name(|name| Reason::ContentMissing { name }, Reason::ThisContentMissing))
        }
        Some(Unverified::Io(error)) if SystemFault::of(&error).is_no_room() => {
            PortError::NeedsPerson { kind: Attention::NoRoom, message: Reason::NoRoomForCopy.into() }
        }
        Some(Unverified::Io(error) | Unverified::Unread(error)) => {
            let fault = SystemFault::of(&error);
            let name = name.map_or_else(|| "this document".to_owned(), |name| format!("“{name}”"));
            PortError::later(format!("{name} could not be {what}: {fault}. {}", fault.help()))
        }
    }
}

fn to_memory(mut content: Verified) -> Result<Vec<u8>, Unverified> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match content.read(&mut buffer)? {
            0 => break,
            length => bytes.extend_from_slice(&buffer[..length]),
        }
    }
    content.finish()?;
    Ok(bytes)
}

/// Writes to a temporary name; the file gets its own once it is verified.
fn to_file(
    content: Verified,
    mark: Option<&Mark>,
    folder: &Path,
    name: &PathText,
    temporary: &Path,
) -> Result<PathBuf, Unverified> {
    let dir = Dir::open_ambient_dir(folder, ambient_authority())?;
    let copied = copy(content, &dir, temporary).and_then(|()| {
        mark.map_or(Ok(()), |mark| mark_file(&dir, temporary, mark))?;
        Ok(place(&dir, temporary, name)?)
    });
    match copied {
        Ok(name) => Ok(folder.join(name.to_os())),
        Err(error) => {
            // An incomplete file is not the document.
            if let Err(error) = dir.remove_file(temporary) {
                tracing::debug!(kind = ?error.kind(), "an incomplete copy is not removed");
            }
            Err(error)
        }
    }
}

fn copy(mut content: Verified, dir: &Dir, temporary: &Path) -> Result<(), Unverified> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut copy = SparseWriter::new(dir.open_with(temporary, &options)?.into_std());
    let mut buffer = vec![0; BUFFER];
    loop {
        match content.read(&mut buffer)? {
            0 => break,
            length => copy.write(&buffer[..length])?,
        }
    }
    content.finish()?;
    copy.finish()?;
    Ok(())
}

fn place(dir: &Dir, temporary: &Path, name: &PathText) -> std::io::Result<PathText> {
    let names = DriveNames::default();
    let name = &names.nearest(name);
    for number in 1..=NAMES {
        let name = if number == 1 { name.clone() } else { names.numbered(name, number) };
        match give_name(dir, temporary, dir, Path::new(&name.to_os())) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            given => return given.map(|()| name),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}
