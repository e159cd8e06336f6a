//! The folder a person asked to restore into.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

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
use crate::system_fault::SystemFault;

/// What is locked in it as long as the restore runs.
const LOCK: &str = "lock";

/// Where it is tried what names and times the drive takes.
const TRIAL: &str = "trial";

/// The file there whose time is set.
const TIME: &str = "time";

/// The folder a person asked to restore into, and what its drive does with names and times.
pub(super) struct Destination<F: DriveFolder> {
    root: F,
    staging: F,
    names: DriveNames,
    times: DriveTimes,
    /// The folder of the file whose time is set to see what becomes of it.
    trial: Mutex<F>,
    /// Every folder at the destination that something may have been written to.
    written: Mutex<Folders>,
    /// The way to the last folder far down.
    way: Mutex<Way<F>>,
}

/// Held while a restore writes to a folder.
pub(super) struct Lock(Option<fs::File>);

impl Destination<DiskFolder> {
    /// Opens the destination, creating it if need be, and clears what an interrupted restore left.
    ///
    /// # Errors
    /// `WouldBlock` if another restore writes here now; others as the system reports them.
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
            // Some drives have no locks. Nothing is ever written over; without one, two restores may disturb each other.
            Err(fs::TryLockError::Error(_)) => Lock(None),
        };
        Ok((Self::on(root)?, lock))
    }

    /// Makes everything written so far durable, and removes what was only there for writing.
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
    /// Restores into `root`, after a look at what its drive does with names.
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

    /// What the drive does with names.
    pub(super) const fn names(&self) -> &DriveNames {
        &self.names
    }

    /// Where files are written before they get their names.
    pub(super) const fn staging(&self) -> &F {
        &self.staging
    }

    /// Opens a folder at the destination, creating what is missing on the way.
    pub(super) fn folder(&self, path: &PathText) -> io::Result<F> {
        // The last one and, new as they may be, those above.
        self.written.lock().unwrap_or_else(PoisonError::into_inner).add_path(path);
        let path: Vec<PathText> = path.segments().collect();
        if path.len() < EVERY {
            return Way::default().open(&self.root, &path);
        }
        self.way.lock().unwrap_or_else(PoisonError::into_inner).open(&self.root, &path)
    }

    /// Makes everything that was written durable.
    #[cfg(test)]
    pub(super) fn flush(&self, policy: Policy) -> io::Result<()> {
        flush(policy, &self.root, &self.written)
    }

    /// Gives a folder its time.
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

    /// As what the drive gives back a time that a file is given.
    pub(super) fn kept_time(&self, time: LastModified) -> io::Result<LastModified> {
        let trial = self.trial.lock().unwrap_or_else(PoisonError::into_inner);
        nearest_time(&*trial, &PathText::plain(TIME), time, self.times)
    }

    /// Gives a file in the staging folder the nearest time that the drive has. Returns that.
    pub(super) fn give_time(&self, staged: &PathText, time: LastModified) -> io::Result<LastModified> {
        nearest_time(&self.staging, staged, time, self.times)
    }
}

/// Makes everything that was written below `root` durable: a person may pull the stick out as soon as the restore says it is
/// done.
fn flush<F: DriveFolder>(policy: Policy, root: &F, written: &Mutex<Folders>) -> io::Result<()> {
    let written = written.lock().unwrap_or_else(PoisonError::into_inner);
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
        // From the top down, so that each is near the one before.
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
                // It could not be made or opened, which was said; nothing was written to it.
                Err(error) if SystemFault::of(&error).is_no_room() => return Err(error),
                Err(_) => {}
            }
            todo.extend(below(folder, depth + 1));
        }
        Ok(())
    }
}

/// Whether a restore wrote everything that stands in the staging folder, so that it may be removed. The first thing that
/// one writes there is the lock.
fn is_ours<F: DriveFolder>(staging: &F) -> io::Result<bool> {
    let names = staging.names()?;
    let lock = staging.look(&PathText::plain(LOCK));
    let locked = lock.is_ok_and(|lock| lock.is_file && lock.size == 0);
    // Where a drive has no attributes, macOS keeps them in a file beside.
    let number = |name: &str| name.strip_prefix("._").unwrap_or(name).bytes().all(|byte| byte.is_ascii_digit());
    let known = |name: &PathText| matches!(name.text(), LOCK | TRIAL) || number(name.text());
    Ok(names.is_empty() || locked && names.iter().all(known))
}

/// Something has the name of the staging folder, or stands in it, that is the user's.
fn in_the_way(destination: &Path) -> io::Error {
    io::Error::other(PortError::invalid(format!(
        "“{}” is not Strongroom's own, and nothing of it was changed. Give it another name, or restore to another folder.",
        destination.join(STAGING).display()
    )))
}

/// Removes what stands in the staging folder, but for the lock.
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
