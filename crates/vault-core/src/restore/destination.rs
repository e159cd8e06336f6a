//! The destination folder of a restore.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::DiskFolder;
use super::drive::DriveFolder;
use super::drive_names::DriveNames;
use super::folders::{Folder, Folders};
use super::times::{DriveTimes, nearest_time};
use super::trial;
use super::way::{EVERY, Way};
use crate::durable::{Group, Policy, flush_group};
use crate::intake::STAGING;
use crate::model::{LastModified, PathText};
use crate::ports::PortError;
use crate::reason::Reason;
use crate::system_fault::SystemFault;
use parking_lot::Mutex;

/// The file in it that is locked while the restore runs.
const LOCK: &str = "lock";

/// The folder in which the drive's handling of names and times is tried out.
const TRIAL: &str = "trial";

/// The file in that folder whose time is set.
const TIME: &str = "time";

/// The destination folder, and how its drive handles names and times.
pub(super) struct Destination<F: DriveFolder> {
    root: F,
    staging: F,
    names: DriveNames,
    times: DriveTimes,
    /// The folder with the file for trying out times.
    trial: Mutex<F>,
    /// Every folder at the destination that may have been written to.
    written: Mutex<Folders>,
    /// Open handles on the way to the last deeply nested folder.
    way: Mutex<Way<F>>,
}

/// Held while a restore writes to a folder.
pub(super) struct Lock(Option<fs::File>);

impl Destination<DiskFolder> {
    /// Opens the destination, creating it if needed, and clears what an interrupted restore left.
    ///
    /// # Errors
    /// `WouldBlock` if another restore is writing here; others as the system reports them.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Lock)> {
        let root = DiskFolder::open_or_make(path)?;
        let staging = root.sub_folder(&PathText::plain(STAGING));
        let staging = staging.map_err(|error| match SystemFault::of(&error) {
            SystemFault::NotAFolder | SystemFault::Link => in_the_way(path),
            _ => error,
        })?;
        if !is_ours(&staging)? {
            return Err(in_the_way(path));
        }
        let lock = staging.open_lock(LOCK)?;
        let lock = match lock.try_lock() {
            Ok(()) => Lock(Some(lock)),
            Err(fs::TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            // Some drives have no locks. Nothing is ever overwritten; without a lock, two restores may still interfere.
            Err(fs::TryLockError::Error(_)) => Lock(None),
        };
        Ok((Self::on(root)?, lock))
    }

    /// Makes everything written so far durable, and removes the staging folder.
    pub(super) fn finish(self, lock: Lock) -> io::Result<()> {
        let Self { root, staging, trial, written, way, .. } = self;
        drop((trial, way));
        clear(&staging)?;
        staging.remove(&PathText::plain(LOCK))?;
        drop((staging, lock.0));
        root.remove_folder(&PathText::plain(STAGING))?;
        flush(Policy::here(), &root, &written)
    }
}

impl<F: DriveFolder> Destination<F> {
    /// Restores into `root`, after trying out how its drive handles names.
    pub(super) fn on(root: F) -> io::Result<Self> {
        let staging = root.sub_folder(&PathText::plain(STAGING))?;
        clear(&staging)?;
        let trial = staging.sub_folder(&PathText::plain(TRIAL))?;
        let names = trial::names_of(&trial)?;
        let time = PathText::plain(TIME);
        drop(trial.create(&time)?);
        let times = DriveTimes::of(&trial, &time, &names)?;
        Ok(Self {
            root,
            staging,
            names,
            times,
            trial: Mutex::new(trial),
            written: Mutex::default(),
            way: Mutex::default(),
        })
    }

    /// How the drive handles names.
    pub(super) const fn names(&self) -> &DriveNames {
        &self.names
    }

    /// Where files are written before they get their names.
    pub(super) const fn staging(&self) -> &F {
        &self.staging
    }

    /// Opens a folder at the destination, creating missing ones on the way.
    pub(super) fn folder(&self, path: &PathText) -> io::Result<F> {
        // This folder and those above it, since they may be new.
        self.written.lock().add_path(path);
        let path: Vec<PathText> = path.segments().collect();
        if path.len() < EVERY {
            return Way::default().open(&self.root, &path);
        }
        self.way.lock().open(&self.root, &path)
    }

    /// Makes everything that was written durable.
    #[cfg(test)]
    pub(super) fn flush(&self, policy: Policy) -> io::Result<()> {
        flush(policy, &self.root, &self.written)
    }

    /// Sets the time of a folder.
    pub(super) fn set_time(&self, path: &PathText, time: LastModified) -> io::Result<()> {
        let Some(time) = time.to_system() else { return Ok(()) };
        let bytes = path.bytes();
        let end = bytes.iter().rposition(|byte| *byte == b'/');
        let (above, name) = end.map_or((&b""[..], bytes), |end| (&bytes[..end], &bytes[end + 1..]));
        if name.is_empty() {
            return Ok(());
        }
        let [above, name] = [above, name].map(|bytes| PathText::from_bytes(bytes.to_vec()));
        self.folder(&above)?.set_time(&name, time)
    }

    /// What the drive returns for a time that a file is given.
    pub(super) fn kept_time(&self, time: LastModified) -> io::Result<LastModified> {
        let trial = self.trial.lock();
        nearest_time(&*trial, &PathText::plain(TIME), time, self.times)
    }

    /// Sets the time of a file in the staging folder, or the nearest one that the drive can store. Returns the stored
    /// time.
    pub(super) fn give_time(&self, staged: &PathText, time: LastModified) -> io::Result<LastModified> {
        nearest_time(&self.staging, staged, time, self.times)
    }
}

/// Makes everything that was written below `root` durable: the user may remove the drive as soon as the restore reports
/// that it is done.
fn flush<F: DriveFolder>(policy: Policy, root: &F, written: &Mutex<Folders>) -> io::Result<()> {
    let written = written.lock();
    flush_group(policy, &Restored { root, folders: &written })
}

struct Restored<'a, F> {
    root: &'a F,
    folders: &'a Folders,
}

impl<F: DriveFolder> Group for Restored<'_, F> {
    fn sync_drive(&self) -> io::Result<()> {
        self.root.sync_drive()
    }

    fn sync_folders(&self) -> io::Result<()> {
        self.root.sync_folder()?;
        let (mut way, mut path) = (Way::default(), Vec::new());
        // Top down, so that each folder is opened from one nearby.
        let below = |folder: Folder, depth: usize| {
            let mut below: Vec<_> =
                self.folders.below(folder).map(|below| (self.folders.name(below), depth, below)).collect();
            below.sort_unstable_by(|one, other| other.cmp(one));
            below
        };
        let mut todo = below(Folders::TOP, 0);
        while let Some((name, depth, folder)) = todo.pop() {
            path.truncate(depth);
            path.push(name);
            match way.open(self.root, &path) {
                Ok(folder) => folder.sync_folder()?,
                // The folder could not be made or opened, which was reported; nothing was written to it.
                Err(error) if SystemFault::of(&error).is_no_room() => return Err(error),
                Err(_) => {}
            }
            todo.extend(below(folder, depth + 1));
        }
        Ok(())
    }
}

/// Whether everything in the staging folder was written by a restore, so that it may be removed. The first file that a
/// restore writes there is the lock.
fn is_ours<F: DriveFolder>(staging: &F) -> io::Result<bool> {
    let names = staging.names()?;
    let lock = staging.look(&PathText::plain(LOCK));
    let locked = lock.is_ok_and(|lock| lock.is_file && lock.size == 0);
    // On a drive without extended attributes, macOS stores them in a separate file.
    let number = |name: &str| name.strip_prefix("._").unwrap_or(name).bytes().all(|byte| byte.is_ascii_digit());
    let known = |name: &PathText| matches!(name.text(), LOCK | TRIAL) || number(name.text());
    Ok(names.is_empty() || locked && names.iter().all(known))
}

/// The staging folder's name is taken by something of the user's, or a file of the user's is in it.
fn in_the_way(destination: &Path) -> io::Error {
    io::Error::other(PortError::invalid(Reason::DestinationTaken {
        path: destination.join(STAGING).display().to_string(),
    }))
}

/// Empties the staging folder, except for the lock.
fn clear<F: DriveFolder>(staging: &F) -> io::Result<()> {
    for name in staging.names()? {
        if name.text() == TRIAL {
            let trial = staging.sub_folder(&name)?;
            trial.names()?.iter().try_for_each(|name| trial.remove(name))?;
            drop(trial);
            staging.remove_folder(&name)?;
        } else if name.text() != LOCK {
            staging.remove(&name)?;
        }
    }
    Ok(())
}
