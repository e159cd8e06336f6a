//! Folders as a client brings them, and comparing them with what came back.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Writes a file, with the folders above it, and when it was last modified: milliseconds since 1970.
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

/// Content and modified time of every file below a folder, by path; system files, which are left out, not among them.
///
/// # Panics
/// When something cannot be read.
pub fn seen(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut seen = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_none_or(|name| name != "Thumbs.db") {
                let modified = path.metadata().and_then(|about| about.modified()).expect("a time");
                let below = path.strip_prefix(folder).expect("below").to_owned();
                seen.insert(below, (fs::read(&path).expect("a file"), modified));
            }
        }
    }
    seen
}
