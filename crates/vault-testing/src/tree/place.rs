//! A folder being filled, by handle: its path may be longer than the system can take.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::fs::{AtFlags, Mode, OFlags, Timespec, Timestamps};

/// A folder being filled.
pub(super) struct Place(pub(super) OwnedFd);

/// A time in the form of the file system.
pub(super) type Time = (i64, u32);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

fn stamps((seconds, nanos): Time) -> Timestamps {
    let time = Timespec { tv_sec: seconds, tv_nsec: nanos.into() };
    Timestamps { last_access: time, last_modification: time }
}

impl Place {
    pub(super) fn open(path: &Path) -> Self {
        Self(rustix::fs::open(path, FOLDER, Mode::empty()).expect("open folder"))
    }

    pub(super) fn enter(&self, name: &[u8]) -> Self {
        Self(rustix::fs::openat(&self.0, name, FOLDER, Mode::empty()).expect("enter folder"))
    }

    /// Makes a folder, fills it, and only then sets its time.
    pub(super) fn folder(&self, name: &[u8], time: Time, fill: impl FnOnce(&Self)) {
        rustix::fs::mkdirat(&self.0, name, Mode::RWXU).expect("make folder");
        let folder = self.enter(name);
        fill(&folder);
        rustix::fs::futimens(&folder.0, &stamps(time)).expect("folder's time");
    }

    pub(super) fn file(&self, name: &[u8], content: &[u8], time: Time) {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let handle = rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR).expect("make file");
        let mut file = File::from(handle);
        file.write_all(content).expect("write");
        rustix::fs::futimens(&file, &stamps(time)).expect("file's time");
    }

    pub(super) fn link(&self, name: &[u8], target: &[u8]) {
        rustix::fs::symlinkat(target, &self.0, name).expect("make link");
    }

    /// A named pipe and a socket without a listener.
    #[cfg(target_os = "linux")]
    pub(super) fn pipe_and_socket(&self) {
        for (name, kind) in [("pipe", rustix::fs::FileType::Fifo), ("socket", rustix::fs::FileType::Socket)] {
            rustix::fs::mknodat(&self.0, name, kind, Mode::RUSR | Mode::WUSR, 0).expect("make node");
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn pipe_and_socket(&self) {}

    /// Removes all permissions of an entry.
    pub(super) fn lock(&self, name: &[u8]) {
        rustix::fs::chmodat(&self.0, name, Mode::empty(), AtFlags::empty()).expect("chmod");
    }

    /// Gives the owner all permissions of the entry at a path.
    pub(super) fn unlock(self, path: &[u8]) {
        let mut at = self;
        let mut names: Vec<&[u8]> = path.split(|b| *b == b'/').collect();
        let last = names.pop().unwrap_or_default();
        for name in names {
            at = at.enter(name);
        }
        rustix::fs::chmodat(&at.0, last, Mode::RWXU, AtFlags::empty()).expect("chmod");
    }
}
