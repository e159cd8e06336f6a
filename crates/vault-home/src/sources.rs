//! Checking the folders and files that the user drops.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::intake::{OwnFolders, dropped_path};

use crate::error::HomeError;
use crate::home::Home;

impl Home {
    /// The absolute forms of `paths`, which must exist and must not contain the vault.
    ///
    /// # Errors
    /// [`HomeError::SourceMissing`], [`HomeError::Source`], [`HomeError::SourceIsVault`], for the first path at fault.
    pub fn sources(&self, paths: &[PathBuf]) -> Result<Vec<PathBuf>, HomeError> {
        let own = OwnFolders::of(&[self.folder().to_owned()]);
        paths.iter().map(|path| one(path, &own)).collect()
    }
}

fn one(path: &Path, own: &OwnFolders) -> Result<PathBuf, HomeError> {
    let source = dropped_path(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => HomeError::SourceMissing(path.to_owned()),
        _ => HomeError::Source { path: path.to_owned(), source },
    })?;
    if let Some(home) = own.overlapping(&source) {
        return Err(HomeError::SourceIsVault { path: path.to_owned(), home: home.to_owned() });
    }
    Ok(source)
}
