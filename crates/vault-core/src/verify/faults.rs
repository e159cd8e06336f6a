//! Faulty contents, with the names of the documents that need them.

use std::collections::BTreeMap;

use super::Fault;
use super::read::Ended;
use crate::model::{MetadataRecord, StoragePath};

/// Faulty contents by their expected paths, with the names of the documents.
#[derive(Default)]
pub(super) struct Faults {
    missing: BTreeMap<StoragePath, Vec<String>>,
    damaged: BTreeMap<StoragePath, Vec<String>>,
}

impl Faults {
    /// Starts with the faults that an earlier verification found.
    pub(super) fn of(missing: Vec<Fault>, damaged: Vec<Fault>) -> Self {
        let map = |faults: Vec<Fault>| faults.into_iter().map(|Fault { path, documents }| (path, documents)).collect();
        Self { missing: map(missing), damaged: map(damaged) }
    }

    /// Adds results of contents, replacing earlier ones.
    pub(super) fn add(&mut self, ended: Vec<(StoragePath, Ended)>) {
        for (path, ended) in ended {
            self.missing.remove(&path);
            self.damaged.remove(&path);
            match ended {
                Ended::Sound => {}
                Ended::Missing => drop(self.missing.insert(path, Vec::new())),
                Ended::Damaged => drop(self.damaged.insert(path, Vec::new())),
            }
        }
    }

    /// Adds the names of these records to their faulty contents.
    pub(super) fn name(&mut self, records: &[MetadataRecord]) {
        if self.missing.is_empty() && self.damaged.is_empty() {
            return;
        }
        for record in records {
            for faults in [&mut self.missing, &mut self.damaged] {
                if let Some(names) = faults.get_mut(&record.storage_path) {
                    names.push(record.original_name.clone());
                }
            }
        }
    }

    /// Missing and damaged contents, ordered by path.
    pub(super) fn lists(self) -> (Vec<Fault>, Vec<Fault>) {
        let list = |faults: BTreeMap<StoragePath, Vec<String>>| {
            faults.into_iter().map(|(path, documents)| Fault { path, documents }).collect()
        };
        (list(self.missing), list(self.damaged))
    }
}
