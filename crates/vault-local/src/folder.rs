//! The folder everything stands in.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::ports::{Attention, PortError};
use vault_core::{SystemFault, private};

use crate::db::Result;

/// The vault's folder and the places in it.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// The folder itself.
    pub(crate) root: PathBuf,
}

impl Folder {
    /// Makes the folder, for its owner alone, or shuts others out of the one that is there.
    pub(crate) fn open(root: &Path) -> Result<Self> {
        let folder = Self { root: root.to_owned() };
        private::folder(root).map_err(|error| cannot("make", root, &error))?;
        Ok(folder)
    }

    /// Makes the places in it.
    pub(crate) fn furnish(&self) -> Result<()> {
        [self.tmp(), self.set_aside()]
            .iter()
            .try_for_each(|place| private::folder(place).map_err(|error| cannot("make", place, &error)))
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("vault.db")
    }

    /// Content on its way.
    pub(crate) fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// What stood in the place of content and was not it.
    pub(crate) fn set_aside(&self) -> PathBuf {
        self.root.join("set-aside")
    }

    /// The file that is locked while the vault is opened.
    pub(crate) fn opening(&self) -> PathBuf {
        self.root.join("opening.lock")
    }

    /// The file that is locked while somebody files: beside the vault's folder.
    pub(crate) fn filing(&self) -> PathBuf {
        self.root.with_file_name("filing.lock")
    }

    /// Whether anything was ever stored here.
    pub(crate) fn has_content(&self) -> bool {
        self.root.join("teams").read_dir().is_ok_and(|mut entries| entries.next().is_some())
    }

    /// Removes what writes that never ended have left behind. Only while nobody else files.
    pub(crate) fn empty_tmp(&self) -> Result<()> {
        let tmp = self.tmp();
        let emptied = tmp
            .read_dir()
            .and_then(|entries| entries.into_iter().try_for_each(|entry| std::fs::remove_file(entry?.path())));
        emptied.map_err(|error| cannot("empty", &tmp, &error))
    }
}

/// The error of the file system, for a person.
pub(crate) fn cannot(what: &str, path: &Path, error: &io::Error) -> PortError {
    match SystemFault::of(error) {
        SystemFault::NoRoom | SystemFault::Quota => no_room(),
        fault => fault.port_error(what, path),
    }
}

/// The disk is full.
pub(crate) fn no_room() -> PortError {
    PortError::NeedsPerson {
        kind: Attention::NoRoom,
        message: "The disk is full: filing is paused. Make room, then go on.".to_owned(),
    }
}
