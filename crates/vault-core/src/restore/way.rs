//! Opens deeply nested folders from the nearest parent that is still open.

use std::io;

use super::drive::DriveFolder;
use crate::model::PathText;

/// Every so many levels, a folder is kept open.
pub(super) const EVERY: usize = 64;

/// The maximum number of folders kept open, since a program may have few open files.
const MOST: usize = 32;

/// The folders kept open on the way to the last one that was opened.
pub(super) struct Way<F> {
    /// Each with its depth.
    kept: Vec<(usize, F)>,
    last: Vec<PathText>,
}

impl<F> Default for Way<F> {
    fn default() -> Self {
        Self { kept: Vec::new(), last: Vec::new() }
    }
}

impl<F: DriveFolder> Way<F> {
    /// Opens a folder below `root`, by the names on the way; creates missing ones.
    pub(super) fn open(&mut self, root: &F, path: &[PathText]) -> io::Result<F> {
        let common = path.iter().zip(&self.last).take_while(|(name, last)| name == last).count();
        self.last.truncate(common);
        self.kept.retain(|(depth, _)| *depth <= common);
        let from_near_by = !self.kept.is_empty();
        let opened = self.go(root, path);
        if opened.is_ok() || !from_near_by {
            return opened;
        }
        // The folders that were kept open may be gone.
        *self = Self::default();
        self.go(root, path)
    }

    fn go(&mut self, root: &F, path: &[PathText]) -> io::Result<F> {
        let (begun, mut at) = match self.kept.last() {
            Some((depth, kept)) => (*depth, kept.again()?),
            None => (0, root.again()?),
        };
        for (depth, name) in (1..).zip(path).skip(begun) {
            at = at.sub_folder(name)?;
            if depth > self.last.len() {
                self.last.push(name.clone());
            }
            if depth % EVERY == 0 && self.kept.len() < MOST {
                // If no more can be kept open, the next one only takes longer to open.
                self.kept.extend(at.again().ok().map(|kept| (depth, kept)));
            }
        }
        Ok(at)
    }
}
