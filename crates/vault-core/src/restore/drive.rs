//! What a restore needs of a file system: few calls, so that the rules of drives we do not have can be tried, too.

use std::io::{self, Read};
use std::time::SystemTime;

use super::mark::Mark;
use crate::model::PathText;
use crate::sparse::Sparse;

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is a file, and not a folder, link or device.
    pub(super) is_file: bool,
    /// Its length in bytes.
    pub(super) size: u64,
    pub(super) modified: SystemTime,
}

/// A folder at the destination, or in it. Errors are those of the system.
pub(super) trait DriveFolder: Sized + Send + Sync {
    /// A file that is being written.
    type File: Sparse;

    /// Another handle to the same folder.
    fn again(&self) -> io::Result<Self>;

    /// Opens a folder in it, creating it if it is not there; a link in its place is an error.
    fn sub_folder(&self, name: &PathText) -> io::Result<Self>;

    /// What stands under a name, links not followed.
    fn look(&self, name: &PathText) -> io::Result<Look>;

    /// Opens a file for reading; no link.
    fn open(&self, name: &PathText) -> io::Result<Box<dyn Read>>;

    /// Makes a file; `AlreadyExists` if something has the name.
    fn create(&self, name: &PathText) -> io::Result<Self::File>;

    /// The names of everything in it.
    fn names(&self) -> io::Result<Vec<PathText>>;

    /// Removes a file.
    fn remove(&self, name: &PathText) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, name: &PathText) -> io::Result<()>;

    /// Moves a file of this folder to a name in another that must be free: `AlreadyExists` if it is not.
    fn give_name(&self, from: &PathText, folder: &Self, to: &PathText) -> io::Result<()>;

    /// Flushes what is in a file, and that it has this name, as far as the system does that by file.
    fn sync_file(&self, name: &PathText) -> io::Result<()>;

    /// Flushes the names of what is in it, where the system does that by folder.
    fn sync_folder(&self) -> io::Result<()>;

    /// Flushes the whole file system it is on, where the system does that.
    fn sync_drive(&self) -> io::Result<()>;

    /// Marks a file as one that came from outside.
    fn mark(&self, name: &PathText, mark: &Mark) -> io::Result<()>;

    /// Says when a file or folder in it was last modified. A file is closed by then: some drives write the time of the last
    /// write when it is.
    fn set_time(&self, name: &PathText, time: SystemTime) -> io::Result<()>;
}
