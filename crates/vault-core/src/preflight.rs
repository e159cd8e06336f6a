//! The pre-flight: what a drop would do, before anything is sent. A value, computed by a pure function from what was
//! found and what the vault verifiably has; it is shown to the user, and then performed as it is.

use crate::intake::{Found, FoundFile};
use crate::model::{FileHash, MatterId};
use crate::same_names::{SameName, same_names};

/// What filing one file would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Its content would be stored.
    New,
    /// Its content is in the vault; its name and location would be recorded.
    AlreadyStored,
    /// Its content is new, and occurs earlier in the same drop.
    Repeated,
}

/// The counts of a pre-flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreflightCounts {
    /// Every entry found: `new + already_stored + repeated + left_out + problems`.
    pub found: u64,
    /// Files whose content is new.
    pub new: u64,
    /// Files whose content is in the vault.
    pub already_stored: u64,
    /// Files whose content occurs more than once in the drop, from the second on.
    pub repeated: u64,
    /// Entries left out on purpose.
    pub left_out: u64,
    /// Entries that could not be read.
    pub problems: u64,
    /// Length of all files that could be read, in bytes.
    pub bytes: u64,
    /// Length of the new content, in bytes.
    pub bytes_to_store: u64,
}

/// Content that the vault has and can share with a matter, verified. Sorted; a million hashes take 32 MB.
#[derive(Debug, Clone, Default)]
pub struct StoredContent {
    hashes: Vec<FileHash>,
    offline_estimate: bool,
}

impl FromIterator<FileHash> for StoredContent {
    fn from_iter<I: IntoIterator<Item = FileHash>>(hashes: I) -> Self {
        let mut hashes: Vec<FileHash> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, offline_estimate: false }
    }
}

impl StoredContent {
    /// Whether the vault has it.
    pub fn has(&self, hash: &FileHash) -> bool {
        self.hashes.binary_search(hash).is_ok()
    }

    /// Sets whether some of it is not verified: the vault can't be reached, and the answer comes from the mirror.
    pub fn offline_estimate(self, offline_estimate: bool) -> Self {
        Self { offline_estimate, ..self }
    }
}

/// What a drop would do.
#[derive(Debug, Clone)]
pub struct Preflight {
    /// The matter it would be filed to.
    pub matter: MatterId,
    /// What was found.
    pub found: Found,
    /// The counts.
    pub counts: PreflightCounts,
    /// Whether this is an estimate from the mirror, because the vault can't be reached. Content that is stored
    /// according to it is checked again when the drop is filed.
    pub offline_estimate: bool,
    classes: Vec<Class>,
    /// Files in the order of filing: those with the same content are adjacent, otherwise as found.
    order: Vec<u32>,
}

impl Preflight {
    /// Decides for every file what filing it would do.
    ///
    /// # Panics
    /// For a drop of more than four billion files.
    pub fn plan(matter: MatterId, found: Found, stored: &StoredContent) -> Self {
        let order = by_content(&found.files);
        let mut classes = vec![Class::Repeated; found.files.len()];
        let mut counts = PreflightCounts {
            found: found.count(),
            left_out: found.left_out.len() as u64,
            problems: found.problems.len() as u64,
            ..PreflightCounts::default()
        };
        let mut before: Option<FileHash> = None;
        let mut known = false;
        for &index in &order {
            let reading = found.files[index as usize].reading;
            let first = before.replace(reading.hash) != Some(reading.hash);
            known = if first { stored.has(&reading.hash) } else { known };
            counts.bytes += reading.size;
            classes[index as usize] = match (known, first) {
                (true, _) => {
                    counts.already_stored += 1;
                    Class::AlreadyStored
                }
                (false, true) => {
                    counts.new += 1;
                    counts.bytes_to_store += reading.size;
                    Class::New
                }
                (false, false) => {
                    counts.repeated += 1;
                    Class::Repeated
                }
            };
        }
        Self { matter, found, counts, offline_estimate: stored.offline_estimate, classes, order }
    }

    /// The files, as found, with what would be done with each.
    pub fn files(&self) -> impl Iterator<Item = (&FoundFile, Class)> {
        self.found.files.iter().zip(self.classes.iter().copied())
    }

    /// Dropped folders and files with the same name, from different places. They are kept apart.
    pub fn same_names(&self) -> Vec<SameName> {
        same_names(&self.found)
    }

    /// The files in the order of filing.
    pub fn in_filing_order(&self) -> impl Iterator<Item = &FoundFile> {
        self.order.iter().map(|&index| &self.found.files[index as usize])
    }
}

/// The index of one file for each content, in the order of the hashes.
pub(crate) fn distinct_contents(files: &[FoundFile]) -> Vec<u32> {
    let count = u32::try_from(files.len()).expect("fewer than four billion files");
    let hash = |index: &u32| files[*index as usize].reading.hash;
    let mut distinct: Vec<u32> = (0..count).collect();
    distinct.sort_unstable_by_key(|index| (hash(index), *index));
    distinct.dedup_by_key(|index| hash(index));
    distinct
}

/// Indices of the files, grouped by content, in the order of each group's first file.
fn by_content(files: &[FoundFile]) -> Vec<u32> {
    let count = u32::try_from(files.len()).expect("fewer than four billion files");
    let hash = |index: &u32| files[*index as usize].reading.hash;
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_unstable_by_key(|index| (hash(index), *index));
    // Each index gets the first index of its group; sorting by that puts the groups in the order of the drop.
    let mut first = vec![0_u32; files.len()];
    for group in order.chunk_by(|a, b| hash(a) == hash(b)) {
        for &index in group {
            first[index as usize] = group[0];
        }
    }
    order.sort_unstable_by_key(|index| (first[*index as usize], *index));
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::intake::testing::found_with;

    fn plan(contents: &[u8], stored: &[u8]) -> Preflight {
        let stored = stored.iter().map(|content| FileHash::of(&[*content])).collect();
        Preflight::plan(MatterId::general(), found_with(contents), &stored)
    }

    #[test]
    fn a_first_box() {
        let preflight = plan(b"abcaab", b"c");
        let classes: Vec<Class> = preflight.files().map(|(_, class)| class).collect();
        let repeated = Class::Repeated;
        assert_eq!(classes, [Class::New, Class::New, Class::AlreadyStored, repeated, repeated, repeated]);
        let expected = PreflightCounts {
            found: 6,
            new: 2,
            already_stored: 1,
            repeated: 3,
            bytes: 6,
            bytes_to_store: 2,
            ..PreflightCounts::default()
        };
        assert_eq!(preflight.counts, expected);
    }

    #[test]
    fn content_that_is_known_is_already_stored_however_often_it_stands_in_the_drop() {
        let preflight = plan(b"aaa", b"a");
        assert_eq!(preflight.counts.already_stored, 3);
        assert_eq!(preflight.counts.repeated, 0);
    }

    proptest! {
        #[test]
        fn every_file_is_counted_once_and_filed_once(
            contents in proptest::collection::vec(0_u8..9, 0..60), stored in proptest::collection::vec(0_u8..9, 0..5)
        ) {
            let preflight = plan(&contents, &stored);
            let c = preflight.counts;
            prop_assert_eq!(c.found, c.new + c.already_stored + c.repeated + c.left_out + c.problems);
            prop_assert!(c.bytes_to_store <= c.bytes);
            let mut order = preflight.order.clone();
            let hashes: Vec<FileHash> = preflight.in_filing_order().map(|file| file.reading.hash).collect();
            let groups = hashes.chunk_by(|a, b| a == b).count();
            prop_assert_eq!(groups, distinct_contents(&preflight.found.files).len(), "equal content stands together");
            order.sort_unstable();
            prop_assert_eq!(order, (0..u32::try_from(contents.len()).expect("few")).collect::<Vec<_>>());
        }
    }
}
