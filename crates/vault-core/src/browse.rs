//! Keeping the copy for browsing up to date.

use crate::ports::{Mirror, PortError, Records};

/// How many changes are taken in at once.
const PAGE: usize = 4096;

/// Takes in everything that changed since the copy was last brought up to date, and tells after each page how many changes
/// that were so far. A page and its place in the order are taken in together: whoever breaks this off goes on from there.
///
/// # Errors
/// [`PortError`] if the documents cannot be read or the copy cannot be written; what was taken in stays.
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
