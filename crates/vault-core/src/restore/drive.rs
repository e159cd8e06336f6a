//! What a restore needs from a file system: a few calls, so that drives we do not have can be simulated in tests.

use std::io::{self, Read};
use std::time::SystemTime;

use super::mark::Mark;
use crate::model::PathText;
use crate::sparse::Sparse;

/// The entry under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is a regular file.
    pub(super) is_file: bool,
    /// Its length in bytes.
    pub(super) size: u64,
    pub(super) modified: SystemTime,
}

/// A folder at the destination. Errors are those of the system.
pub(super) trait DriveFolder: Sized + Send + Sync {
    /// A file that is being written.
    type File: Sparse;

    /// Another handle to the same folder.
    fn again(&self) -> io::Result<Self>;

    /// Opens a subfolder, creating it if it does not exist; a link in its place is an error.
    fn sub_folder(&self, name: &PathText) -> io::Result<Self>;

    /// Examines the entry under a name, without following links.
    fn look(&self, name: &PathText) -> io::Result<Look>;

    /// Opens a file for reading; links are not followed.
    fn open(&self, name: &PathText) -> io::Result<Box<dyn Read>>;

    /// Creates a file; `AlreadyExists` if the name is taken.
    fn create(&self, name: &PathText) -> io::Result<Self::File>;

    /// The names of all entries.
    fn names(&self) -> io::Result<Vec<PathText>>;

    /// Removes a file.
    fn remove(&self, name: &PathText) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, name: &PathText) -> io::Result<()>;

    /// Moves a file of this folder to a name in another folder, which must be free: otherwise `AlreadyExists`.
    fn give_name(&self, from: &PathText, folder: &Self, to: &PathText) -> io::Result<()>;

    /// Flushes a file's content and its name, as far as the system does that by file.
    fn sync_file(&self, name: &PathText) -> io::Result<()>;

    /// Flushes the entries of the folder, where the system does that by folder.
    fn sync_folder(&self) -> io::Result<()>;

    /// Flushes the whole file system of the folder, where the system supports it.
    fn sync_drive(&self) -> io::Result<()>;

    /// Marks a file as downloaded from outside.
    fn mark(&self, name: &PathText, mark: &Mark) -> io::Result<()>;

    /// Sets the modification time of a file or folder. A file has to be closed before: some drives set the time of the
    /// last write when it is closed.
    fn set_time(&self, name: &PathText, time: SystemTime) -> io::Result<()>;
}
