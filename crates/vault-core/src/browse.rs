//! Keeps the mirror up to date.

use crate::log_id;
use crate::ports::{Change, Mirror, PortError, Records};

/// How many changes one page has.
const PAGE: usize = 4096;

/// Applies everything that changed since the last synchronization, and calls `told` after each page with the number of
/// changes so far. A page and its cursor are stored together, so an interrupted synchronization continues from there.
///
/// # Errors
/// [`PortError`] if the documents cannot be read or the mirror cannot be written; what was applied stays.
pub(crate) async fn sync_mirror(
    records: &dyn Records,
    mirror: &dyn Mirror,
    told: &(dyn Fn(u64) + Send + Sync),
) -> Result<(), PortError> {
    let mut taken_in = 0;
    let synced = apply_all(records, mirror, &mut taken_in, told).await;
    match &synced {
        Err(error) => tracing::info!(changes = taken_in, class = error.class(), "a synchronization is broken off"),
        Ok(()) if taken_in > 0 => tracing::info!(changes = taken_in, "a synchronization ends"),
        // The window asks every few seconds.
        Ok(()) => tracing::trace!("a synchronization ends without changes"),
    }
    synced
}

async fn apply_all(
    records: &dyn Records,
    mirror: &dyn Mirror,
    taken_in: &mut u64,
    told: &(dyn Fn(u64) + Send + Sync),
) -> Result<(), PortError> {
    let mut cursor = mirror.cursor().await?;
    tracing::trace!(from_the_start = cursor.is_none(), "a synchronization begins");
    loop {
        let page = records.changes(cursor.as_ref(), PAGE).await?;
        if !page.changes.is_empty() || cursor.as_ref() != Some(&page.cursor) {
            mirror.apply(&page).await?;
        }
        if !page.changes.is_empty() {
            log_set_aside(&page.changes);
            *taken_in += page.changes.len() as u64;
            told(*taken_in);
        }
        if !page.more {
            return Ok(());
        }
        cursor = Some(page.cursor);
    }
}

/// Logs which documents are set aside, because they cannot be read.
fn log_set_aside(changes: &[Change]) {
    for change in changes {
        if let Change::Unreadable(unreadable) = change {
            tracing::warn!(document = log_id(&unreadable.document), "a document is set aside");
        }
    }
}
