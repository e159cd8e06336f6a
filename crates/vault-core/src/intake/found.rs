//! Everything that a drop contains, stored compactly: about 100 bytes for each of a million files.

use std::path::{Path, PathBuf};

use super::{Problem, Source};
use crate::model::{LastModified, PathText};
use crate::ports::{LeftOutEntry, Reading};

/// A folder of the drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFolder {
    /// Which of the drop's sources it is, or lies under.
    pub source: u32,
    /// Its path, dropped folder included; empty for the place of files that were dropped individually.
    pub path: PathText,
    /// When it was last modified; `None` for that place, which is not part of the drop, and for a folder that is too
    /// deep to be filed.
    pub last_modified: Option<LastModified>,
}

/// A file of the drop that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundFile {
    /// Its index in [`Listing::entries`].
    pub(super) entry: u32,
    /// The result of reading it.
    pub reading: Reading,
}

/// A file as the listing of its folder gave it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    folder: u32,
    name_at: u32,
    name_len: u16,
}

/// Files by folder and name, before they are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    entries: Vec<Entry>,
    names: Vec<u8>,
}

impl Listing {
    /// Adds a file; returns its index in the entries.
    ///
    /// # Panics
    /// If the names of one drop exceed 4 GiB in total.
    pub(super) fn push(&mut self, folder: u32, name: &[u8]) -> u32 {
        let name_at = u32::try_from(self.names.len()).expect("the names of a drop are shorter than 4 GiB");
        let name_len = u16::try_from(name.len()).expect("a name is shorter than 64 KiB");
        self.names.extend_from_slice(name);
        self.entries.push(Entry { folder, name_at, name_len });
        u32::try_from(self.entries.len() - 1).expect("fewer files than bytes of names")
    }

    pub(super) fn name(&self, entry: u32) -> PathText {
        let Entry { name_at, name_len, .. } = self.entries[entry as usize];
        let at = name_at as usize;
        PathText::from_bytes(self.names[at..at + usize::from(name_len)].to_vec())
    }

    pub(super) fn folder(&self, entry: u32) -> u32 {
        self.entries[entry as usize].folder
    }
}

/// A file or folder of the drop that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemFile {
    /// Which of the drop's sources it lies under.
    pub source: u32,
    /// The folder it is in, dropped folder included.
    pub folder: PathText,
    /// Its name.
    pub name: PathText,
    /// Why.
    pub problem: Problem,
}

/// What a drop holds. Every entry below its sources is a folder, a file, a problem or left out.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The dropped folders and files, absolute.
    pub sources: Vec<PathBuf>,
    /// The folders, each after its parent.
    pub folders: Vec<FoundFolder>,
    /// The files that could be read, in order of folder and name.
    pub files: Vec<FoundFile>,
    /// The files and folders that could not.
    pub problems: Vec<ProblemFile>,
    /// What was left out on purpose.
    pub left_out: Vec<LeftOutEntry>,
    pub(super) listing: Listing,
}

impl Found {
    /// The name of a file.
    pub fn name(&self, file: &FoundFile) -> PathText {
        self.listing.name(file.entry)
    }

    /// The folder of a file.
    pub fn folder(&self, file: &FoundFile) -> &FoundFolder {
        &self.folders[self.listing.folder(file.entry) as usize]
    }

    /// The file as a source that can be read again.
    pub(crate) fn source(&self, file: &FoundFile) -> Source {
        let folder = self.folder(file);
        let path = absolute(&self.sources[folder.source as usize], &folder.path, &self.name(file));
        Source { path, expected: file.reading }
    }

    /// How many entries were found: files, problems and what was left out.
    pub fn count(&self) -> u64 {
        (self.files.len() + self.problems.len() + self.left_out.len()) as u64
    }
}

/// The folder that locations under a source are relative to: its parent.
pub(super) fn base_of(source: &Path) -> &Path {
    source.parent().unwrap_or(source)
}

/// The path of a dropped file on this computer.
pub fn absolute(source: &Path, folder: &PathText, name: &PathText) -> PathBuf {
    let mut path = base_of(source).to_path_buf();
    for segment in folder.segments() {
        path.push(segment.to_os());
    }
    path.push(name.to_os());
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_and_its_source_give_the_place_on_this_computer() {
        let file = absolute(Path::new("/media/usb/Box"), &PathText::plain("Box/2023"), &PathText::plain("a.pdf"));
        assert_eq!(file, Path::new("/media/usb/Box/2023/a.pdf"));
        let alone = absolute(Path::new("/media/usb/b.pdf"), &PathText::plain(""), &PathText::plain("b.pdf"));
        assert_eq!(alone, Path::new("/media/usb/b.pdf"));
        let drive = absolute(Path::new("/"), &PathText::plain("etc"), &PathText::plain("c"));
        assert_eq!(drive, Path::new("/etc/c"));
    }
}
