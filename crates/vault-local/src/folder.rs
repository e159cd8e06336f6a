//! The vault's folder.

use std::io;
use std::path::{Path, PathBuf};

use vault_core::ports::{Attention, PortError};
use vault_core::reason::Reason;
use vault_core::{SystemFault, private};

use crate::db::Result;

/// The vault's folder and the paths in it.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// The folder itself.
    pub(crate) root: PathBuf,
}

impl Folder {
    /// Makes the folder, private to its owner, or makes an existing one private.
    pub(crate) fn open(root: &Path) -> Result<Self> {
        let folder = Self { root: root.to_owned() };
        private::folder(root).map_err(|error| cannot("make", root, &error))?;
        Ok(folder)
    }

    /// Makes its subfolders.
    pub(crate) fn furnish(&self) -> Result<()> {
        [self.tmp(), self.set_aside()]
            .iter()
            .try_for_each(|place| private::folder(place).map_err(|error| cannot("make", place, &error)))
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("vault.db")
    }

    /// Temporary files of content being stored.
    pub(crate) fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Files that were at a content's path and are not that content.
    pub(crate) fn set_aside(&self) -> PathBuf {
        self.root.join("set-aside")
    }

    /// The file that is locked while the vault is opened.
    pub(crate) fn opening(&self) -> PathBuf {
        self.root.join("opening.lock")
    }

    /// The filing lock's file, beside the vault's folder.
    pub(crate) fn filing(&self) -> PathBuf {
        self.root.with_file_name("filing.lock")
    }

    /// Whether anything was ever stored here.
    pub(crate) fn has_content(&self) -> bool {
        self.root.join("teams").read_dir().is_ok_and(|mut entries| entries.next().is_some())
    }

    /// Removes files that unfinished writes left behind. Requires the filing lock.
    pub(crate) fn empty_tmp(&self) -> Result<()> {
        let tmp = self.tmp();
        let emptied = tmp
            .read_dir()
            .and_then(|entries| entries.into_iter().try_for_each(|entry| std::fs::remove_file(entry?.path())));
        emptied.map_err(|error| cannot("empty", &tmp, &error))
    }
}

/// The user-facing error of a file system error.
pub(crate) fn cannot(what: &str, path: &Path, error: &io::Error) -> PortError {
    match SystemFault::of(error) {
        SystemFault::NoRoom | SystemFault::Quota => no_room(),
        fault => fault.port_error(what, path),
    }
}

/// The disk is full.
pub(crate) fn no_room() -> PortError {
    PortError::NeedsPerson { kind: Attention::NoRoom, message: Reason::DiskFullFiling.into() }
}
