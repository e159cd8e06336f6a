//! Folders and files in one drop with the same name, from different places.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use crate::intake::Found;
use crate::model::PathText;
use crate::restore::{Kind, Taken};

/// Dropped folders and files with one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameName {
    /// The name.
    pub name: PathText,
    /// The entries with this name, in the order in which they were dropped.
    pub alike: Vec<Alike>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Its path on this computer.
    pub place: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its name when this drop is restored.
    pub restored_as: PathText,
}

impl SameName {
    /// How many are folders, and how many files.
    pub fn counts(&self) -> (usize, usize) {
        let folders = self.alike.iter().filter(|alike| alike.is_folder).count();
        (folders, self.alike.len() - folders)
    }
}

/// The top-level entries of a drop whose name occurs more than once, by name.
pub(crate) fn same_names(found: &Found) -> Vec<SameName> {
    let tops = tops(found);
    let mut count: HashMap<&PathText, usize> = HashMap::new();
    for (_, _, name) in &tops {
        *count.entry(name).or_default() += 1;
    }
    let mut taken = Taken::default();
    let mut same: BTreeMap<&PathText, Vec<Alike>> = BTreeMap::new();
    for (source, is_file, name) in &tops {
        let kind = if *is_file { Kind::File } else { Kind::Folder };
        let restored_as = taken.free((), name, kind, |_| false);
        if count.get(name).is_some_and(|count| *count > 1) {
            let source = found.sources.get(*source as usize).cloned().unwrap_or_default();
            // For the root of a drive, its content counts.
            let place = if source.file_name().is_some() { source } else { source.join(name.to_os()) };
            same.entry(name).or_default().push(Alike { place, is_folder: !is_file, restored_as });
        }
    }
    same.into_iter().map(|(name, alike)| SameName { name: name.clone(), alike }).collect()
}

/// The top-level entries, in the order in which a restore names them: source by source, folders first.
fn tops(found: &Found) -> BTreeSet<(u32, bool, PathText)> {
    let mut tops = BTreeSet::new();
    for folder in found.folders.iter().filter(|folder| folder.last_modified.is_some()) {
        if folder.path.segments().nth(1).is_none() && !folder.path.bytes().is_empty() {
            tops.insert((folder.source, false, folder.path.clone()));
        }
    }
    let at_top = |path: &PathText| path.bytes().is_empty();
    for file in found.files.iter().filter(|file| at_top(&found.folder(file).path)) {
        tops.insert((found.folder(file).source, true, found.name(file)));
    }
    for problem in found.problems.iter().filter(|problem| at_top(&problem.folder)) {
        // A folder that could not be listed is included already.
        if !tops.contains(&(problem.source, false, problem.name.clone())) {
            tops.insert((problem.source, true, problem.name.clone()));
        }
    }
    tops
}
