//! Folders as a client brings them, and comparison with the restored ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Writes a file and its parent folders, with its modification time in milliseconds since 1970.
///
/// # Panics
/// When it cannot be written.
pub fn write(path: &Path, content: &[u8], modified: i64) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
    let span = Duration::from_millis(modified.unsigned_abs());
    let time = if modified < 0 { SystemTime::UNIX_EPOCH - span } else { SystemTime::UNIX_EPOCH + span };
    File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
}

/// The paths below two folders at which they contain different files: other content, or modified in another
/// millisecond. System files, which are left out of drops, are ignored.
///
/// # Panics
/// When something cannot be read.
pub fn differences(one: &Path, other: &Path) -> Vec<PathBuf> {
    let (one, other) = (seen(one), seen(other));
    let paths: BTreeSet<&PathBuf> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

/// Content and modification time, in milliseconds since 1970, of every file below a folder.
fn seen(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, i128)> {
    let mut seen = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_none_or(|name| name != "Thumbs.db") {
                let below = path.strip_prefix(folder).expect("below").to_owned();
                seen.insert(below, (fs::read(&path).expect("a file"), modified(&path)));
            }
        }
    }
    seen
}

fn modified(path: &Path) -> i128 {
    let about = path.metadata().expect("a file");
    i128::from(about.mtime()) * 1000 + i128::from(about.mtime_nsec() / 1_000_000)
}
