//! The folder everything of one vault is kept in.

use std::path::{Path, PathBuf};

use crate::error::HomeError;
use crate::files::private_folder;

/// The environment variable that names the home.
const VARIABLE: &str = "STRONGROOM_HOME";

/// The folder everything of one vault is kept in:
///
/// ```text
/// journal.db     the queue
/// cache.db       the copy for browsing
/// vault/         records and content
/// left-out.txt   what is left out of drops
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home that somebody named, or else the environment (`STRONGROOM_HOME`), or else the usual place.
    ///
    /// # Errors
    /// [`HomeError::NoFolder`] if there is no usual place; [`HomeError::Folder`] for a path that means nothing.
    pub fn find(named: Option<&Path>) -> Result<Self, HomeError> {
        let by_environment = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = named.map(Path::to_owned).or_else(by_environment).or_else(usual_place);
        let folder = folder.ok_or(HomeError::NoFolder)?;
        let absolute = std::path::absolute(&folder).map_err(|source| cannot("find", &folder, source))?;
        Ok(Self { folder: absolute })
    }

    /// The folder, absolute. It need not be there before [`make`](Self::make).
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The list of what is left out of drops.
    pub fn left_out(&self) -> PathBuf {
        self.folder.join("left-out.txt")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.join("journal.db")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.folder.join("cache.db")
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.folder.join("vault")
    }

    /// Makes the home, for its owner alone, with the list of what is left out, if they are not there.
    ///
    /// # Errors
    /// [`HomeError::Folder`], as the system reports it.
    pub fn make(&self) -> Result<(), HomeError> {
        private_folder(&self.folder).map_err(|source| cannot("make", &self.folder, source))?;
        self.make_left_out()
    }
}

/// Local, not roaming: a vault may hold gigabytes, and belongs to one computer.
fn usual_place() -> Option<PathBuf> {
    dirs::data_local_dir().map(|folder| folder.join("strongroom"))
}

pub(crate) fn cannot(what: &'static str, path: &Path, source: std::io::Error) -> HomeError {
    HomeError::Folder { what, path: path.to_owned(), source }
}
