//! Which of a vault's contents this computer has verified, so that only their presence has to be checked.

use async_trait::async_trait;

use super::PortError;
use crate::model::{BlobRef, ContentMd5, FileHash};

/// Content that was verified, at a path where it can't be changed afterwards. A cache: losing it costs requests, never
/// a file.
#[async_trait]
pub trait Verifications: Send + Sync {
    /// For each blob, in order, whether it was verified at this path and with this size.
    async fn recall(&self, blobs: &[BlobRef]) -> Result<Vec<bool>, PortError>;

    /// Stores verified blobs.
    async fn remember(&self, verified: &[BlobRef]) -> Result<(), PortError>;

    /// For each content, in order, its MD5, if it was computed on this computer.
    async fn md5_of(&self, contents: &[FileHash]) -> Result<Vec<Option<ContentMd5>>, PortError>;

    /// Stores the MD5 of contents.
    async fn remember_md5(&self, computed: &[(FileHash, ContentMd5)]) -> Result<(), PortError>;
}
