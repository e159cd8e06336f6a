//! From the pre-flight to the queue, in one step. All ids are made here, so that every later step can be repeated.

use super::{ItemState, NewItem};
use crate::intake::Found;
use crate::model::{DropFolder, DropId, EventId, nameable_source};
use crate::ports::{Clock, Journal, PortError};
use crate::preflight::Preflight;

/// Puts every file of a pre-flight into the queue of an accepted drop.
pub(crate) async fn enqueue(
    journal: &dyn Journal,
    clock: &dyn Clock,
    drop: DropId,
    preflight: &Preflight,
) -> Result<(), PortError> {
    let found = &preflight.found;
    journal.enqueue(drop, &mut items(clock, preflight), &found.left_out, &folders(found)).await
}

/// The files of a pre-flight in the order of filing, then the entries that could not be read.
pub(super) fn items(clock: &dyn Clock, preflight: &Preflight) -> impl Iterator<Item = NewItem> + Send {
    let found = &preflight.found;
    let fresh = || EventId::new(clock.unique());
    let files = preflight.in_filing_order().map(move |file| {
        let folder = found.folder(file);
        NewItem {
            source: folder.source,
            folder: folder.path.clone(),
            name: found.name(file),
            read: Some(file.reading),
            event: fresh(),
            state: ItemState::Queued,
            moved_to: None,
        }
    });
    let problems = found.problems.iter().map(move |problem| NewItem {
        source: problem.source,
        folder: problem.folder.clone(),
        name: problem.name.clone(),
        read: None,
        event: fresh(),
        state: ItemState::NeedsAttention(problem.problem.clone()),
        moved_to: None,
    });
    files.chain(problems)
}

/// The folders that were found, with their times.
pub(super) fn folders(found: &Found) -> Vec<DropFolder> {
    found
        .folders
        .iter()
        .filter_map(|folder| {
            let (path, source) = (folder.path.clone(), nameable_source(folder.source));
            Some(DropFolder { path, source, last_modified: folder.last_modified? })
        })
        .collect()
}
