//! Fits the plan of a restore to its drive, so that the drive accepts every name and treats no two as equal.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::drive_names::DriveNames;
use super::folders::{Folder, Folders};
use super::plan::{RenamedTop, RestoreFile, RestorePlan};
use super::run::Renamed;
use crate::intake::STAGING;
use crate::model::PathText;

/// A plan fitted to one drive.
pub(super) struct Fitted {
    pub(super) plan: RestorePlan,
    /// Dropped folders that were renamed, and folders without files that could not keep their names.
    pub(super) renamed: Vec<Renamed>,
    taken: Taken,
}

impl Fitted {
    /// Whether the plan uses the name, as the drive compares names.
    pub(super) fn is_taken(&self, folder: &PathText, name: &PathText, names: &DriveNames) -> bool {
        let folder = self.taken.folders.find_path(folder);
        folder.and_then(|folder| self.taken.keys.get(&folder)).is_some_and(|taken| taken.contains(&names.key(name)))
    }
}

/// Fits a plan to a drive. Names that the drive accepts are kept; the result is deterministic.
pub(super) fn fit(plan: RestorePlan, names: &DriveNames) -> Fitted {
    let mut taken = Taken::default();
    // Reserves the name of the staging folder.
    taken.name(Folders::TOP, &PathText::plain(STAGING), names);
    let places = Places::of(&plan, names, &mut taken);
    let RestorePlan { files, folders, renamed: tops, refused } = plan;
    let mut fitted: BTreeMap<PathText, Vec<RestoreFile>> = BTreeMap::new();
    for (folder, files) in files {
        let place = places.folder(&folder);
        // First those that can keep their names.
        let (keep, rename): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| names.takes(&file.name));
        let fit = |file: RestoreFile| RestoreFile { name: taken.name(place, &file.name, names), ..file };
        let fit: Vec<RestoreFile> = keep.into_iter().chain(rename).map(fit).collect();
        fitted.entry(taken.folders.path(place)).or_default().extend(fit);
    }
    let place = |folder: &PathText| taken.folders.path(places.folder(folder));
    let renamed = tops.iter().map(|RenamedTop { received_as, restored_as, source }| Renamed {
        from: received_as.clone(),
        to: place(restored_as),
        source: source.clone(),
    });
    let mut renamed: Vec<Renamed> = renamed.collect();
    let mut plan = RestorePlan { files: fitted, folders: BTreeMap::new(), renamed: tops, refused };
    for (from, time) in folders {
        let to = place(&from);
        plan.folders.insert(to.clone(), time);
        if from != to && !plan.has_files_in(&to) {
            renamed.push(Renamed { from, to, source: None });
        }
    }
    Fitted { plan, renamed, taken }
}

/// Where each folder of a plan goes, including parent folders.
struct Places {
    planned: Folders,
    /// For each folder of `planned`, its place.
    at: Vec<Folder>,
}

impl Places {
    fn of(plan: &RestorePlan, names: &DriveNames, taken: &mut Taken) -> Self {
        let mut planned = Folders::default();
        for folder in plan.files.keys().chain(plan.folders.keys()) {
            planned.add_path(folder);
        }
        // Parents first; within one folder, first those that can keep their names.
        let mut at = vec![Folders::TOP; planned.len()];
        let mut todo = vec![Folders::TOP];
        while let Some(above) = todo.pop() {
            let below = planned.below(above).map(|folder| (planned.name(folder), folder));
            let mut below: Vec<(bool, PathText, Folder)> =
                below.map(|(name, folder)| (!names.takes(&name), name, folder)).collect();
            below.sort_unstable();
            for (_, name, folder) in below {
                let free = taken.name(at[above], &name, names);
                at[folder] = taken.folders.add(at[above], free.bytes());
                todo.push(folder);
            }
        }
        Self { planned, at }
    }

    /// The place of a folder of the plan.
    fn folder(&self, planned: &PathText) -> Folder {
        self.planned.find_path(planned).map_or(Folders::TOP, |folder| self.at[folder])
    }
}

/// The keys of the names in use in each folder of the drive.
#[derive(Default)]
struct Taken {
    folders: Folders,
    keys: HashMap<Folder, HashSet<Vec<u8>>>,
}

impl Taken {
    /// Reserves the nearest name that is free in a folder.
    fn name(&mut self, folder: Folder, name: &PathText, names: &DriveNames) -> PathText {
        let taken = self.keys.entry(folder).or_default();
        let nearest = names.nearest(name);
        let numbered = (2..).map(|number| names.numbered(&nearest, number));
        let mut candidates = std::iter::once(nearest.clone()).chain(numbered);
        candidates.find(|name| taken.insert(names.key(name))).unwrap_or(nearest)
    }
}
