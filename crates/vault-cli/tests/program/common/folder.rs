//! Folders to file, and how they look from outside.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Writes a file, last modified so many milliseconds after 1970.
pub(crate) fn write(path: impl AsRef<Path>, content: impl AsRef<[u8]>, modified: i64) {
    let path = path.as_ref();
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders");
    fs::write(path, content).expect("a file");
    touch(path, modified);
}

/// Sets when a file was last modified.
pub(crate) fn touch(path: &Path, modified: i64) {
    let distance = Duration::from_millis(modified.unsigned_abs());
    let time = if modified < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance };
    File::options().write(true).open(path).expect("a file").set_modified(time).expect("a time");
}

/// A client's folder with duplicates, an empty file, an empty folder, times before 1970 and names of many kinds; its
/// name, and how many files of it are to be filed.
pub(crate) fn binder(place: &Path) -> (PathBuf, u64) {
    let folder = place.join("Client binder");
    let mut files: Vec<(&str, &str, i64)> = vec![
        ("Contract.pdf", "the contract", 1_709_596_800_123),
        ("Old office/Copies/Contract.pdf", "the contract", 1_709_596_800_123),
        ("Old office/Contract (final).pdf", "the contract", 1_609_596_800_999),
        ("Scans/0001.tif", "a scan", -1),
        ("Scans/0002.tif", "another scan", -86_400_000),
        ("Scans/empty.txt", "", 0),
        ("Übergabe/Notiz – März.txt", "Rückruf", 1_700_000_000_001),
        ("Übergabe/Notiz – März (2).txt", "Rückruf bitte", 1_700_000_000_001),
    ];
    if cfg!(unix) {
        files.push(("a|b %7C & 'c'.txt", "odd", 4_102_444_800_000));
    }
    for (path, content, modified) in &files {
        write(folder.join(path), content, *modified);
    }
    fs::create_dir_all(folder.join("Pleadings (none yet)")).expect("an empty folder");
    (folder, files.len() as u64)
}

/// The entry at one path below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// `None` for a folder.
    pub(crate) content: Option<Vec<u8>>,
    /// Milliseconds since 1970.
    modified: i128,
}

/// Everything below a folder, by path.
pub(crate) fn seen(folder: &Path) -> BTreeMap<PathBuf, Seen> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder that can be listed") {
            let path = entry.expect("an entry").path();
            let stat = fs::symlink_metadata(&path).expect("an entry that is there");
            if stat.is_dir() {
                folders.push(path.clone());
            }
            let content = stat.is_file().then(|| fs::read(&path).expect("a file that can be read"));
            let modified = millis(stat.modified().expect("a time"));
            let path = path.strip_prefix(folder).expect("below the folder").to_owned();
            all.insert(path, Seen { content, modified });
        }
    }
    all
}

fn millis(time: SystemTime) -> i128 {
    let nanos = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()),
        Err(before) => i128::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
    };
    nanos.expect("a time in range").div_euclid(1_000_000)
}
