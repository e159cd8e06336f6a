//! Comparing what the server has with what was read here.

use vault_core::intake::Problem;
use vault_core::ports::{Presence, Put, PutFailure};

use super::super::check;
use super::super::failure::{not_taken, occupied};
use super::super::object::Object;
use super::super::sums::Sums;
use super::{Batch, Stored, content};

impl Batch<'_> {
    /// Something of this size stands in the place of the content.
    pub(super) fn occupied(&self, put: &Put, size: u64) -> PutFailure {
        occupied(&self.vault.bucket, &put.blob, size)
    }

    /// Whether the object that was made of what was sent is the content.
    pub(super) async fn compare(&self, put: &Put, object: &Object, sums: Sums) -> Stored {
        if object.size != put.blob.size {
            return Err(self.occupied(put, object.size));
        }
        match sums.agree(object) {
            Some(true) => {}
            Some(false) => return Err(self.occupied(put, object.size)),
            // It tells a checksum that was not computed on the way, or none.
            None => return self.compare_read(put, object).await,
        }
        // It is the server's own sum of what it was sent, and what it was sent is right.
        if let Some(md5) = sums.md5.or(object.md5) {
            self.vault.md5s.keep(put.blob.hash(), md5);
        }
        Ok(())
    }

    /// What stands in the place of the content, where that could not be written: it may well be the content. Who has no
    /// access is not told that there is nothing.
    pub(super) async fn found(&self, put: &Put, sums: Option<Sums>) -> Stored {
        match self.vault.api.metadata(&put.blob.path.to_string()).await {
            Err(error) => Err(PutFailure::Vault(self.refused(put, error).await)),
            Ok(None) => Err(PutFailure::Vault(self.refused(put, not_taken()).await)),
            Ok(Some(object)) if object.size != put.blob.size => Err(self.occupied(put, object.size)),
            Ok(Some(object)) => match sums {
                Some(sums) => self.compare(put, &object, sums).await,
                None => self.compare_read(put, &object).await,
            },
        }
    }

    /// Whether an object that anybody may have made is the content: the file is read for its MD5 or, where the object
    /// tells none, the object.
    pub(super) async fn compare_read(&self, put: &Put, object: &Object) -> Stored {
        let (source, watch) = (put.source.clone(), self.watch.clone());
        let read = tokio::task::spawn_blocking(move || content::sums_of(&source, &*watch)).await;
        let sums = read.unwrap_or(Err(PutFailure::Source(Problem::Changed)))?;
        let right = match (object.size == put.blob.size, object.md5, sums.md5) {
            (false, ..) => false,
            (_, Some(theirs), Some(ours)) => theirs == ours,
            _ => {
                let presence = check::read(self.vault, &put.blob).await.map_err(PutFailure::Vault)?;
                presence == Presence::Verified
            }
        };
        if !right {
            return Err(self.occupied(put, object.size));
        }
        if let Some(md5) = sums.md5 {
            self.vault.md5s.keep(put.blob.hash(), md5);
        }
        Ok(())
    }
}
