//! Why the storage refuses content: the rules do not say, but the matter's documents do.

use std::collections::HashMap;

use tokio::sync::Mutex;
use vault_core::model::MatterId;
use vault_core::ports::{Attention, PortError, Put};

use super::Batch;

/// Reasons found, one per matter of a batch.
#[derive(Default)]
pub(super) struct Refused(Mutex<HashMap<MatterId, Option<PortError>>>);

impl Batch<'_> {
    /// The error for a file that was refused with this `error`. If its matter accepts nothing any more, the batch ends:
    /// each file that follows would fail the same way.
    pub(super) async fn refused(&self, put: &Put, error: PortError) -> PortError {
        if !matches!(error, PortError::NeedsPerson { kind: Attention::NoAccess | Attention::Invalid, .. }) {
            return error;
        }
        let matter = put.blob.path.matter();
        let mut asked = self.refused.0.lock().await;
        let why = match asked.get(matter) {
            Some(why) => why.clone(),
            None => asked.entry(matter.clone()).or_insert(self.vault.matters.why_refused(matter).await).clone(),
        };
        let Some(why) = why else { return error };
        // Another file may have set it already.
        let _ = self.ended.set(why.clone());
        why
    }
}
