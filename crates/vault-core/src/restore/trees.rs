//! The trees of a restore: what was dropped together is restored together.
//!
//! A tree is everything from one place on one computer, however often it was dropped. Two folders with one name from
//! different places are two trees, and are never mixed.

use std::collections::HashMap;

use crate::model::{DeviceId, DropFolder, DropId, PathText, UploadEvent};

/// What one drop stored, as far as it is to be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The drop.
    pub drop: DropId,
    /// The computer it came from; `None` if unknown.
    pub device: Option<DeviceId>,
    /// Its dropped folders and files, as readable paths; empty if the drop has no summary.
    pub sources: Vec<String>,
    /// Its events, in the order of filing.
    pub events: Vec<UploadEvent>,
    /// Its folders.
    pub folders: Vec<DropFolder>,
}

impl Received {
    /// An empty entry for this drop.
    pub fn of(drop: DropId) -> Self {
        Self { drop, device: None, sources: Vec::new(), events: Vec::new(), folders: Vec::new() }
    }
}

/// What identifies a tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Identity {
    /// A place on a computer, and its index among the drop's sources with the same readable path: names that are not
    /// Unicode may look the same.
    Place(DeviceId, String, usize),
    /// A source of a drop without a summary.
    Source(DropId, u32),
    /// Filed by an older version, without a source.
    Unsaid,
}

/// The number of a tree in this restore.
pub(super) type Tree = usize;

/// The trees of a restore.
#[derive(Debug, Default)]
pub(super) struct Trees {
    numbers: HashMap<Identity, Tree>,
    places: Vec<Option<String>>,
}

impl Trees {
    /// The place of a tree on its computer, as a readable path.
    pub(super) fn place(&self, tree: Tree) -> Option<&str> {
        self.places.get(tree)?.as_deref()
    }

    /// The sources of a drop.
    pub(super) fn of<'a>(&'a mut self, drop: &'a Received) -> Sources<'a> {
        let mut alike: HashMap<&str, usize> = HashMap::new();
        let device = drop.device.as_ref();
        let trees = drop.sources.iter().filter_map(|path| {
            let nth = alike.entry(path).or_default();
            *nth += 1;
            Some(self.number(Identity::Place(device?.clone(), path.clone(), *nth), Some(path)))
        });
        let trees = trees.collect();
        let says_all = drop.events.iter().all(|event| event.source.is_some())
            && drop.folders.iter().all(|folder| folder.source.is_some());
        Sources { known: self, drop, trees, named: if says_all { HashMap::new() } else { by_name(&drop.sources) } }
    }

    fn number(&mut self, identity: Identity, place: Option<&str>) -> Tree {
        *self.numbers.entry(identity).or_insert_with(|| {
            self.places.push(place.map(str::to_owned));
            self.places.len() - 1
        })
    }
}

/// The sources of one drop, and the tree of each.
pub(super) struct Sources<'a> {
    known: &'a mut Trees,
    drop: &'a Received,
    trees: Vec<Tree>,
    /// The sources whose name is unique in the drop.
    named: HashMap<&'a str, u32>,
}

impl Sources<'_> {
    /// The source and tree of an entry with this `source` whose top-level folder or file is `top`.
    pub(super) fn find(&mut self, source: Option<u32>, top: &PathText) -> (Option<u32>, Tree) {
        let source = source.or_else(|| self.named.get(top.text()).copied());
        let Some(number) = source else { return (None, self.known.number(Identity::Unsaid, None)) };
        let tree = self.trees.get(number as usize).copied();
        let tree = tree.unwrap_or_else(|| self.known.number(Identity::Source(self.drop.drop, number), None));
        (source, tree)
    }
}

fn by_name(sources: &[String]) -> HashMap<&str, u32> {
    let mut names: HashMap<&str, Option<u32>> = HashMap::new();
    for (number, source) in (0..).zip(sources) {
        names.entry(last_segment(source)).and_modify(|only| *only = None).or_insert(Some(number));
    }
    names.into_iter().filter_map(|(name, only)| Some((name, only?))).collect()
}

/// The name of the file or folder at a path of any system.
fn last_segment(path: &str) -> &str {
    // Other systems than Windows allow a backslash in names.
    let separators: &[char] = if path.starts_with('/') { &['/'] } else { &['/', '\\'] };
    path.trim_end_matches(separators).rsplit(separators).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_off_the_paths_of_any_system() {
        for (path, name) in [
            ("/media/usb/Box", "Box"),
            (r"/media/usb/a\b", r"a\b"),
            (r"C:\Users\p\Box", "Box"),
            (r"\\server\share\Box\", "Box"),
            ("/", ""),
        ] {
            assert_eq!(last_segment(path), name, "{path}");
        }
    }

    #[test]
    fn what_an_older_version_filed_is_of_the_only_source_of_its_name() {
        let sources = ["/a/Box", "/b/Letters", "/c/Box"].map(str::to_owned);
        assert_eq!(by_name(&sources), HashMap::from([("Letters", 1)]));
    }
}
