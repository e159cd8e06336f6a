//! Why the storage refuses content: the rules don't say, but the matter's own documents do.

use std::collections::HashMap;

use tokio::sync::Mutex;
use vault_core::model::MatterId;
use vault_core::ports::{Attention, PortError, Put};

use super::Batch;

/// What was found out, once for each matter of a batch.
#[derive(Default)]
pub(super) struct Refused(Mutex<HashMap<MatterId, Option<PortError>>>);

impl Batch<'_> {
    /// What to say of a file that was refused with this `error`. Where its matter takes nothing any more, that ends the
    /// batch: it would be the same for each file that follows.
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
        // Somebody else may have said so before.
        let _ = self.ended.set(why.clone());
        why
    }
}
