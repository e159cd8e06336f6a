//! One content: to be looked at, or to be opened in its own program. What is not verified is handed out to nobody.

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
use crate::sparse::SparseWriter;
use crate::system_fault::SystemFault;
use crate::vault::Vault;

/// Read in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a copy whose own is taken.
const NAMES: usize = 1000;

impl Vault {
    /// The bytes of a content, verified; `None` if there are more than `most`.
    ///
    /// # Errors
    /// [`PortError`] with a sentence for the person: verification failed, the content is missing or cannot be read.
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

    /// Writes a content, verified, to a new file in `folder`, under `name` or the nearest one that is allowed and free
    /// there. It says that it came from outside, where the system has a mark for that. Returns where it stands.
    ///
    /// # Errors
    /// As [`read_verified`](Self::read_verified), or if the folder cannot be written to, or keeps no mark; then nothing is
    /// left in it.
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

    /// Gives a content to `read`, wherever it is.
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

/// What is said of two records' content: that nothing is there only if that is so of both.
fn worse(before: Option<Unverified>, now: Unverified) -> Unverified {
    match (before, now) {
        (Some(before), Unverified::Missing) => before,
        (_, now) => now,
    }
}

/// Why a content is not handed out, for a person who knows it as `name`; without a reason, because no record refers to it.
fn refused(failure: Option<Unverified>, name: Option<&str>, what: &str) -> PortError {
    let name = name.map_or_else(|| "this document".to_owned(), |name| format!("“{name}”"));
    match failure {
        None => PortError::invalid("There is no document with this content in the vault."),
        Some(Unverified::Vault(error)) if !error.is_damage() => error,
        Some(Unverified::Damaged | Unverified::Vault(_)) => PortError::damaged(format!(
            "Verification failed: what came of {name} is not what was filed. Nothing was opened. Try again; if it stays so, \
             check the vault."
        )),
        Some(Unverified::Missing) => PortError::damaged(format!(
            "Content missing: the vault has a record of {name}, but not its content. File it again, and the content is \
             stored again."
        )),
        Some(Unverified::Io(error)) if SystemFault::of(&error).is_no_room() => PortError::NeedsPerson {
            kind: Attention::NoRoom,
            message: "There is no room left for a copy of the document. Make room and try again.".to_owned(),
        },
        Some(Unverified::Io(error) | Unverified::Unread(error)) => {
            let fault = SystemFault::of(&error);
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

/// Written under a temporary name; it gets its own once it is verified.
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
            // Whatever was written is not the document.
            let _ = dir.remove_file(temporary);
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
