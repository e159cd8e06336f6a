//! Making stored content durable: each file when it is renamed, where the system requires that, and the batch at its
//! end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use vault_core::durable::{
    By, Group, Naming, Policy, flush_drive, flush_file, flush_folder, flush_group, name_durably,
};

use super::move_to_free;

/// Moves a file, which is open for writing, to a name that must be free. It is durable there after the batch's flush.
///
/// # Errors
/// `AlreadyExists` if the name is taken; others as the system reports them.
pub(in crate::blobs) fn name_in_batch(file: &File, from: &Path, to: &Path) -> io::Result<()> {
    name_durably(Policy::here(), By::Group, &mut Blob { file, from, to })
}

/// Flushes all files moved in a batch below `root`; `folders` are those with new entries.
pub(in crate::blobs) fn flush_batch(root: &Path, folders: &BTreeSet<PathBuf>) -> io::Result<()> {
    flush_group(Policy::here(), &Batch { root, folders })
}

struct Blob<'a> {
    file: &'a File,
    from: &'a Path,
    to: &'a Path,
}

impl Naming for Blob<'_> {
    fn sync_file(&mut self) -> io::Result<()> {
        flush_file(self.file)
    }

    fn give_name(&mut self) -> io::Result<()> {
        move_to_free(self.from, self.to)
    }

    /// The handle remains valid after the rename.
    fn sync_named(&mut self) -> io::Result<()> {
        flush_file(self.file)
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.to.parent().map_or(Ok(()), flush_folder)
    }
}

struct Batch<'a> {
    root: &'a Path,
    folders: &'a BTreeSet<PathBuf>,
}

impl Group for Batch<'_> {
    fn sync_drive(&self) -> io::Result<()> {
        flush_drive(&File::open(self.root)?)
    }

    fn sync_folders(&self) -> io::Result<()> {
        folders_of(self.root, self.folders).into_iter().try_for_each(flush_folder)
    }
}

/// The folders with new entries, and those above them, which may be new, up to `root`.
fn folders_of<'a>(root: &Path, folders: &'a BTreeSet<PathBuf>) -> BTreeSet<&'a Path> {
    folders.iter().flat_map(|folder| folder.ancestors()).filter(|folder| folder.starts_with(root)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_up_to_the_vault_is_flushed_and_none_above() {
        let new = BTreeSet::from([PathBuf::from("/v/teams/t/a"), PathBuf::from("/v/teams/t/b")]);
        let flushed = folders_of(Path::new("/v"), &new);
        let expected = ["/v", "/v/teams", "/v/teams/t", "/v/teams/t/a", "/v/teams/t/b"].map(Path::new);
        assert_eq!(flushed, BTreeSet::from(expected));
    }

    #[test]
    fn a_blob_gets_its_name_and_the_batch_is_flushed() {
        let root = tempfile::tempdir().expect("folder");
        let (from, to) = (root.path().join("tmp"), root.path().join("teams/blob"));
        std::fs::create_dir(root.path().join("teams")).expect("folder");
        let file = File::create_new(&from).expect("file");
        name_in_batch(&file, &from, &to).expect("named");
        assert!(to.exists() && !from.exists());
        let again = File::create_new(&from).expect("file");
        let taken = name_in_batch(&again, &from, &to).expect_err("taken");
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        let folders = BTreeSet::from([root.path().join("teams")]);
        flush_batch(root.path(), &folders).expect("flushed");
        // The other systems' implementation works here, too.
        Batch { root: root.path(), folders: &folders }.sync_folders().expect("flushed");
        Blob { file: &file, from: &from, to: &to }.sync_named().expect("flushed");
    }
}
