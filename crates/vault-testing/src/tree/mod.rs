//! Folders with everything that goes wrong with files, and folders read back for comparison.
//!
//! [`grow`] makes a tree from a seed, the same for the same seed, and returns what it made; [`snapshot`] reads what a
//! tree contains. Both handle paths of any length.

mod grow;
mod names;
mod place;
mod snapshot;

use std::collections::BTreeMap;
use std::path::Path;

pub use grow::{Wishes, grow};
pub use snapshot::snapshot;

/// The kind of an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file with the hash of its content, 64 lower-case digits; none if it cannot be read.
    File(Option<String>),
    /// A folder.
    Folder,
    /// A symbolic link, and its target.
    Link(Vec<u8>),
    /// A named pipe.
    Pipe,
    /// A Unix socket.
    Socket,
    /// A device, or any other kind.
    Other,
}

/// An entry of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its kind.
    pub kind: Kind,
    /// Length in bytes; 0 for what is not a file.
    pub size: u64,
    /// Modified time in nanoseconds since 1970.
    pub modified: i128,
    /// Whether an ordinary user may read it (for a folder: list it). Always, if it is read by `root`.
    pub readable: bool,
}

/// Everything below a folder, by the bytes of the path relative to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// The entries.
    pub entries: BTreeMap<Vec<u8>, Entry>,
}

impl Manifest {
    /// The files that can be read, and with them their hashes.
    pub fn files(&self) -> impl Iterator<Item = (&[u8], &Entry, &str)> {
        self.entries.iter().filter_map(|(path, entry)| match &entry.kind {
            Kind::File(Some(hash)) if entry.readable => Some((path.as_slice(), entry, hash.as_str())),
            _ => None,
        })
    }

    /// How many entries are of a kind that `which` accepts.
    pub fn count(&self, which: impl Fn(&Kind) -> bool) -> usize {
        self.entries.values().filter(|entry| which(&entry.kind)).count()
    }

    /// The differences to another manifest, one entry per line, for the message of a failing test.
    pub fn difference(&self, other: &Self) -> String {
        let show = |path: &[u8]| path.escape_ascii().to_string();
        let gone_or_changed = self.entries.iter().filter_map(|(path, entry)| match other.entries.get(path) {
            None => Some(format!("- {}\n", show(path))),
            Some(there) if there != entry => Some(format!("~ {}: {entry:?} / {there:?}\n", show(path))),
            Some(_) => None,
        });
        let new = other.entries.keys().filter(|path| !self.entries.contains_key(*path));
        gone_or_changed.chain(new.map(|path| format!("+ {}\n", show(path)))).collect()
    }
}

/// Makes everything in a tree readable again, so that it can be removed.
///
/// # Panics
/// When the tree cannot be changed.
pub fn unlock(root: &Path, manifest: &Manifest) {
    for (path, entry) in &manifest.entries {
        if !entry.readable {
            place::Place::open(root).unlock(path);
        }
    }
}

#[cfg(test)]
mod tests;
