//! Writing one file: verified into the staging folder, given its time, then its name.

use std::io::{self, Read};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::Handle;

use super::destination::Destination;
use super::drive::{DriveFolder, Look};
use super::fit::Fitted;
use super::mark::Mark;
use super::perform::Ended;
use super::plan::RestoreFile;
use super::times;
use super::verified::{Unverified, Verified};
use super::wherever::read_wherever;
use crate::durable::{By, Naming, Policy, name_durably};
use crate::model::{BlobRef, ContentHasher, FileHash, LastModified, PathText};
use crate::ports::Blobs;
use crate::progress::Progress;
use crate::sparse::SparseWriter;
use crate::system_fault::SystemFault;

/// Written in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a file whose own is taken.
const NAMES: usize = 1000;

/// What became of a file.
pub(super) enum Written {
    /// It was written, under this name and with this time.
    As(PathText, LastModified),
    /// It was there already, byte for byte and with its time as the drive keeps it, under this name.
    AlreadyThere(PathText, LastModified),
    /// The restore was stopped.
    Stopped,
}

/// What the workers share.
pub(super) struct Writer<'a, F: DriveFolder> {
    pub(super) destination: &'a Destination<F>,
    pub(super) fitted: &'a Fitted,
    pub(super) blobs: &'a dyn Blobs,
    pub(super) progress: &'a Progress,
    pub(super) runtime: &'a Handle,
    pub(super) numbers: AtomicU64,
    /// How files are made durable.
    pub(super) policy: Policy,
    /// What says that a file came from outside; none if nothing is to say so.
    pub(super) mark: Option<Mark>,
    /// How many files the drive keeps no mark of.
    pub(super) unmarked: AtomicU64,
    /// Set once the rest cannot be restored either.
    pub(super) ended: &'a OnceLock<Ended>,
}

/// A file with its content and time, that has no name of its own yet.
struct Waiting {
    name: PathText,
    time: LastModified,
    /// Whether it has the mark that it should have.
    marked: bool,
}

/// A file that gets its name at the destination.
struct Place<'a, F> {
    staging: &'a F,
    from: &'a PathText,
    folder: &'a F,
    to: &'a PathText,
}

impl<F: DriveFolder> Naming for Place<'_, F> {
    fn sync_file(&mut self) -> io::Result<()> {
        self.staging.sync_file(self.from)
    }

    fn give_name(&mut self) -> io::Result<()> {
        self.staging.give_name(self.from, self.folder, self.to)
    }

    fn sync_named(&mut self) -> io::Result<()> {
        self.folder.sync_file(self.to)
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.folder.sync_folder()
    }
}

impl<F: DriveFolder> Writer<'_, F> {
    /// Writes `file`, whose content lies at `blob` and is at most as long as that says, into `folder`, which is at `path`.
    pub(super) fn write(
        &self,
        path: &PathText,
        folder: &F,
        file: &RestoreFile,
        blob: &BlobRef,
    ) -> Result<Written, Unverified> {
        let mut staged = None;
        let mut written = self.under_a_name(path, folder, file, (blob, &file.name), &mut staged);
        if let Err(Unverified::Io(error)) = &written
            && staged.is_some()
            && refuses_names(error)
        {
            // The drive took such names when that was tried. Whatever it is, the simplest name is worth another try.
            let plainest = self.destination.names().plainest(&file.name);
            let again = self.under_a_name(path, folder, file, (blob, &plainest), &mut staged);
            written = if again.is_ok() { again } else { written };
        }
        if let Some(Waiting { name, .. }) = staged {
            self.destination.staging().remove(&name)?;
        }
        written
    }

    /// The same under `name`, or the first number after it that nothing has.
    fn under_a_name(
        &self,
        path: &PathText,
        folder: &F,
        file: &RestoreFile,
        (blob, first): (&BlobRef, &PathText),
        staged: &mut Option<Waiting>,
    ) -> Result<Written, Unverified> {
        let names = self.destination.names();
        for number in 1..=NAMES {
            let name = if number == 1 { first.clone() } else { names.numbered(first, number) };
            if name != file.name && self.fitted.is_taken(path, &name, names) {
                continue;
            }
            if let Ok(look) = folder.look(&name) {
                if let Some(time) = self.is_same(folder, &name, look, file)? {
                    return Ok(Written::AlreadyThere(name, time));
                }
                continue;
            }
            if staged.is_none() {
                *staged = self.stage(file, blob)?;
            }
            let Some(from) = &*staged else { return Ok(Written::Stopped) };
            let mut naming = Place { staging: self.destination.staging(), from: &from.name, folder, to: &name };
            match name_durably(self.policy, By::Group, &mut naming) {
                Ok(()) => {
                    let Waiting { time, marked, .. } = *from;
                    self.unmarked.fetch_add(u64::from(!marked), Ordering::Relaxed);
                    *staged = None;
                    return Ok(Written::As(name, time));
                }
                // Taken this instant, or by a name that is the same to this folder alone: the next one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Unverified::Io(io::ErrorKind::AlreadyExists.into()))
    }

    /// Writes the content under a temporary name; `None` if the restore was stopped.
    fn stage(&self, file: &RestoreFile, blob: &BlobRef) -> Result<Option<Waiting>, Unverified> {
        read_wherever((self.blobs, self.runtime), blob, blob.size, |content| {
            let name = PathText::plain(self.numbers.fetch_add(1, Ordering::Relaxed).to_string());
            match self.copy(content, &name, file.last_modified) {
                Ok(Some((time, marked))) => Ok(Some(Waiting { name, time, marked })),
                ended => {
                    // Whatever was written is not the file.
                    let _ = self.destination.staging().remove(&name);
                    ended.map(|_| None)
                }
            }
        })
    }

    /// Copies the content; returns the time it has then, and whether it has its mark.
    fn copy(
        &self,
        mut content: Verified,
        name: &PathText,
        time: LastModified,
    ) -> Result<Option<(LastModified, bool)>, Unverified> {
        let mut copy = SparseWriter::new(self.destination.staging().create(name)?);
        let mut buffer = vec![0; BUFFER];
        loop {
            match content.read(&mut buffer)? {
                0 => break,
                length => {
                    copy.write(&buffer[..length])?;
                    self.progress.add_bytes(length as u64);
                }
            }
            if self.progress.stopped() || self.ended.get().is_some() {
                return Ok(None);
            }
        }
        content.finish()?;
        drop(copy.finish()?);
        // Before its time: a mark is a change, too. Nothing is given a name before it has what it is to have.
        let marked = self.mark(name)?;
        Ok(Some((self.destination.give_time(name, time)?, marked)))
    }

    /// Marks a file in the staging folder. Whether it has the mark now that it should have.
    fn mark(&self, name: &PathText) -> io::Result<bool> {
        let Some(mark) = &self.mark else { return Ok(true) };
        match self.destination.staging().mark(name, mark) {
            Err(error) if SystemFault::of(&error).is_no_room() => Err(error),
            // A drive without marks has many words for that. The file is worth more than its mark; it is counted.
            marked => Ok(marked.is_ok()),
        }
    }

    /// Whether what has the name is the file: its length, its time as this drive keeps it, and every byte. Then its time.
    fn is_same(&self, folder: &F, name: &PathText, look: Look, file: &RestoreFile) -> io::Result<Option<LastModified>> {
        if !look.is_file || look.size != file.size {
            return Ok(None);
        }
        let time = LastModified::from_system(look.modified);
        let same = self.is_same_time(time, file.last_modified)? && hash_of(&mut folder.open(name)?)? == file.hash;
        Ok(same.then_some(time))
    }

    fn is_same_time(&self, there: LastModified, time: LastModified) -> io::Result<bool> {
        if there == time || time.to_system().is_none() {
            return Ok(true);
        }
        let kept = self.destination.kept_time(time)?;
        // A drive that does not keep this time to the millisecond may have rounded it another way when it was written.
        Ok(there == kept || (kept != time && !times::is_other(there, kept)))
    }
}

fn hash_of(file: &mut dyn Read) -> io::Result<FileHash> {
    let mut hasher = ContentHasher::default();
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(length) => hasher.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Whether an error may come from a name that the drive does not have. Drives have many words for that.
fn refuses_names(error: &io::Error) -> bool {
    matches!(
        SystemFault::of(error),
        SystemFault::NameRefused
            | SystemFault::NameTooLong
            | SystemFault::Unsupported
            | SystemFault::NotThere
            | SystemFault::NoAccess
            | SystemFault::Other(_)
    )
}
