//! Copies of documents that are opened in other programs: private, read-only, and gone at the next start at the latest.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vault_core::model::FileHash;
use vault_core::{SystemFault, Vault};
use vault_preview::{HEAD, is_as_named};

use crate::reason::WindowReason;
use crate::views::Refusal;

/// The folder the copies are in.
#[derive(Debug, Clone)]
pub(crate) struct Copies {
    folder: PathBuf,
}

impl Copies {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes a verified copy under `name`, adjusted to what a disk here allows. It is read-only: changes in it would
    /// be lost.
    ///
    /// # Errors
    /// [`Refusal`] with a sentence for the user, also if its content clearly does not match its name; then nothing of
    /// it is left.
    pub(crate) async fn make(&self, vault: &Vault, content: FileHash, name: &str) -> Result<PathBuf, Refusal> {
        let cannot = |error: io::Error| {
            let what = WindowReason::NotCopied { name: name.to_owned() };
            Refusal::later(format!("{what} {}", SystemFault::of(&error).sentence()))
        };
        let folder = self.fresh_folder().map_err(cannot)?;
        let copy = vault.verified_copy(content, folder.path(), name).await?;
        if !is_as_named(&name_of(&copy), &head_of(&copy).map_err(cannot)?) {
            return Err(Refusal::invalid(WindowReason::OtherThanNamed { name: name.to_owned() }));
        }
        read_only(&copy).map_err(cannot)?;
        let _ = folder.keep();
        Ok(copy)
    }

    /// A folder for one copy, so that it keeps its name and two with the same name can coexist.
    fn fresh_folder(&self) -> io::Result<TempDir> {
        let mut all = fs::DirBuilder::new();
        all.recursive(true);
        let mut one = tempfile::Builder::new();
        one.prefix("").rand_bytes(8);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
            all.mode(0o700);
            one.permissions(fs::Permissions::from_mode(0o700));
        }
        all.create(&self.folder)?;
        one.tempdir_in(&self.folder)
    }

    /// Removes all copies. One that a program still has open may stay; the next start removes it.
    pub(crate) fn clear(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Its name now: a name that the system does not allow was replaced.
fn name_of(copy: &Path) -> String {
    copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Its first bytes.
fn head_of(copy: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    fs::File::open(copy)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn read_only(file: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(file)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(file, permissions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Place;
    use crate::views::RefusalCode;

    async fn filed() -> (Place, Copies, FileHash) {
        let place = Place::new().await;
        place.file(&[("Übergabe (2).pdf", "%PDF-")]).await;
        let copies = Copies::new(place.folder.path().join("opened"));
        (place, copies, FileHash::of(b"%PDF-"))
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[tokio::test]
    async fn a_copy_is_private_read_only_and_has_its_name() {
        let (place, copies, content) = filed().await;
        let copy = copies.make(&place.vault, content, "Übergabe (2).pdf").await.unwrap();
        assert_eq!(copy.file_name().unwrap(), "Übergabe (2).pdf");
        assert_eq!(fs::read(&copy).unwrap(), b"%PDF-");
        assert!(fs::metadata(&copy).unwrap().permissions().readonly());
        #[cfg(unix)]
        for folder in [copy.parent().unwrap(), &copies.folder] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
            assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o111, 0, "it can be run");
        }
        let other = copies.make(&place.vault, content, "Übergabe (2).pdf").await.unwrap();
        assert_ne!(copy, other);
        copies.clear();
        assert!(!copies.folder.exists());
    }

    #[tokio::test]
    async fn nothing_remains_of_a_damaged_copy() {
        let (place, copies, content) = filed().await;
        let found = place.vault.mirror.document(content).await.unwrap().unwrap();
        let stored = place.home.folder().join("vault").join(found.records[0].storage_path.to_string());
        fs::remove_file(&stored).unwrap();
        fs::write(&stored, "%PDX").unwrap();
        let refused = copies.make(&place.vault, content, "a.pdf").await.unwrap_err();
        assert_eq!((refused.code, entries(&copies.folder)), (RefusalCode::Damaged, 0));
    }

    #[tokio::test]
    async fn content_that_contradicts_its_name_is_not_opened() {
        let place = Place::new().await;
        place.file(&[("brief.pdf", "#!/bin/sh"), ("tool", "%PDF-1.4")]).await;
        let copies = Copies::new(place.folder.path().join("opened"));
        for (name, content) in [("brief.pdf", "#!/bin/sh"), ("tool.exe", "%PDF-1.4"), ("tool", "%PDF-1.4")] {
            let refused = copies.make(&place.vault, FileHash::of(content.as_bytes()), name).await.unwrap_err();
            assert_eq!(refused.code, RefusalCode::Invalid, "{name}: {}", refused.message);
        }
        assert_eq!(entries(&copies.folder), 0);
    }

    #[tokio::test]
    async fn a_name_that_leaves_the_folder_is_refused() {
        let (place, copies, content) = filed().await;
        for bad in ["..", "", "../a.pdf"] {
            assert!(copies.make(&place.vault, content, bad).await.is_err(), "{bad:?}");
        }
        assert_eq!(entries(&copies.folder), 0);
    }
}
