//! Finds names that are free in a folder.

use std::collections::HashMap;
use std::hash::Hash;

use super::names::numbered;
use crate::model::PathText;

/// The names in use, by folder.
#[derive(Debug)]
pub(crate) struct Taken<F> {
    /// How often each name was asked for.
    asked: HashMap<(F, PathText), usize>,
}

impl<F> Default for Taken<F> {
    fn default() -> Self {
        Self { asked: HashMap::new() }
    }
}

impl<F: Copy + Eq + Hash> Taken<F> {
    /// `name`, or the name with the next number that is free, both here and according to `is_taken`.
    pub(crate) fn free(
        &mut self,
        folder: F,
        name: &PathText,
        kind: Kind,
        is_taken: impl Fn(&PathText) -> bool,
    ) -> PathText {
        let mut candidate = name.clone();
        loop {
            let key = (folder, candidate.clone());
            if !is_taken(&candidate) && !self.asked.contains_key(&key) {
                self.asked.insert(key, 1);
                return candidate;
            }
            let count = self.asked.entry((folder, name.clone())).or_insert(1);
            *count += 1;
            candidate = kind.numbered(name, *count);
        }
    }
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its name may have an extension.
    File,
    /// Its name has no extension, even if it contains dots.
    Folder,
}

impl Kind {
    fn numbered(self, name: &PathText, number: usize) -> PathText {
        match self {
            Self::File => numbered(name, number),
            Self::Folder => numbered_folder(name, number),
        }
    }
}

/// Longest name that file systems take, in bytes.
const LONGEST: usize = 255;

/// The second `2024.01 Letters` becomes `2024.01 Letters (2)`.
fn numbered_folder(name: &PathText, number: usize) -> PathText {
    let end = format!(" ({number})");
    let mut stem = name.bytes();
    if stem.len() + end.len() > LONGEST {
        stem = &stem[..LONGEST - end.len()];
        // Don't cut within a character.
        let text = stem.utf8_chunks().last().map_or(0, |last| last.invalid().len());
        stem = if name.exact().is_none() { &stem[..stem.len() - text] } else { stem };
    }
    PathText::from_bytes([stem, end.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_folder_stands_at_its_end() {
        for (name, second) in [("Documents", "Documents (2)"), ("2024.01 Letters", "2024.01 Letters (2)")] {
            assert_eq!(numbered_folder(&PathText::plain(name), 2).text(), second);
        }
        let long = numbered_folder(&PathText::plain("ü".repeat(127)), 2);
        assert_eq!((long.bytes().len(), long.exact()), (254, None));
        assert!(long.text().ends_with("ü (2)"));
    }
}
