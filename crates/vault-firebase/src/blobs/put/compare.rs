//! Comparing what the server has with what was read here.

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
    /// Something of this size stands in the place of the content.
    pub(super) fn occupied(&self, put: &Put, size: u64) -> PutFailure {
        occupied(&self.vault.bucket, &put.blob, size)
    }

    /// Whether the object that the server says it made of what was sent is the content; `bytes` if it is in memory.
    pub(super) async fn compare(&self, put: &Put, object: &Object, sums: Sums, bytes: Option<&Bytes>) -> Stored {
        if object.size != put.blob.size {
            return Err(self.occupied(put, object.size));
        }
        match sums.agree(object) {
            Some(true) => {}
            Some(false) => return Err(self.occupied(put, object.size)),
            // It tells no checksum that was computed on the way.
            None => return self.compare_found(put, object, bytes).await,
        }
        // It is the server's own sum of what it was sent, and what it was sent is right.
        if let Some(md5) = object.md5 {
            self.vault.md5s.keep(put.blob.hash(), md5);
        }
        Ok(())
    }

    /// What stands in the place of the content, where that could not be written: it may well be the content. Who has no
    /// access is not told that there is nothing.
    pub(super) async fn found(&self, put: &Put, bytes: Option<&Bytes>) -> Stored {
        match self.vault.api.metadata(&put.blob.path.to_string()).await {
            Err(error) => Err(PutFailure::Vault(self.refused(put, error).await)),
            Ok(None) => Err(PutFailure::Vault(self.refused(put, not_taken()).await)),
            Ok(Some(object)) => self.compare_found(put, &object, bytes).await,
        }
    }

    /// Whether an object that anybody may have made is the content: by its MD5 alone, since a CRC32C is forged in no time.
    /// Where the content is not in memory, the file is read for it; where the server tells none, the object is.
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
