//! Storing a batch: several files at once, each in one request.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use futures_util::{StreamExt as _, stream};
use reqwest::StatusCode;
use vault_core::intake::Problem;
use vault_core::model::StoragePath;
use vault_core::ports::{PortError, Put, PutFailure, PutWatch};

use super::api::Content;
use super::check::{answered, is_ours};
use super::failure::of_status;
use super::object::Md5;
use super::{Answer, FirebaseBlobs};

mod content;

/// Files at once; at most so many are in memory.
const AT_ONCE: usize = 8;

type Stored = Result<(), PutFailure>;

/// What the files of one batch have in common.
struct Batch<'a> {
    vault: &'a FirebaseBlobs,
    watch: Arc<dyn PutWatch>,
    /// What ended it: it will be the same for the files that follow.
    ended: OnceLock<PortError>,
}

/// Stores a batch.
pub(super) async fn all(vault: &FirebaseBlobs, puts: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<Stored>> {
    let batch = Batch { vault, watch, ended: OnceLock::new() };
    let mut by_place: HashMap<&StoragePath, Vec<usize>> = HashMap::new();
    for (at, put) in puts.iter().enumerate() {
        by_place.entry(&put.blob.path).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = by_place.into_values().collect();
    groups.sort_unstable();
    let tasks: Vec<_> = groups.into_iter().map(|group| batch.group(&puts, group)).collect();
    let mut stored: Vec<Stored> = vec![Err(PutFailure::Stopped); puts.len()];
    let mut done = stream::iter(tasks).buffer_unordered(AT_ONCE);
    while let Some(results) = done.next().await {
        for (at, result) in results {
            stored[at] = result;
        }
    }
    Ok(stored)
}

impl Batch<'_> {
    /// Stores content that several files of the batch have: once it is there, it is there for all.
    async fn group(&self, puts: &[Put], group: Vec<usize>) -> Vec<(usize, Stored)> {
        let mut results = Vec::with_capacity(group.len());
        let mut there = false;
        for at in group {
            let result = if there {
                self.watch.stored(puts[at].blob.size);
                Ok(())
            } else {
                self.next(&puts[at]).await
            };
            there = result.is_ok();
            if there {
                self.watch.file_stored(at);
            }
            if let Err(PutFailure::Vault(reason)) = &result {
                let _ = self.ended.set(reason.clone());
            }
            results.push((at, result));
        }
        results
    }

    async fn next(&self, put: &Put) -> Stored {
        if let Some(reason) = self.ended.get() {
            return Err(PutFailure::Vault(reason.clone()));
        }
        if self.watch.stop() {
            return Err(PutFailure::Stopped);
        }
        if put.source.expected.hash != put.blob.hash() || put.source.expected.size != put.blob.size {
            return Err(PutFailure::Source(Problem::Changed));
        }
        if put.blob.path.team() != &self.vault.team {
            return Err(PutFailure::Source(Problem::Refused("it belongs to another team's vault".to_owned())));
        }
        if put.blob.size <= content::WHOLE { self.small(put).await } else { self.large(put).await }
    }

    /// Reads a file whole, so that nothing is sent before it is known to be right.
    async fn small(&self, put: &Put) -> Stored {
        let source = put.source.clone();
        let read = tokio::task::spawn_blocking(move || content::whole(&source)).await;
        let (bytes, md5) = read.unwrap_or_else(|_| Err(Problem::Changed)).map_err(PutFailure::Source)?;
        let path = put.blob.path.to_string();
        let content = || Some(Content::Whole(bytes.clone()));
        let answer = self.vault.api.upload(&path, put.blob.hash(), put.blob.size, content).await;
        self.settle(put, answer.map_err(PutFailure::Vault)?, md5).await?;
        self.watch.stored(put.blob.size);
        Ok(())
    }

    /// Sends a file as it is read. Its last bytes are held back until all of it is known to be right, so that the
    /// server never gets the whole of anything else.
    async fn large(&self, put: &Put) -> Stored {
        let path = put.blob.path.to_string();
        // Looking first costs little beside sending it in vain.
        if let Some(object) = self.vault.api.metadata(&path).await.map_err(PutFailure::Vault)? {
            let source = put.source.clone();
            let read = tokio::task::spawn_blocking(move || content::md5_of(&source)).await;
            let md5 = read.unwrap_or(Err(Problem::Changed)).map_err(PutFailure::Source)?;
            self.compare(put, &object, md5)?;
            self.watch.stored(put.blob.size);
            return Ok(());
        }
        let sending = content::Sending::new(put.source.clone(), self.watch.clone());
        let answer = self.vault.api.upload(&path, put.blob.hash(), put.blob.size, || sending.content()).await;
        match (sending.outcome(), answer) {
            (Err(failure), _) => Err(failure),
            (Ok(Some(md5)), Ok(answer)) => self.settle(put, answer, md5).await,
            (Ok(_), Err(failure)) => Err(PutFailure::Vault(failure)),
            // An answer before all of it was sent is none that says stored.
            (Ok(None), Ok(answer)) => Err(PutFailure::Vault(of_status(answer.status()))),
        }
    }

    /// What the answer to an upload means.
    async fn settle(&self, put: &Put, answer: reqwest::Response, md5: Md5) -> Stored {
        let status = answer.status();
        if status.is_success() {
            let object = answered(answer).await.map_err(PutFailure::Vault)?;
            return self.compare(put, &object, md5);
        }
        if !matches!(status, StatusCode::FORBIDDEN | StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT) {
            return Err(PutFailure::Vault(of_status(status)));
        }
        // What is there already cannot be replaced. It may well be the same.
        match self.vault.api.metadata(&put.blob.path.to_string()).await.map_err(PutFailure::Vault)? {
            Some(object) => self.compare(put, &object, md5),
            None => Err(PutFailure::Vault(of_status(StatusCode::FORBIDDEN))),
        }
    }

    fn compare(&self, put: &Put, object: &super::object::Object, md5: Md5) -> Stored {
        if is_ours(object, put.blob.size, md5) {
            self.vault.md5s.keep(put.blob.hash(), md5);
            return Ok(());
        }
        let why = "something else stands in its place in the firm's storage; an administrator has to remove it";
        Err(PutFailure::Source(Problem::Refused(why.to_owned())))
    }
}
