//! Storing a batch: several files concurrently, small ones in one request each, larger ones in chunks.

mod compare;
mod content;
mod large;
mod refused;
mod small;
mod tries;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use futures_util::{StreamExt as _, stream};
use vault_core::intake::Problem;
use vault_core::model::StoragePath;
use vault_core::ports::{PortError, Put, PutFailure, PutWatch};

use super::{Answer, FirebaseBlobs};
use large::Transfer;
use refused::Refused;
use tries::BatchHealth;

/// Concurrent files: those being sent, and those being recorded in the history.
const AT_ONCE: usize = 32;

/// The longest file that the rules of a firm's vault accept: 64 GiB.
const LONGEST: u64 = 64 << 30;

/// Limit for content in memory, in KiB.
pub(super) const MEMORY: u32 = 72 << 10;

type Stored = Result<(), PutFailure>;

/// State shared by the files of one batch.
struct Batch<'a> {
    vault: &'a FirebaseBlobs,
    watch: Arc<dyn PutWatch>,
    /// The error that ended the batch; it would be the same for the files that follow.
    ended: OnceLock<PortError>,
    standing: BatchHealth,
    refused: Refused,
}

/// Stores a batch.
pub(super) async fn all(vault: &FirebaseBlobs, puts: Vec<Put>, watch: Arc<dyn PutWatch>) -> Answer<Vec<Stored>> {
    let batch = Batch {
        vault,
        watch,
        ended: OnceLock::new(),
        standing: BatchHealth::of(puts.len()),
        refused: Refused::default(),
    };
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
    batch.in_the_end(&mut stored);
    let there = puts.iter().zip(&stored).filter(|(_, stored)| stored.is_ok());
    vault.verified.remember(there.map(|(put, _)| &put.blob)).await;
    Ok(stored)
}

impl Batch<'_> {
    /// Stores content that several files of the batch share: one upload is enough for all.
    async fn group(&self, puts: &[Put], group: Vec<usize>) -> Vec<(usize, Stored)> {
        let mut results = Vec::with_capacity(group.len());
        let mut there = false;
        for at in group {
            let result = if there {
                self.begin(at).await.inspect(|()| self.watch.stored(puts[at].blob.size))
            } else {
                self.judged(&puts[at], self.next(at, &puts[at]).await).await
            };
            self.standing.ended();
            there |= result.is_ok();
            self.watch.ended(at, result.is_ok());
            if result.is_ok() {
                self.watch.file_stored(at);
            }
            if let Err(PutFailure::Vault(reason)) = &result
                && self.ends(reason)
            {
                let _ = self.ended.set(reason.clone());
            }
            results.push((at, result));
        }
        results
    }

    async fn next(&self, index: usize, put: &Put) -> Stored {
        let small = put.blob.size <= content::WHOLE;
        let bytes = if small { put.blob.size } else { content::CHUNKS_IN_MEMORY * content::CHUNK as u64 };
        let kib = u32::try_from(bytes / 1024 + 1).unwrap_or(MEMORY).min(MEMORY);
        // A file that waits for memory or an upload slot has not begun.
        let _room = self.vault.memory.acquire_many(kib).await.map_err(|_| PutFailure::Stopped)?;
        let _turn = self.vault.api.turn().await;
        // The batch may have ended during the wait.
        if let Some(reason) = self.ended.get() {
            return Err(PutFailure::Vault(reason.clone()));
        }
        if self.watch.stop() {
            return Err(PutFailure::Stopped);
        }
        self.begin(index).await?;
        if put.source.expected.hash != put.blob.hash() || put.source.expected.size != put.blob.size {
            return Err(PutFailure::Source(Problem::Changed));
        }
        if put.blob.path.team() != &self.vault.team {
            return Err(PutFailure::Source(Problem::Refused("it belongs to another team's vault".to_owned())));
        }
        if put.blob.size > LONGEST {
            return Err(PutFailure::Source(Problem::Refused("a firm's vault takes files up to 64 GiB.".to_owned())));
        }
        if small { self.small(put).await } else { Transfer::new(self, index, put).run().await }
    }

    /// Waits until the history has recorded that the file begins.
    async fn begin(&self, index: usize) -> Stored {
        match self.watch.begin(&[index]).await.as_deref() {
            Ok([true]) => Ok(()),
            // It was removed meanwhile, or nothing more may begin.
            Ok(_) => Err(PutFailure::Stopped),
            // Neither the file nor the storage is at fault: nothing can begin.
            Err(reason) => {
                let _ = self.ended.set(reason.clone());
                Err(PutFailure::Vault(reason.clone()))
            }
        }
    }
}
