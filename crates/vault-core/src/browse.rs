//! Keeps the mirror up to date.

use crate::ports::{Mirror, PortError, Records};

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
    let mut cursor = mirror.cursor().await?;
    let mut taken_in = 0;
    loop {
        let page = records.changes(cursor.as_ref(), PAGE).await?;
        if !page.changes.is_empty() || cursor.as_ref() != Some(&page.cursor) {
            mirror.apply(&page).await?;
        }
        if !page.changes.is_empty() {
            taken_in += page.changes.len() as u64;
            told(taken_in);
        }
        if !page.more {
            return Ok(());
        }
        cursor = Some(page.cursor);
    }
}
