//! Comparing what the server has with what was read here.

use vault_core::intake::Problem;
use vault_core::ports::{Presence, Put, PutFailure};

use super::super::check;
use super::super::failure::{not_taken, occupied};
use super::super::object::{Md5, Object};
use super::super::sums::Sums;
use super::{Batch, Stored, content};

impl Batch<'_> {
    /// Something of this size stands in the place of the content.
    pub(super) fn occupied(&self, put: &Put, size: u64) -> PutFailure {
        occupied(&self.vault.bucket, &put.blob, size)
    }

    /// Whether the object that the server says it made of what was sent is the content.
    pub(super) async fn compare(&self, put: &Put, object: &Object, sums: Sums) -> Stored {
        if object.size != put.blob.size {
            return Err(self.occupied(put, object.size));
        }
        match sums.agree(object) {
            Some(true) => {}
            Some(false) => return Err(self.occupied(put, object.size)),
            // It tells no checksum that was computed on the way.
            None => return self.compare_read(put, object).await,
        }
        // It is the server's own sum of what it was sent, and what it was sent is right.
        self.keep_md5(put, sums.md5.or(object.md5));
        Ok(())
    }

    fn keep_md5(&self, put: &Put, md5: Option<Md5>) {
        if let Some(md5) = md5 {
            self.vault.md5s.keep(put.blob.hash(), md5);
        }
    }

    /// What stands in the place of the content, where that could not be written: it may well be the content. Who has no
    /// access is not told that there is nothing.
    pub(super) async fn found(&self, put: &Put, sums: Option<Sums>) -> Stored {
        match self.vault.api.metadata(&put.blob.path.to_string()).await {
            Err(error) => Err(PutFailure::Vault(self.refused(put, error).await)),
            Ok(None) => Err(PutFailure::Vault(self.refused(put, not_taken()).await)),
            Ok(Some(object)) => self.compare_found(put, &object, sums).await,
        }
    }

    /// Whether an object that anybody may have made is the content.
    pub(super) async fn compare_found(&self, put: &Put, object: &Object, sums: Option<Sums>) -> Stored {
        if object.size != put.blob.size {
            return Err(self.occupied(put, object.size));
        }
        match sums.and_then(|sums| sums.prove(object)) {
            Some(true) => {
                self.keep_md5(put, sums.and_then(|sums| sums.md5));
                Ok(())
            }
            Some(false) => Err(self.occupied(put, object.size)),
            None => self.compare_read(put, object).await,
        }
    }

    /// The same, where its MD5 is not known: the file is read for that or, where the object tells none, the object.
    async fn compare_read(&self, put: &Put, object: &Object) -> Stored {
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
        self.keep_md5(put, sums.md5);
        Ok(())
    }
}
