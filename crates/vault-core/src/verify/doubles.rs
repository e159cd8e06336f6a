//! Content that is stored more than once: earlier versions stored it twice where two computers filed it at the same
//! time, or under another extension. That is not damage; it only takes space.

use std::collections::HashMap;

use crate::model::{BlobRef, FileHash, MatterId, StoragePath, TeamId};
use crate::ports::{Mirror, PortError};

/// Content that is stored more often than needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The content.
    pub hash: FileHash,
    /// Its copies, each with its path and length in bytes; at least two, ordered by path as text.
    pub copies: Vec<BlobRef>,
}

impl Double {
    /// The size of all its copies in bytes.
    pub fn bytes(&self) -> u64 {
        self.copies.iter().map(|copy| copy.size).sum()
    }
}

/// All stored objects, in compact form: about 60 bytes each for a million objects.
#[derive(Default)]
pub(super) struct Stored {
    objects: Vec<Object>,
    /// The matters of the objects. A listing is ordered by path, so objects of one matter are adjacent.
    matters: Vec<(TeamId, MatterId)>,
}

struct Object {
    hash: FileHash,
    matter: usize,
    /// Padded with zeros.
    extension: [u8; 16],
    size: u64,
}

impl Stored {
    /// Adds a listed object; they have to be added in order of path.
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

    /// Contents that are stored more than once on one side of a wall, in order of content. A matter that the mirror
    /// does not have is behind a wall: its content is shared with no other matter.
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
