//! Content that is stored more than once: earlier versions stored it twice where two computers filed it at once, or under
//! another extension. That is no damage; it only takes room.

use std::collections::HashMap;

use crate::model::{BlobRef, FileHash, MatterId, StoragePath, TeamId};
use crate::ports::{Mirror, PortError};

/// Content that is stored more than once where once would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The content.
    pub hash: FileHash,
    /// Where it lies, each with its length in bytes; two at least, in order of path as text.
    pub copies: Vec<BlobRef>,
}

impl Double {
    /// What all its copies take together, in bytes.
    pub fn bytes(&self) -> u64 {
        self.copies.iter().map(|copy| copy.size).sum()
    }
}

/// Everything that is stored, kept small: a million objects take about 60 bytes each.
#[derive(Default)]
pub(super) struct Stored {
    objects: Vec<Object>,
    /// The matters that objects lie in. A listing goes by path, so those of one matter stand together.
    matters: Vec<(TeamId, MatterId)>,
}

struct Object {
    hash: FileHash,
    matter: usize,
    /// Filled up with zeros.
    extension: [u8; 16],
    size: u64,
}

impl Stored {
    /// Takes in an object that was listed; after those whose path comes before its own.
    pub(super) fn add(&mut self, path: &StoragePath, size: u64) {
        if self.matters.last().is_none_or(|(team, matter)| (team, matter) != (path.team(), path.matter())) {
            self.matters.push((path.team().clone(), path.matter().clone()));
        }
        let mut extension = [0; 16];
        for (to, from) in extension.iter_mut().zip(path.extension().bytes()) {
            *to = from;
        }
        self.objects.push(Object { hash: path.hash(), matter: self.matters.len() - 1, extension, size });
    }

    /// What of it is stored more than once on one side of a wall, in order of content. A matter that the copy on this computer
    /// does not have is behind one: what is inside is shared with no other matter.
    pub(super) async fn doubles(mut self, mirror: &dyn Mirror) -> Result<Vec<Double>, PortError> {
        self.objects.sort_by_key(|object| (object.hash, object.matter, object.extension));
        let mut behind_a_wall: HashMap<usize, bool> = HashMap::new();
        let mut doubles = Vec::new();
        for same in self.objects.chunk_by(|a, b| a.hash == b.hash).filter(|same| same.len() > 1) {
            let mut sides: Vec<(Option<usize>, Vec<BlobRef>)> = Vec::new();
            for object in same {
                let walled = if let Some(walled) = behind_a_wall.get(&object.matter) {
                    *walled
                } else {
                    let walled = mirror.server_matter(&self.matters[object.matter].1).await?.is_none();
                    *behind_a_wall.entry(object.matter).or_insert(walled)
                };
                let side = walled.then_some(object.matter);
                let copy = self.copy(object);
                match sides.iter_mut().find(|(of, _)| *of == side) {
                    Some((_, copies)) => copies.push(copy),
                    None => sides.push((side, vec![copy])),
                }
            }
            let several = sides.into_iter().map(|(_, copies)| copies).filter(|copies| copies.len() > 1);
            doubles.extend(several.map(|copies| Double { hash: same[0].hash, copies }));
        }
        Ok(doubles)
    }

    fn copy(&self, object: &Object) -> BlobRef {
        let (team, matter) = &self.matters[object.matter];
        let extension = object.extension.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte));
        let name = format!("x.{}", extension.collect::<String>());
        BlobRef { path: StoragePath::new(team, matter, object.hash, &name), size: object.size }
    }
}
