//! Folders that are the vault's own: filed, the vault would be written while it is read, and grow by what it holds.

use std::path::{Path, PathBuf};

/// Whether what is dropped at `source` (see [`dropped_path`](super::dropped_path)) holds `folder`, or lies in it.
pub fn overlaps(source: &Path, folder: &Path) -> bool {
    let (source, folder) = (present(source), present(folder));
    folder.starts_with(&source) || source.starts_with(&folder)
}

/// The path as the system knows it, whatever case or links it was named with. A link at its end is not followed: as a
/// source it is none, as a folder it is what it was named.
fn present(path: &Path) -> PathBuf {
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    match (is_link, path.parent(), path.file_name()) {
        (true, Some(above), Some(name)) => above.canonicalize().map(|above| above.join(name)),
        _ => path.canonicalize(),
    }
    .unwrap_or_else(|_| path.to_owned())
}

/// Whether a file written to `path` would stand in `folder`, though nothing is at `path` yet.
pub(crate) fn would_lie_in(path: &Path, folder: &Path) -> bool {
    let there = path.ancestors().find_map(|above| above.canonicalize().ok());
    match (there, folder.canonicalize()) {
        (Some(there), Ok(folder)) => there.starts_with(folder),
        _ => false,
    }
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
        for folder in ["home/vault", "homes", "Box"] {
            fs::create_dir_all(at(folder)).expect("folder");
        }
        symlink(at("home"), at("way")).expect("link");
        symlink(at("home"), at("Box/link")).expect("link");
        for overlapping in ["", "home", "home/vault", "home/vault/not there", "way/vault"] {
            assert!(overlaps(&at(overlapping), &at("home")), "{overlapping}");
        }
        assert!(overlaps(&at("home/vault"), &at("way/vault")));
        for beside in ["homes", "Box", "Box/link", "hom"] {
            assert!(!overlaps(&at(beside), &at("home")), "{beside}");
        }
        for inside in ["home", "home/new/folder", "way/new"] {
            assert!(would_lie_in(&at(inside), &at("home")), "{inside}");
        }
        for outside in ["", "homes", "new"] {
            assert!(!would_lie_in(&at(outside), &at("home")), "{outside}");
        }
    }
}
