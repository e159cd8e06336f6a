//! Paths that belong to the vault itself: filing them would change the vault while it is read, and make it grow by its
//! own content.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::sys::{self, Identity};

/// Prefix of the temporary files that this program writes to the user's folders. They are not documents and are removed
/// when the work is done, unless the program is killed.
const TEMPORARY: &str = ".strongroom-";

/// The folder in which a restore writes files before it gives them their names.
pub(crate) const STAGING: &str = ".strongroom-restore";

/// A name for a temporary file.
pub(crate) fn temporary_name(unique: &str) -> String {
    format!("{TEMPORARY}{unique}")
}

/// Whether a name is one of these.
pub(super) fn is_temporary(name: &str) -> bool {
    let unique = name.strip_prefix(TEMPORARY).is_some_and(|rest| uuid::Uuid::try_parse(rest).is_ok());
    name == STAGING || unique
}

/// The folder of a matter's content. It holds files only, thousands of them, so it is not listed.
const CONTENT: &str = "files";

/// The folders that hold a vault, and those in them, recognized by any path: by a bind mount, another drive letter, a
/// name in different case.
#[derive(Debug, Default)]
pub struct OwnFolders {
    named: Vec<PathBuf>,
    present: Vec<PathBuf>,
    identities: HashSet<Identity>,
}

impl OwnFolders {
    /// Identifies these folders. One that does not exist yet is compared by its path.
    pub fn of(folders: &[PathBuf]) -> Self {
        let present: Vec<PathBuf> = folders.iter().map(|folder| present(folder)).collect();
        let mut identities = HashSet::new();
        // A folder that was named by a link is the link's target.
        let mut pending: Vec<PathBuf> = present.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        while let Some(folder) = pending.pop() {
            let Ok(identity) = sys::identity(&folder) else { continue };
            if !identities.insert(identity) || folder.file_name().is_some_and(|name| name == CONTENT) {
                continue;
            }
            let below = sys::list(&folder).unwrap_or_default();
            let folders = below.into_iter().filter(|entry| entry.kind == sys::Kind::Folder);
            pending.extend(folders.map(|entry| folder.join(entry.name)));
        }
        Self { named: folders.to_vec(), present, identities }
    }

    /// Whether this folder is one of them.
    pub(super) fn is_one(&self, folder: &Path) -> bool {
        !self.identities.is_empty() && sys::identity(folder).is_ok_and(|found| self.identities.contains(&found))
    }

    /// The vault folder that overlaps what is dropped at `source` (see [`dropped_path`](super::dropped_path)): it
    /// contains the source, is it, or is contained in it.
    pub fn overlapping(&self, source: &Path) -> Option<&Path> {
        let source = present(source);
        let by_path = |own: &PathBuf| own.starts_with(&source) || source.starts_with(own);
        let at = self.present.iter().position(by_path);
        let at = at.or_else(|| self.is_in_one(&source).then_some(0))?;
        self.named.get(at).map(PathBuf::as_path)
    }

    /// Whether a file written to `path` would be in one of them, even if `path` does not exist yet.
    pub(crate) fn would_hold(&self, path: &Path) -> bool {
        let Some(there) = path.ancestors().find_map(|above| above.canonicalize().ok()) else { return false };
        let own = self.named.iter().filter_map(|folder| folder.canonicalize().ok());
        own.into_iter().any(|own| there.starts_with(own)) || self.is_in_one(&there)
    }

    /// Whether this is one of them, or lies in one, even if its path does not show it.
    fn is_in_one(&self, path: &Path) -> bool {
        path.ancestors().any(|above| self.is_one(above))
    }
}

/// The canonical path, whatever case or links it was named with. A link at its end is not followed: it is not a valid
/// source, and a folder keeps the name it was given.
fn present(path: &Path) -> PathBuf {
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    match (is_link, path.parent(), path.file_name()) {
        (true, Some(above), Some(name)) => above.canonicalize().map(|above| above.join(name)),
        _ => path.canonicalize(),
    }
    .unwrap_or_else(|_| path.to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_holds_a_folder_or_lies_in_it_overlaps_it_by_whichever_way_it_is_named() {
        let place = tempfile::tempdir().expect("folder");
        let at = |name: &str| place.path().join(name);
        let own = |name: &str| OwnFolders::of(&[at(name)]);
        for folder in ["home/vault", "homes", "Box"] {
            fs::create_dir_all(at(folder)).expect("folder");
        }
        symlink(at("home"), at("way")).expect("link");
        symlink(at("home"), at("Box/link")).expect("link");
        for overlapping in ["", "home", "home/vault", "home/vault/not there", "way/vault"] {
            assert!(own("home").overlapping(&at(overlapping)).is_some(), "{overlapping}");
        }
        assert!(own("way/vault").overlapping(&at("home/vault")).is_some());
        for beside in ["homes", "Box", "Box/link", "hom"] {
            assert!(own("home").overlapping(&at(beside)).is_none(), "{beside}");
        }
        for inside in ["home", "home/new/folder", "way/new"] {
            assert!(own("home").would_hold(&at(inside)), "{inside}");
        }
        for outside in ["", "homes", "new"] {
            assert!(!own("home").would_hold(&at(outside)), "{outside}");
        }
    }
}
