//! The destination, by handles: every folder is opened from the one above it and no link is followed, so that nothing
//! outside the destination can be reached, whatever stands in it, and no path is too long.

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use cap_fs_ext::DirExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use crate::intake::STAGING;
use crate::model::{LastModified, PathText};

/// The folder a person asked to restore into.
pub(super) struct Destination {
    root: Dir,
    staging: Dir,
    /// Locked as long as the restore runs.
    lock: fs::File,
}

impl Destination {
    /// Opens the destination, creating it if need be, and clears what an interrupted restore left.
    ///
    /// # Errors
    /// `WouldBlock` if another restore writes here now; others as the system reports them.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let root = Dir::open_ambient_dir(path, ambient_authority())?;
        let staging = sub_folder(&root, Path::new(STAGING))?;
        let mut options = OpenOptions::new();
        options.write(true).create(true);
        let lock = staging.open_with("lock", &options)?.into_std();
        lock.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
            fs::TryLockError::Error(error) => error,
        })?;
        for entry in staging.entries()? {
            let name = entry?.file_name();
            if name != "lock" {
                staging.remove_file(&name)?;
            }
        }
        Ok(Self { root, staging, lock })
    }

    /// Where files are written before they get their names.
    pub(super) fn staging(&self) -> &Dir {
        &self.staging
    }

    /// Opens a folder at the destination, creating what is missing on the way.
    pub(super) fn folder(&self, path: &PathText) -> io::Result<Dir> {
        let mut at = self.root.try_clone()?;
        for segment in path.segments() {
            at = sub_folder(&at, Path::new(&segment.to_os()))?;
        }
        Ok(at)
    }

    /// Gives a folder its time.
    pub(super) fn set_time(&self, path: &PathText, time: LastModified) -> io::Result<()> {
        let Some(time) = time.to_system() else { return Ok(()) };
        let segments: Vec<_> = path.segments().collect();
        let Some((name, above)) = segments.split_last() else { return Ok(()) };
        let above = above.iter().fold(PathText::plain(""), |path, segment| path.join(segment));
        set_modified(&self.folder(&above)?, Path::new(&name.to_os()), time)
    }

    /// Makes everything written so far durable, and removes what was only there for writing.
    pub(super) fn finish(self) -> io::Result<()> {
        let Self { root, staging, lock } = self;
        staging.remove_file("lock")?;
        drop((staging, lock));
        root.remove_dir(STAGING)?;
        flush(&root)
    }
}

/// Says when the folder `name` in `above` was last modified.
#[cfg(unix)]
fn set_modified(above: &Dir, name: &Path, time: SystemTime) -> io::Result<()> {
    use rustix::fs::{AtFlags, Nsecs, Secs, Timespec, Timestamps, UTIME_OMIT, utimensat};
    // Here cap-std would panic over a time before 1970.
    let out_of_range = |_| io::Error::from(io::ErrorKind::InvalidInput);
    let (seconds, nanos) = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => (Secs::try_from(after.as_secs()).map_err(out_of_range)?, after.subsec_nanos()),
        Err(before) => {
            let before = before.duration();
            let seconds = -Secs::try_from(before.as_secs()).map_err(out_of_range)?;
            // A part of a second before 1970 is counted from the second before it.
            match before.subsec_nanos() {
                0 => (seconds, 0),
                nanos => (seconds - 1, 1_000_000_000 - nanos),
            }
        }
    };
    let last_modification = Timespec { tv_sec: seconds, tv_nsec: Nsecs::from(nanos) };
    let last_access = Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT };
    let times = Timestamps { last_access, last_modification };
    Ok(utimensat(above, name, &times, AtFlags::SYMLINK_NOFOLLOW)?)
}

/// Says when the folder `name` in `above` was last modified.
#[cfg(not(unix))]
fn set_modified(above: &Dir, name: &Path, time: SystemTime) -> io::Result<()> {
    use cap_fs_ext::SystemTimeSpec;
    let time = SystemTimeSpec::Absolute(cap_std::time::SystemTime::from_std(time));
    above.set_symlink_times(name, None, Some(time))
}

/// Opens a folder in a folder, creating it if it is not there; a link in its place is an error.
fn sub_folder(above: &Dir, name: &Path) -> io::Result<Dir> {
    match above.open_dir_nofollow(name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        opened => return opened,
    }
    match above.create_dir(name) {
        // Another worker was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => created?,
    }
    above.open_dir_nofollow(name)
}

/// A person may pull the stick out as soon as the restore says it is done.
#[cfg(target_os = "linux")]
fn flush(root: &Dir) -> io::Result<()> {
    // The folder itself is held by a handle that only leads to others (`O_PATH`), which cannot be flushed.
    Ok(rustix::fs::syncfs(root.open(".")?)?)
}

/// Elsewhere each file was flushed as it was written.
#[cfg(not(target_os = "linux"))]
fn flush(_: &Dir) -> io::Result<()> {
    Ok(())
}
