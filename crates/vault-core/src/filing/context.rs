//! What filing needs of a vault.

use crate::browse::sync_mirror;
use crate::ports::{Blobs, Clock, Identity, Journal, Mirror, PortError, Records};
use crate::waiting::WaitingEdits;

/// The ports that the queue and filing use.
#[derive(Clone, Copy)]
pub(crate) struct FilingContext<'a> {
    pub(crate) identity: &'a dyn Identity,
    pub(crate) journal: &'a dyn Journal,
    pub(crate) records: &'a dyn Records,
    pub(crate) blobs: &'a dyn Blobs,
    pub(crate) mirror: &'a dyn Mirror,
    pub(crate) clock: &'a dyn Clock,
    /// A matter that only this computer knows is sent before its files.
    pub(crate) edits: WaitingEdits<'a>,
    pub(crate) app_version: &'a str,
}

impl FilingContext<'_> {
    /// Whether the vault is remote.
    pub(crate) const fn is_remote(&self) -> bool {
        self.edits.are_possible()
    }

    /// Brings the mirror up to date.
    pub(crate) async fn sync_mirror(&self) -> Result<(), PortError> {
        sync_mirror(self.records, self.mirror, &|_| ()).await
    }
}
