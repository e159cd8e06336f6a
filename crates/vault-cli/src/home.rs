//! Where the vault of this computer is kept.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use vault_core::intake::LeftOutRules;

use crate::errors::{Code, Failure};

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
#[derive(Debug, Clone)]
pub(crate) struct Home {
    folder: PathBuf,
}

impl Home {
    /// The home that was named on the command line, or else by the environment, or else the usual place.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let by_environment = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = named.map(Path::to_owned).or_else(by_environment).or_else(usual_place).ok_or_else(|| {
            let message = format!("No folder for the vault is known. Name one with --home or {VARIABLE}.");
            Failure::new(Code::NotFound, message).opening()
        })?;
        let absolute = std::path::absolute(&folder).map_err(|error| cannot("find", &folder, &error))?;
        Ok(Self { folder: absolute })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
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

    pub(crate) fn left_out(&self) -> PathBuf {
        self.folder.join("left-out.txt")
    }

    /// Makes the home, for its owner alone, with the list of what is left out, if they are not there.
    pub(crate) fn make(&self) -> Result<(), Failure> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder).map_err(|error| cannot("make", &self.folder, &error))?;
        let list = self.left_out();
        match fs::File::create_new(&list) {
            Ok(mut file) => {
                file.write_all(LeftOutRules::default_text().as_bytes()).map_err(|error| cannot("write", &list, &error))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(cannot("make", &list, &error)),
        }
    }

    /// The text of the list of what is left out.
    pub(crate) fn left_out_text(&self) -> Result<String, Failure> {
        let list = self.left_out();
        fs::read_to_string(&list).map_err(|error| {
            let message = format!("The left-out list {} cannot be read: {error}.", list.display());
            Failure::new(Code::LeftOutList, message)
        })
    }

    /// What is left out, by the list a person may have edited.
    pub(crate) fn left_out_rules(&self) -> Result<LeftOutRules, Failure> {
        LeftOutRules::parse(&self.left_out_text()?).map_err(|invalid| {
            let list = self.left_out();
            let message = format!(
                "{}, line {}: “{}” is not a pattern: {}. Correct the line, or remove the file to start with a fresh \
                 list.",
                list.display(),
                invalid.line,
                invalid.text,
                invalid.reason
            );
            Failure::new(Code::LeftOutList, message)
        })
    }
}

/// Local, not roaming: a vault may hold gigabytes, and belongs to one computer.
fn usual_place() -> Option<PathBuf> {
    dirs::data_local_dir().map(|folder| folder.join(OsString::from("strongroom")))
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::NoRoom,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::NoAccess,
        _ => Code::TryLater,
    };
    Failure::new(code, format!("Could not {what} {}: {error}.", path.display())).opening()
}
