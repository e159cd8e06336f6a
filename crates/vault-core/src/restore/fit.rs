//! The plan of a restore, fitted to the drive it goes to: names that the drive takes, and no two that are one to it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::drive_names::DriveNames;
use super::plan::{RenamedTop, RestoreFile, RestorePlan};
use super::run::Renamed;
use crate::intake::STAGING;
use crate::model::PathText;

/// What is written where, on one drive.
pub(super) struct Fitted {
    pub(super) plan: RestorePlan,
    /// Dropped folders that got another name, and folders without files that could not have theirs.
    pub(super) renamed: Vec<Renamed>,
    taken: Taken,
}

impl Fitted {
    /// Whether something of the plan gets the name, as the drive tells names apart.
    pub(super) fn is_taken(&self, folder: &PathText, name: &PathText, names: &DriveNames) -> bool {
        self.taken.0.get(folder).is_some_and(|taken| taken.contains(&names.key(name)))
    }
}

/// Fits a plan to a drive. What can keep its name keeps it; the same plan and drive give the same names each time.
pub(super) fn fit(plan: RestorePlan, names: &DriveNames) -> Fitted {
    let mut taken = Taken::default();
    // Where files are written before they get their names is no place for one.
    taken.name(&PathText::plain(""), &PathText::plain(STAGING), names);
    let places = fit_folders(&plan, names, &mut taken);
    let RestorePlan { files, folders, renamed: tops, refused } = plan;
    let mut fitted: BTreeMap<PathText, Vec<RestoreFile>> = BTreeMap::new();
    for (folder, files) in files {
        let place = places.get(&folder).unwrap_or(&folder);
        // Those that can keep their names first.
        let (keep, rename): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| names.takes(&file.name));
        let fit = |file: RestoreFile| RestoreFile { name: taken.name(place, &file.name, names), ..file };
        fitted.entry(place.clone()).or_default().extend(keep.into_iter().chain(rename).map(fit));
    }
    let has_files = |folder: &PathText| fitted.keys().any(|with| with == folder || is_below(with, folder));
    let place = |folder: &PathText| places.get(folder).unwrap_or(folder).clone();
    let empty = folders.keys().map(|from| Renamed { from: from.clone(), to: place(from), source: None });
    let empty = empty.filter(|Renamed { from, to, .. }| from != to && !has_files(to));
    let renamed = tops.iter().map(|RenamedTop { received_as, restored_as, source }| Renamed {
        from: received_as.clone(),
        to: place(restored_as),
        source: source.clone(),
    });
    let renamed = renamed.chain(empty).collect();
    let folders = folders.iter().map(|(folder, time)| (place(folder), *time)).collect();
    Fitted { plan: RestorePlan { files: fitted, folders, renamed: tops, refused }, renamed, taken }
}

/// Where each folder of the plan goes, and those above it.
fn fit_folders(plan: &RestorePlan, names: &DriveNames, taken: &mut Taken) -> HashMap<PathText, PathText> {
    let mut all: BTreeSet<Vec<PathText>> = BTreeSet::new();
    for folder in plan.files.keys().chain(plan.folders.keys()) {
        let segments: Vec<PathText> = folder.segments().collect();
        all.extend((0..=segments.len()).map(|length| segments[..length].to_vec()));
    }
    let mut all: Vec<Vec<PathText>> = all.into_iter().collect();
    // From the top down, and those first that can keep their names.
    all.sort_by_key(|segments| (segments.len(), segments.last().is_some_and(|name| !names.takes(name))));
    let path = |segments: &[PathText]| segments.iter().fold(PathText::plain(""), |path, segment| path.join(segment));
    let mut places = HashMap::from([(path(&[]), path(&[]))]);
    for segments in &all {
        if let Some((name, above)) = segments.split_last() {
            let above = path(above);
            let above = places.get(&above).unwrap_or(&above).clone();
            let place = above.join(&taken.name(&above, name, names));
            places.insert(path(segments), place);
        }
    }
    places
}

/// Whether a path lies below a folder.
pub(super) fn is_below(path: &PathText, folder: &PathText) -> bool {
    path.bytes().strip_prefix(folder.bytes()).is_some_and(|rest| rest.starts_with(b"/"))
}

/// The keys of the names that are taken in each folder.
#[derive(Default)]
struct Taken(HashMap<PathText, HashSet<Vec<u8>>>);

impl Taken {
    /// Takes the nearest name that is free in a folder.
    fn name(&mut self, folder: &PathText, name: &PathText, names: &DriveNames) -> PathText {
        let taken = self.0.entry(folder.clone()).or_default();
        let nearest = names.nearest(name);
        let numbered = (2..).map(|number| names.numbered(&nearest, number));
        let mut candidates = std::iter::once(nearest.clone()).chain(numbered);
        candidates.find(|name| taken.insert(names.key(name))).unwrap_or(nearest)
    }
}
