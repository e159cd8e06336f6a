//! Keeping the copy for browsing up to date.

use crate::ports::{Mirror, PortError, Records};

/// How many changes are taken in at once.
const PAGE: usize = 4096;

/// Takes in everything that changed since the copy was last brought up to date.
///
/// # Errors
/// [`PortError`] if the documents cannot be read or the copy cannot be written; what was taken in stays.
pub(crate) async fn catch_up(records: &dyn Records, mirror: &dyn Mirror) -> Result<(), PortError> {
    let mut cursor = mirror.cursor().await?;
    loop {
        let page = records.changes(cursor.as_ref(), PAGE).await?;
        if !page.changes.is_empty() || cursor.as_ref() != Some(&page.cursor) {
            mirror.apply(&page).await?;
        }
        if !page.more {
            return Ok(());
        }
        cursor = Some(page.cursor);
    }
}
