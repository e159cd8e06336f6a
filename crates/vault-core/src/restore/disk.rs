//! A folder on a disk, accessed by handles: every folder is opened from its parent and no link is followed, so that
//! nothing outside the destination can be reached, and no path is too long.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};

use super::drive::{DriveFolder, Look};
use super::mark::Mark;
use super::place::give_name;
use crate::durable;
use crate::model::PathText;

/// A folder on a disk.
pub(super) struct DiskFolder(Dir);

impl DiskFolder {
    /// Opens the folder at a path, creating it if needed.
    pub(super) fn open_or_make(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self(Dir::open_ambient_dir(path, ambient_authority())?))
    }

    /// A file to be locked.
    pub(super) fn open_lock(&self, name: &str) -> io::Result<fs::File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true);
        Ok(self.0.open_with(name, &options)?.into_std())
    }
}

fn os(name: &PathText) -> PathBuf {
    PathBuf::from(name.to_os())
}

impl DriveFolder for DiskFolder {
    type File = fs::File;

    fn again(&self) -> io::Result<Self> {
        Ok(Self(self.0.try_clone()?))
    }

    fn sub_folder(&self, name: &PathText) -> io::Result<Self> {
        sub_folder(&self.0, &os(name)).map(Self)
    }

    fn look(&self, name: &PathText) -> io::Result<Look> {
        let metadata = self.0.symlink_metadata(os(name))?;
        Ok(Look { is_file: metadata.is_file(), size: metadata.len(), modified: metadata.modified()?.into_std() })
    }

    fn open(&self, name: &PathText) -> io::Result<Box<dyn Read>> {
        let mut options = OpenOptions::new();
        options.read(true).follow(FollowSymlinks::No);
        Ok(Box::new(self.0.open_with(os(name), &options)?))
    }

    fn create(&self, name: &PathText) -> io::Result<fs::File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        Ok(self.0.open_with(os(name), &options)?.into_std())
    }

    fn names(&self) -> io::Result<Vec<PathText>> {
        self.0.entries()?.map(|entry| Ok(PathText::from_os(&entry?.file_name()))).collect()
    }

    fn remove(&self, name: &PathText) -> io::Result<()> {
        self.0.remove_file(os(name))
    }

    fn remove_folder(&self, name: &PathText) -> io::Result<()> {
        self.0.remove_dir(os(name))
    }

    fn give_name(&self, from: &PathText, folder: &Self, to: &PathText) -> io::Result<()> {
        give_name(&self.0, &os(from), &folder.0, &os(to))
    }

    fn sync_file(&self, name: &PathText) -> io::Result<()> {
        let mut options = OpenOptions::new();
        // Windows flushes only by a handle with write access.
        options.write(true).follow(FollowSymlinks::No);
        durable::flush_file(&self.0.open_with(os(name), &options)?.into_std())
    }

    #[cfg(unix)]
    fn sync_folder(&self) -> io::Result<()> {
        // On Linux the folder itself is held by an `O_PATH` handle, which cannot be flushed.
        durable::flush_open_folder(&self.0.open(".")?.into_std())
    }

    #[cfg(not(unix))]
    fn sync_folder(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn sync_drive(&self) -> io::Result<()> {
        durable::flush_drive(&self.0.open(".")?.into_std())
    }

    #[cfg(not(unix))]
    fn sync_drive(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn mark(&self, name: &PathText, mark: &Mark) -> io::Result<()> {
        mark_file(&self.0, &os(name), mark)
    }

    fn set_time(&self, name: &PathText, time: SystemTime) -> io::Result<()> {
        set_modified(&self.0, &os(name), time)
    }
}

/// Marks the file `name` in `above`.
///
/// # Errors
/// As the system reports them; `Unsupported` where it has no such marks.
pub(super) fn mark_file(above: &Dir, name: &Path, mark: &Mark) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).follow(FollowSymlinks::No);
    match mark {
        #[cfg(windows)]
        Mark::Stream(stream, text) => {
            use std::io::Write as _;
            // Relative to the handle of the folder: such a path is used literally, so it can't mean a device or a
            // drive.
            let mut path = name.as_os_str().to_owned();
            path.push(":");
            path.push(stream);
            let mut stream = above.open_with(path, options.create(true).truncate(true))?;
            stream.write_all(text.as_bytes())?;
            // Flushing the file itself does not include its other streams.
            stream.sync_all()
        }
        #[cfg(target_os = "macos")]
        Mark::Attribute(attribute, text) => {
            let file = above.open_with(name, &options)?;
            Ok(rustix::fs::fsetxattr(&file, *attribute, text.as_bytes(), rustix::fs::XattrFlags::empty())?)
        }
        _ => {
            let _ = (above, name, &mut options);
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}

/// Sets the modification time of `name` in `above`.
#[cfg(unix)]
fn set_modified(above: &Dir, name: &Path, time: SystemTime) -> io::Result<()> {
    use rustix::fs::{AtFlags, Nsecs, Secs, Timespec, Timestamps, UTIME_NOW, utimensat};
    // For a time before 1970, cap-std would panic here.
    let out_of_range = |_| io::Error::from(io::ErrorKind::InvalidInput);
    let (seconds, nanos) = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => (Secs::try_from(after.as_secs()).map_err(out_of_range)?, after.subsec_nanos()),
        Err(before) => {
            let before = before.duration();
            let seconds = -Secs::try_from(before.as_secs()).map_err(out_of_range)?;
            // Before 1970, a fraction counts up from the previous second.
            match before.subsec_nanos() {
                0 => (seconds, 0),
                nanos => (seconds - 1, 1_000_000_000 - nanos),
            }
        }
    };
    let last_modification = Timespec { tv_sec: seconds, tv_nsec: Nsecs::from(nanos) };
    // Some drives (those of FUSE 2) ignore a modification time without an access time.
    let last_access = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    let times = Timestamps { last_access, last_modification };
    Ok(utimensat(above, name, &times, AtFlags::SYMLINK_NOFOLLOW)?)
}

/// Sets the modification time of `name` in `above`.
#[cfg(not(unix))]
fn set_modified(above: &Dir, name: &Path, time: SystemTime) -> io::Result<()> {
    use cap_fs_ext::SystemTimeSpec;
    let time = SystemTimeSpec::Absolute(cap_std::time::SystemTime::from_std(time));
    above.set_symlink_times(name, None, Some(time))
}

/// Opens a subfolder, creating it if it does not exist; a link in its place is an error.
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
