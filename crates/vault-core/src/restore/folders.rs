//! A tree of folders, each with its name and its parent: thousands of nested folders have short names, but would have
//! long paths.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::PathText;

/// A folder, by its number.
pub(super) type Folder = usize;

/// A tree of folders.
#[derive(Debug)]
pub(super) struct Folders(Vec<Node>);

#[derive(Debug)]
struct Node {
    above: Folder,
    name: Arc<[u8]>,
    below: HashMap<Arc<[u8]>, Folder>,
}

impl Default for Folders {
    fn default() -> Self {
        let top = Node { above: Self::TOP, name: Arc::default(), below: HashMap::new() };
        Self(vec![top])
    }
}

impl Folders {
    /// The root of the tree.
    pub(super) const TOP: Folder = 0;

    /// The number of folders.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// The subfolder with this name.
    pub(super) fn find(&self, above: Folder, name: &[u8]) -> Option<Folder> {
        self.0[above].below.get(name).copied()
    }

    /// The subfolder with this name, added if needed: a new one has the highest number.
    pub(super) fn add(&mut self, above: Folder, name: &[u8]) -> Folder {
        if let Some(known) = self.find(above, name) {
            return known;
        }
        let (folder, name): (_, Arc<[u8]>) = (self.0.len(), name.into());
        self.0[above].below.insert(Arc::clone(&name), folder);
        self.0.push(Node { above, name, below: HashMap::new() });
        folder
    }

    /// The folder at a path, added with its parents if needed.
    pub(super) fn add_path(&mut self, path: &PathText) -> Folder {
        segments(path).fold(Self::TOP, |above, name| self.add(above, name))
    }

    /// The folder at a path.
    pub(super) fn find_path(&self, path: &PathText) -> Option<Folder> {
        segments(path).try_fold(Self::TOP, |above, name| self.find(above, name))
    }

    /// The name of a folder; empty for the root.
    pub(super) fn name(&self, folder: Folder) -> PathText {
        PathText::from_bytes(self.0[folder].name.to_vec())
    }

    /// The subfolders of a folder, in any order.
    pub(super) fn below(&self, folder: Folder) -> impl Iterator<Item = Folder> {
        self.0[folder].below.values().copied()
    }

    /// The path of a folder.
    pub(super) fn path(&self, mut folder: Folder) -> PathText {
        let mut names: Vec<&[u8]> = Vec::new();
        while folder != Self::TOP {
            names.push(&self.0[folder].name);
            folder = self.0[folder].above;
        }
        names.reverse();
        PathText::from_bytes(names.join(&b'/'))
    }

    /// The total length of all names in bytes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|node| node.name.len()).sum()
    }
}

/// The segments of a path, as bytes.
pub(super) fn segments(path: &PathText) -> impl Iterator<Item = &[u8]> {
    path.bytes().split(|byte| *byte == b'/').filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_by_its_path_and_has_it() {
        let mut folders = Folders::default();
        let path = PathText::from_bytes(b"Box/Br\xfcgge/a".to_vec());
        let folder = folders.add_path(&path);
        assert_eq!((folders.path(folder), folders.find_path(&path)), (path.clone(), Some(folder)));
        assert_eq!((folders.add_path(&path), folders.len()), (folder, 4));
        assert_eq!(folders.find_path(&PathText::plain("Box/a")), None);
        assert_eq!(folders.path(Folders::TOP), PathText::plain(""));
        assert_eq!(folders.name(folder), PathText::plain("a"));
    }
}
