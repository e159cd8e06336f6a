//! From the pre-flight to the queue: one step, with all ids made here, so that everything after it can be repeated.

use crate::filing::ItemState;
use crate::model::{DropFolder, DropId, EventId};
use crate::ports::{Clock, Journal, NewItem, PortError};
use crate::preflight::Preflight;

/// Puts every file of a pre-flight into the queue of an accepted drop.
pub(crate) async fn enqueue(
    journal: &dyn Journal,
    clock: &dyn Clock,
    drop: DropId,
    preflight: &Preflight,
) -> Result<(), PortError> {
    let found = &preflight.found;
    let fresh = || EventId::new(clock.unique());
    let files = preflight.in_filing_order().map(|file| {
        let folder = found.folder(file);
        NewItem {
            source: folder.source,
            folder: folder.path.clone(),
            name: found.name(file),
            read: Some(file.reading),
            event: fresh(),
            state: ItemState::Queued,
        }
    });
    let problems = found.problems.iter().map(|problem| NewItem {
        source: problem.source,
        folder: problem.folder.clone(),
        name: problem.name.clone(),
        read: None,
        event: fresh(),
        state: ItemState::NeedsAttention(problem.problem.clone()),
    });
    let folders: Vec<DropFolder> = found
        .folders
        .iter()
        .filter_map(|folder| Some(DropFolder { path: folder.path.clone(), last_modified: folder.last_modified? }))
        .collect();
    journal.enqueue(drop, &mut files.chain(problems), &found.left_out, &folders).await
}
