//! What was verified before. It is kept by whoever has a place for it; without one, or if that fails, nothing was.

use std::sync::Arc;

use vault_core::model::{BlobRef, ContentMd5, FileHash};
use vault_core::ports::Verifications;

#[derive(Default)]
pub(super) struct Verified(pub(super) Option<Arc<dyn Verifications>>);

impl Verified {
    /// For each of these whether it was.
    pub(super) async fn recall(&self, blobs: &[BlobRef]) -> Vec<bool> {
        match &self.0 {
            Some(kept) if !blobs.is_empty() => kept.recall(blobs).await.unwrap_or_else(|_| vec![false; blobs.len()]),
            _ => vec![false; blobs.len()],
        }
    }

    /// The MD5 of contents, as far as it was computed on this computer.
    pub(super) async fn md5_of(&self, contents: &[FileHash]) -> Vec<Option<ContentMd5>> {
        match &self.0 {
            Some(kept) if !contents.is_empty() => {
                kept.md5_of(contents).await.unwrap_or_else(|_| vec![None; contents.len()])
            }
            _ => vec![None; contents.len()],
        }
    }

    /// Keeps the MD5 of contents.
    pub(super) async fn remember_md5(&self, computed: &[(FileHash, ContentMd5)]) {
        if let Some(kept) = &self.0
            && !computed.is_empty()
        {
            // What is not kept is computed once more.
            let _ = kept.remember_md5(computed).await;
        }
    }

    /// Keeps these.
    pub(super) async fn remember<'a>(&self, blobs: impl Iterator<Item = &'a BlobRef>) {
        let Some(kept) = &self.0 else { return };
        let blobs: Vec<BlobRef> = blobs.cloned().collect();
        if !blobs.is_empty() {
            // What is not kept is asked for once more.
            let _ = kept.remember(&blobs).await;
        }
    }
}
