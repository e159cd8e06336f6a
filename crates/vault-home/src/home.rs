//! The folder that contains one vault with all its data.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};

use vault_core::private;

use crate::error::HomeError;
use crate::nesting;

/// The environment variable that names the home.
const VARIABLE: &str = "STRONGROOM_HOME";

/// The folder that contains one vault with all its data:
///
/// ```text
/// journal.db     the queue
/// cache.db       the local copy for browsing
/// vault/         records and content
/// left-out.txt   the exclusion list for drops
/// logs/          what the programs did, without names
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home at the `named` path, else from the environment (`STRONGROOM_HOME`), else the default place.
    ///
    /// # Errors
    /// [`HomeError::NoFolder`] if there is no default place; [`HomeError::NotAHome`] for a path that databases cannot
    /// be opened by; [`HomeError::Folder`] for an invalid path.
    pub fn find(named: Option<&Path>) -> Result<Self, HomeError> {
        let folder = named.map(Path::to_owned).or_else(named_by_environment).or_else(usual_place);
        let folder = folder.ok_or(HomeError::NoFolder)?;
        if folder.as_os_str().is_empty() {
            return Err(HomeError::NotAHome { path: folder, why: "it is empty".to_owned() });
        }
        let mut absolute = std::path::absolute(&folder).map_err(|source| cannot("find", &folder, source))?;
        // Otherwise folders would be made only to go up from them again.
        if absolute.components().any(|component| component == Component::ParentDir) {
            absolute = nesting::resolved(&absolute);
        }
        databases_fit(&absolute, "vault/vault.db")?;
        Ok(Self { folder: absolute })
    }

    /// The folder, absolute. It need not exist before [`make`](Self::make).
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The exclusion list for drops.
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

    /// Makes the home, accessible to its owner alone, and the exclusion list, if they do not exist.
    ///
    /// # Errors
    /// [`HomeError::NotAHome`], [`HomeError::ReadOnly`]; [`HomeError::Folder`], as the system reports it.
    pub fn make(&self) -> Result<(), HomeError> {
        self.check_and_make().map_err(|error| self.or_read_only(error))
    }

    fn check_and_make(&self) -> Result<(), HomeError> {
        if let Some(why) = in_its_place(&self.folder) {
            return Err(HomeError::NotAHome { path: self.folder.clone(), why });
        }
        if let Some(around) = nesting::home_around(&self.folder) {
            let why = format!(
                "it lies in “{around}”, which is the folder of another vault, and a new vault would be lost with that one. To \
                 use the vault that is there, name “{around}”; for a new one, choose a folder outside of it",
                around = around.display()
            );
            return Err(HomeError::NotAHome { path: self.folder.clone(), why });
        }
        if let Some(why) = self.holds_something_else() {
            return Err(HomeError::NotAHome { path: self.folder.clone(), why });
        }
        let private = private::above(&self.folder).and_then(|()| private::folder(&self.folder));
        private.map_err(|source| cannot("use", &self.folder, source))?;
        self.make_left_out()
    }

    /// Replaces the error if a vault exists in folders that are not writable, such as on a DVD. Checked only after a
    /// failure.
    pub(crate) fn or_read_only(&self, error: HomeError) -> HomeError {
        let may_be_that = matches!(error, HomeError::Folder { .. } | HomeError::Vault(_));
        let is_read_only = |folder: &Path| {
            let trial = tempfile::tempfile_in(folder);
            trial.is_err_and(|error| {
                matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
            })
        };
        let vault = self.vault();
        if may_be_that
            && vault.join("vault.db").is_file()
            && [&self.folder, &vault].into_iter().any(|f| is_read_only(f))
        {
            return HomeError::ReadOnly(self.folder.clone());
        }
        error
    }

    /// Why a folder that others can read cannot become a home: the others may have a right to its other content.
    fn holds_something_else(&self) -> Option<String> {
        let is_home =
            [self.left_out(), self.journal(), self.vault()].iter().any(|part| part.symlink_metadata().is_ok());
        let is_empty = || self.folder.read_dir().map_or(true, |mut entries| entries.next().is_none());
        let holds = !is_home && private::is_open_to_others(&self.folder) && !is_empty();
        holds.then(|| "other things are in it, and other accounts of this computer can read it".to_owned())
    }
}

/// The home that the environment names (`STRONGROOM_HOME`). An empty or blank value names none: a folder of that name is
/// never meant.
pub fn named_by_environment() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|value| !is_blank(value)).map(PathBuf::from)
}

fn is_blank(value: &OsStr) -> bool {
    value.to_str().is_some_and(|text| text.trim().is_empty())
}

/// The longest path of a database, in bytes. `SQLite` rejects longer ones, because the name of its journal has to fit,
/// too (`mxPathname` less 8).
const LONGEST: usize = if cfg!(windows) { 252 } else { 504 };

/// Whether databases can be opened in this folder, including the one with the longest path `below` it.
///
/// # Errors
/// [`HomeError::NotAHome`] says why not.
pub fn databases_fit(folder: &Path, below: &str) -> Result<(), HomeError> {
    let not_a_home = |why: String| HomeError::NotAHome { path: folder.to_owned(), why };
    // They are opened by the path with links resolved, which may be longer.
    let resolved = folder.ancestors().find_map(|above| {
        let rest = folder.strip_prefix(above).ok()?;
        Some(above.canonicalize().ok()?.components().chain(rest.components()).collect::<PathBuf>())
    });
    let resolved = resolved.unwrap_or_else(|| folder.to_owned());
    if folder.to_str().is_none() || resolved.to_str().is_none() {
        let why = "its name is not Unicode, and the databases of the vault need one that every system can read";
        return Err(not_a_home(why.to_owned()));
    }
    let length = folder.as_os_str().len().max(resolved.as_os_str().len());
    let longest = LONGEST - below.len() - 1;
    if length > longest {
        return Err(not_a_home(format!(
            "its path has {length} bytes, and the databases of the vault take {longest} at most"
        )));
    }
    Ok(())
}

/// Whether something other than a folder is at this path.
fn in_its_place(folder: &Path) -> Option<String> {
    match (folder.symlink_metadata().ok()?, folder.metadata()) {
        (_, Ok(there)) => (!there.is_dir()).then(|| "it is a file, not a folder".to_owned()),
        (there, Err(_)) if there.is_symlink() => {
            let target = folder.read_link().unwrap_or_default();
            Some(format!("it is a link to “{}”, where nothing is", target.display()))
        }
        _ => None,
    }
}

/// Local, not roaming: a vault may hold gigabytes, and belongs to one computer.
fn usual_place() -> Option<PathBuf> {
    dirs::data_local_dir().map(|folder| folder.join("strongroom"))
}

pub(crate) fn cannot(what: &'static str, path: &Path, source: io::Error) -> HomeError {
    HomeError::Folder { what, path: path.to_owned(), source }
}
