//! A small file: read and verified whole before anything is sent, and sent in one request.

use vault_core::intake::Problem;
use vault_core::ports::{Put, PutFailure};

use super::super::api::Reply;
use super::super::failure::offline;
use super::tries::Tries;
use super::{Batch, Stored, content};

impl Batch<'_> {
    pub(super) async fn small(&self, put: &Put) -> Stored {
        let api = &self.vault.api;
        let source = put.source.clone();
        let read = tokio::task::spawn_blocking(move || content::whole(&source)).await;
        let (bytes, sums) = read.unwrap_or_else(|_| Err(Problem::Changed)).map_err(PutFailure::Source)?;
        let path = put.blob.path.to_string();
        let mut tries = Tries::new(self);
        if put.begun {
            self.vault.unanswered.insert(&path);
        }
        loop {
            if self.vault.unanswered.contains(&path) {
                // It may have arrived even though the response was lost.
                let there = api.metadata(&path).await.map_err(PutFailure::Vault)?;
                self.vault.unanswered.remove(&path);
                if let Some(object) = there {
                    self.compare_found(put, &object, Some(&bytes)).await?;
                    break;
                }
            }
            match api.upload(&path, put.blob.hash(), &bytes).await {
                Reply::Stored(object) => {
                    self.compare(put, &object, sums, Some(&bytes)).await?;
                    break;
                }
                Reply::Forbidden => {
                    self.found(put, Some(&bytes)).await?;
                    break;
                }
                Reply::Unknown(error, asked) => {
                    self.vault.unanswered.insert(&path);
                    if !tries.again(asked).await {
                        return Err(PutFailure::Vault(error));
                    }
                    if self.watch.stop() {
                        return Err(PutFailure::Stopped);
                    }
                }
                Reply::Failed(error) | Reply::Misplaced(error) => return Err(PutFailure::Vault(error)),
                Reply::Confirmed(_) | Reply::Ended | Reply::Gone => return Err(PutFailure::Vault(offline())),
            }
        }
        tries.got_on();
        self.watch.stored(put.blob.size);
        Ok(())
    }
}
