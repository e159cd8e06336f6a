//! The folders and files that a person names, as the vault takes them.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::intake::dropped_path;

use crate::errors::Failure;
use crate::session::Session;

/// The absolute forms of `paths`.
pub(super) fn sources(session: &Session<'_>, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let home = session.home.folder();
    let home = home.canonicalize().unwrap_or_else(|_| home.to_owned());
    paths.iter().map(|path| one(path, &home)).collect()
}

fn one(path: &Path, home: &Path) -> Result<PathBuf, Failure> {
    let name = path.display();
    let source = dropped_path(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            Failure::not_found(format!("There is nothing at “{name}”."))
        }
        io::ErrorKind::PermissionDenied => {
            Failure::invalid(format!("You may not look at “{name}”. Ask for the right to read it."))
        }
        _ => Failure::invalid(format!("“{name}” cannot be looked at: {error}.")),
    })?;
    // The vault would be written while it is read, and grow by what it holds.
    if home.starts_with(&source) || source.starts_with(home) {
        return Err(Failure::invalid(format!(
            "“{name}” holds the vault itself ({}). Name the folders beside it.",
            home.display()
        )));
    }
    Ok(source)
}
