//! What of a vault's content this computer has verified, so that it need only ask whether it is still there.

use async_trait::async_trait;

use super::PortError;
use crate::model::{BlobRef, ContentMd5, FileHash};

/// Content that was found to be what it should be, where nobody can change it afterwards. A cache: losing it costs
/// questions, never a file.
#[async_trait]
pub trait Verifications: Send + Sync {
    /// For each of these whether it was verified, at this path and with this size.
    async fn recall(&self, blobs: &[BlobRef]) -> Result<Vec<bool>, PortError>;

    /// Keeps what was verified.
    async fn remember(&self, verified: &[BlobRef]) -> Result<(), PortError>;

    /// For each of these contents the MD5, if it was computed on this computer.
    async fn md5_of(&self, contents: &[FileHash]) -> Result<Vec<Option<ContentMd5>>, PortError>;

    /// Keeps the MD5 of contents.
    async fn remember_md5(&self, computed: &[(FileHash, ContentMd5)]) -> Result<(), PortError>;
}
