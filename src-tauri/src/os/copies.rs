//! Copies of documents that are opened in other programs: private, read-only, and gone at the next start at the latest.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use vault_core::model::PathText;
use vault_core::restore::{Flavor, Segment, safe_segment};

/// The folder the copies are in.
#[derive(Debug, Clone)]
pub(crate) struct Copies {
    folder: PathBuf,
}

/// A copy that is being written. It is removed if it is dropped before it is [`finished`](Self::finish).
#[derive(Debug)]
pub(crate) struct Copy {
    folder: tempfile::TempDir,
    path: PathBuf,
    file: fs::File,
}

impl Copies {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Begins a copy under the form of `name` that may stand on a disk here; none if it has no such form.
    pub(crate) fn begin(&self, name: &str) -> io::Result<Option<Copy>> {
        let (Segment::Same(name) | Segment::Renamed(name)) = safe_segment(&PathText::plain(name), Flavor::here())
        else {
            return Ok(None);
        };
        private(&self.folder)?;
        // A folder of its own, so that the document keeps its name, and two of the same name stand beside each other.
        let mut builder = tempfile::Builder::new();
        builder.prefix("").rand_bytes(8);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(&self.folder)?;
        let path = folder.path().join(name.to_os());
        let file = fs::File::create_new(&path)?;
        Ok(Some(Copy { folder, path, file }))
    }

    /// Removes all copies. One that a program still holds open may stay; the next start removes it.
    pub(crate) fn clear(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Write for Copy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Copy {
    /// The copy is whole: nobody may change it from now on, as what is changed in it would be lost.
    pub(crate) fn finish(self) -> io::Result<PathBuf> {
        let mut permissions = self.file.metadata()?.permissions();
        permissions.set_readonly(true);
        self.file.set_permissions(permissions)?;
        let _ = self.folder.keep();
        Ok(self.path)
    }
}

/// Makes a folder that only its owner can look into.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_private_read_only_and_has_its_name() {
        let place = tempfile::tempdir().unwrap();
        let copies = Copies::new(place.path().join("opened"));
        let mut copy = copies.begin("Übergabe (2).pdf").unwrap().unwrap();
        copy.write_all(b"%PDF").unwrap();
        let path = copy.finish().unwrap();
        assert_eq!(path.file_name().unwrap(), "Übergabe (2).pdf");
        assert_eq!(fs::read(&path).unwrap(), b"%PDF");
        assert!(fs::metadata(&path).unwrap().permissions().readonly());
        #[cfg(unix)]
        for folder in [path.parent().unwrap(), place.path().join("opened").as_path()] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
        copies.clear();
        assert!(!path.exists());
    }

    #[test]
    fn a_copy_that_was_not_verified_to_the_end_is_gone() {
        let place = tempfile::tempdir().unwrap();
        let copies = Copies::new(place.path().join("opened"));
        let copy = copies.begin("a.pdf").unwrap().unwrap();
        let path = copy.path.clone();
        assert!(path.exists());
        drop(copy);
        assert!(!path.exists());
    }

    #[test]
    fn a_name_that_leads_out_is_none() {
        let place = tempfile::tempdir().unwrap();
        let copies = Copies::new(place.path().join("opened"));
        for bad in ["..", "", "../a.pdf"] {
            assert!(copies.begin(bad).unwrap().is_none(), "{bad:?}");
        }
    }
}
