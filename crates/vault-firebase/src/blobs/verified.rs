//! Access to what was verified before. Without a store, or if it fails, nothing counts as verified.

use std::sync::Arc;

use vault_core::model::{BlobRef, ContentMd5, FileHash};
use vault_core::ports::Verifications;

#[derive(Default)]
pub(super) struct Verified(pub(super) Option<Arc<dyn Verifications>>);

impl Verified {
    /// Whether each of these blobs was verified.
    pub(super) async fn recall(&self, blobs: &[BlobRef]) -> Vec<bool> {
        match &self.0 {
            Some(kept) if !blobs.is_empty() => kept.recall(blobs).await.unwrap_or_else(|_| vec![false; blobs.len()]),
            _ => vec![false; blobs.len()],
        }
    }

    /// The MD5s of contents that were computed on this computer.
    pub(super) async fn md5_of(&self, contents: &[FileHash]) -> Vec<Option<ContentMd5>> {
        match &self.0 {
            Some(kept) if !contents.is_empty() => {
                kept.md5_of(contents).await.unwrap_or_else(|_| vec![None; contents.len()])
            }
            _ => vec![None; contents.len()],
        }
    }

    /// Stores the MD5s of contents.
    pub(super) async fn remember_md5(&self, computed: &[(FileHash, ContentMd5)]) {
        if let Some(kept) = &self.0
            && !computed.is_empty()
        {
            // If storing fails, it is computed again.
            if let Err(error) = kept.remember_md5(computed).await {
                tracing::debug!(contents = computed.len(), class = error.class(), "MD5s are not kept");
            }
        }
    }

    /// Stores these blobs as verified.
    pub(super) async fn remember<'a>(&self, blobs: impl Iterator<Item = &'a BlobRef>) {
        let Some(kept) = &self.0 else { return };
        let blobs: Vec<BlobRef> = blobs.cloned().collect();
        if !blobs.is_empty() {
            // If storing fails, it is checked again.
            if let Err(error) = kept.remember(&blobs).await {
                tracing::debug!(contents = blobs.len(), class = error.class(), "what is verified is not kept");
            }
        }
    }
}
