//! Writes one file: verifies it in the staging folder, sets its time, then gives it its name.

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

/// The write size in bytes.
const BUFFER: usize = 256 * 1024;

/// How many names are tried for a file whose name is taken.
const NAMES: usize = 1000;

/// The result for one file.
pub(super) enum Written {
    /// It was written, with this name and time.
    As(PathText, LastModified),
    /// It was there already, with the same bytes and with its time as the drive stores it, under this name.
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
    /// How to make files durable.
    pub(super) policy: Policy,
    /// The mark for files from outside; `None` for no mark.
    pub(super) mark: Option<Mark>,
    /// The number of files whose mark the drive can't store.
    pub(super) unmarked: AtomicU64,
    /// Set once the remaining files can't be restored either.
    pub(super) ended: &'a OnceLock<Ended>,
}

/// A file with its content and time, still under its temporary name.
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
    /// Writes `file`, whose content is at `blob` and has at most `blob.size` bytes, into `folder`, whose path is
    /// `path`.
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
            // The drive accepted such names in the trial. Whatever the reason, the simplest name is worth another try.
            let plainest = self.destination.names().plainest(&file.name);
            let again = self.under_a_name(path, folder, file, (blob, &plainest), &mut staged);
            written = if again.is_ok() { again } else { written };
        }
        if let Some(Waiting { name, .. }) = staged {
            self.destination.staging().remove(&name)?;
        }
        written
    }

    /// Writes it under `name`, or under that with the first free number.
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
                // The name was just taken, or equals another one in this folder only: try the next one.
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
                    // An incomplete file must not stay.
                    if let Err(error) = self.destination.staging().remove(&name) {
                        tracing::debug!(kind = ?error.kind(), "an incomplete file is not removed");
                    }
                    ended.map(|_| None)
                }
            }
        })
    }

    /// Copies the content; returns the file's time, and whether it has its mark.
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
        // Before its time is set, because marking is a change, too. The file gets its name last.
        let marked = self.mark(name)?;
        Ok(Some((self.destination.give_time(name, time)?, marked)))
    }

    /// Marks a file in the staging folder. Returns whether it now has the mark that it should have.
    fn mark(&self, name: &PathText) -> io::Result<bool> {
        let Some(mark) = &self.mark else { return Ok(true) };
        match self.destination.staging().mark(name, mark) {
            Err(error) if SystemFault::of(&error).is_no_room() => Err(error),
            // Drives without marks return many different errors. The file matters more than its mark; it is counted.
            marked => Ok(marked.is_ok()),
        }
    }

    /// Whether the entry is the same file: length, time as this drive stores it, and every byte. If so, returns its
    /// time.
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
        // A drive with a coarser resolution may have rounded the time differently when it was written.
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

/// Whether an error may mean that the drive refuses the name. Drives return many different ones.
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
