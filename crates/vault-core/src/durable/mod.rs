//! Durable files: after a power cut a file is there whole, under its name, or not at all.
//!
//! Each system does this differently, and this module is the only place that knows how. The sequence is determined by
//! values, so that it can be tested for other systems than the one that runs the test.
//!
//! | | file | name | afterwards |
//! |---|---|---|---|
//! | Linux | `fsync`, or nothing in a group | `rename` | `fsync` of the folder, or `syncfs` for a whole group |
//! | macOS | `F_FULLFSYNC` | `rename` | `F_FULLFSYNC` of the folder, once for each folder of a group |
//! | Windows | `FlushFileBuffers` | `MoveFileEx`, or a link | `FlushFileBuffers` of the file, which writes the log with its name |
//!
//! `File::sync_all` does what the first column says: on macOS it does `F_FULLFSYNC`, because `fsync` does not reach the
//! disk there, and on Windows it needs a handle with write access. Windows can't flush folders.

mod database;
mod disk;

use std::io;

pub use database::{DATABASE_PATIENCE, Keeps, database_pragmas};
#[cfg(unix)]
pub(crate) use disk::flush_open_folder;
pub use disk::{flush_drive, flush_file, flush_folder, flush_written, write_new, write_whole};

/// How a system makes files durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Linux: flushes a whole file system at once, which for many small files is much cheaper than flushing each.
    Linux,
    /// macOS, and every other Unix: file by file, then the folders.
    Mac,
    /// Windows: flushes the file after it has its name.
    Windows,
}

impl Policy {
    /// The policy for this system.
    pub const fn here() -> Self {
        if cfg!(target_os = "linux") {
            Self::Linux
        } else if cfg!(unix) {
            Self::Mac
        } else {
            Self::Windows
        }
    }
}

/// When a file has to be durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// When the call returns.
    Return,
    /// When [`flush_group`] has returned for its group.
    Group,
}

/// A file that is written, then named. Errors are those of the system.
#[allow(clippy::missing_errors_doc)]
pub trait Naming {
    /// Flushes its content.
    fn sync_file(&mut self) -> io::Result<()>;

    /// Gives it its name.
    fn give_name(&mut self) -> io::Result<()>;

    /// Flushes it under its new name, by a handle with write access.
    fn sync_named(&mut self) -> io::Result<()>;

    /// Flushes the folder that contains its new name.
    fn sync_folder(&mut self) -> io::Result<()>;
}

/// Files that were named with [`By::Group`]. Errors are those of the system.
#[allow(clippy::missing_errors_doc)]
pub trait Group {
    /// Flushes the file system they are on.
    fn sync_drive(&self) -> io::Result<()>;

    /// Flushes each folder that contains one of them, and new folders above.
    fn sync_folders(&self) -> io::Result<()>;
}

/// Names a file durably.
///
/// # Errors
/// As the system reports them. If flushing failed, the file may still have its name; don't rely on it.
pub fn name_durably(policy: Policy, by: By, file: &mut impl Naming) -> io::Result<()> {
    if (policy, by) != (Policy::Linux, By::Group) {
        // Before it is named: a file with a name has to be whole.
        file.sync_file()?;
    }
    file.give_name()?;
    match (policy, by) {
        (Policy::Windows, _) => file.sync_named(),
        (Policy::Linux | Policy::Mac, By::Return) => file.sync_folder(),
        (Policy::Linux | Policy::Mac, By::Group) => Ok(()),
    }
}

/// Makes a group durable.
///
/// # Errors
/// As the system reports them; then don't rely on any file of the group.
pub fn flush_group(policy: Policy, group: &impl Group) -> io::Result<()> {
    match policy {
        Policy::Linux => group.sync_drive(),
        Policy::Mac => group.sync_folders(),
        // Each file was flushed with its name.
        Policy::Windows => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// A file system that records its calls, and can fail at one of them.
    #[derive(Default)]
    struct Recording {
        asked: RefCell<Vec<&'static str>>,
        fails_at: Option<&'static str>,
    }

    impl Recording {
        fn note(&self, what: &'static str) -> io::Result<()> {
            self.asked.borrow_mut().push(what);
            if self.fails_at == Some(what) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }
    }

    impl Naming for Recording {
        fn sync_file(&mut self) -> io::Result<()> {
            self.note("file")
        }

        fn give_name(&mut self) -> io::Result<()> {
            self.note("name")
        }

        fn sync_named(&mut self) -> io::Result<()> {
            self.note("named")
        }

        fn sync_folder(&mut self) -> io::Result<()> {
            self.note("folder")
        }
    }

    impl Group for Recording {
        fn sync_drive(&self) -> io::Result<()> {
            self.note("drive")
        }

        fn sync_folders(&self) -> io::Result<()> {
            self.note("folders")
        }
    }

    fn named(policy: Policy, by: By) -> Vec<&'static str> {
        let mut disk = Recording::default();
        name_durably(policy, by, &mut disk).expect("nothing fails");
        disk.asked.into_inner()
    }

    fn flushed(policy: Policy) -> Vec<&'static str> {
        let disk = Recording::default();
        flush_group(policy, &disk).expect("nothing fails");
        disk.asked.into_inner()
    }

    #[test]
    fn one_file_is_durable_when_the_call_returns() {
        assert_eq!(named(Policy::Linux, By::Return), ["file", "name", "folder"]);
        assert_eq!(named(Policy::Mac, By::Return), ["file", "name", "folder"]);
        assert_eq!(named(Policy::Windows, By::Return), ["file", "name", "named"]);
    }

    #[test]
    fn a_group_is_durable_at_its_end_and_costs_linux_one_flush() {
        let group = |policy| [named(policy, By::Group), named(policy, By::Group), flushed(policy)].concat();
        assert_eq!(group(Policy::Linux), ["name", "name", "drive"]);
        assert_eq!(group(Policy::Mac), ["file", "name", "file", "name", "folders"]);
        assert_eq!(group(Policy::Windows), ["file", "name", "named", "file", "name", "named"]);
    }

    #[test]
    fn what_could_not_be_flushed_gets_no_name_and_every_failure_is_said() {
        for policy in [Policy::Linux, Policy::Mac, Policy::Windows] {
            for by in [By::Return, By::Group] {
                for at in named(policy, by) {
                    let mut disk = Recording { fails_at: Some(at), ..Recording::default() };
                    let error = name_durably(policy, by, &mut disk).expect_err("it failed");
                    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
                    let asked = disk.asked.into_inner();
                    assert_eq!(asked.last(), Some(&at), "{policy:?}: something was done after it failed");
                }
            }
            for at in flushed(policy) {
                assert!(flush_group(policy, &Recording { fails_at: Some(at), ..Recording::default() }).is_err());
            }
        }
    }
}
