//! Comparing the server's object with the content read here.

use std::sync::Arc;

use bytes::Bytes;
use vault_core::ports::{Presence, Put, PutFailure};

use super::super::check;
use super::super::failure::{not_taken, occupied};
use super::super::md5s::Stopped;
use super::super::object::Object;
use super::super::sums::Sums;
use super::{Batch, Stored};

impl Batch<'_> {
    /// Another object of this size is stored at the content's path.
    pub(super) fn occupied(&self, put: &Put, size: u64) -> PutFailure {
        occupied(&self.vault.bucket, &put.blob, size)
    }

    /// Whether the object that the server created from the upload is the content; `bytes` if it is in memory.
    pub(super) async fn compare(&self, put: &Put, object: &Object, sums: Sums, bytes: Option<&Bytes>) -> Stored {
        if object.size != put.blob.size {
            return Err(self.occupied(put, object.size));
        }
        match sums.agree(object) {
            Some(true) => {}
            Some(false) => return Err(self.occupied(put, object.size)),
            // The server returned no checksum that was computed during the upload.
            None => return self.compare_found(put, object, bytes).await,
        }
        // Trusted: the server's sum covers what it received, and the bytes sent were verified.
        if let Some(md5) = object.md5 {
            self.vault.md5s.keep(put.blob.hash(), md5);
        }
        Ok(())
    }

    /// Examines the existing object after the write was refused: it may be the content. Without access to read it,
    /// nothing is concluded.
    pub(super) async fn found(&self, put: &Put, bytes: Option<&Bytes>) -> Stored {
        match self.vault.api.metadata(&put.blob.path.to_string()).await {
            Err(error) => Err(PutFailure::Vault(self.refused(put, error).await)),
            Ok(None) => Err(PutFailure::Vault(self.refused(put, not_taken()).await)),
            Ok(Some(object)) => self.compare_found(put, &object, bytes).await,
        }
    }

    /// Whether an object of unknown origin is the content. Decided by MD5 alone, since a CRC32C is easily forged. If
    /// the content is not in memory, the file is read for it; if the server returns no MD5, the object is read.
    pub(super) async fn compare_found(&self, put: &Put, object: &Object, bytes: Option<&Bytes>) -> Stored {
        let (vault, hash) = (self.vault, put.blob.hash());
        let right = match object.md5 {
            _ if object.size != put.blob.size => false,
            Some(theirs) => {
                let ours = match (vault.md5s.get(hash), bytes) {
                    (Some(ours), _) => ours,
                    (None, Some(bytes)) => vault.md5s.of_bytes(hash, bytes),
                    (None, None) => {
                        let watch = self.watch.clone();
                        let stopped: Stopped = Arc::new(move || watch.stop());
                        vault.md5s.of_file(&put.source, &stopped).await?
                    }
                };
                ours == theirs
            }
            None => check::read(vault, &put.blob).await.map_err(PutFailure::Vault)? == Presence::Verified,
        };
        if right { Ok(()) } else { Err(self.occupied(put, object.size)) }
    }
}
