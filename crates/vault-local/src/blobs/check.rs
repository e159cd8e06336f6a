//! Whether content exists and is correct.

use std::io;
use std::sync::Arc;

use vault_core::model::BlobRef;
use vault_core::ports::{PortError, Presence};

use super::ground::{Ground, share};
use super::rehash::rehash;
use super::stamps::{self, Verified};
use super::{LocalBlobs, sys};
use crate::db::Result;
use crate::folder::cannot;

/// Result of examining a blob's path.
enum Seen {
    Settled(Presence),
    /// The right size, with its current stamp.
    Right(Verified),
}

/// Examines each blob; reads those that may have changed since they were verified.
pub(super) async fn check(vault: &LocalBlobs, blobs: &[BlobRef]) -> Result<Vec<Presence>> {
    let blobs: Arc<[BlobRef]> = blobs.into();
    let looked = blobs.clone();
    let seen = vault.on_disk(move |ground| every(&looked, |blob, _| look(ground, blob))).await??;
    let right = seen.iter().filter_map(|one| if let Seen::Right(now) = one { Some(now.file()) } else { None });
    let kept = stamps::kept(&vault.db, right).await?;

    let mut answers = Vec::with_capacity(seen.len());
    let mut doubtful = Vec::new();
    for (at, one) in seen.into_iter().enumerate() {
        answers.push(match one {
            Seen::Settled(presence) => presence,
            Seen::Right(now) if kept.get(&now.file()).is_some_and(|then| now.is_still(then)) => Presence::Verified,
            Seen::Right(_) => {
                doubtful.push(at);
                Presence::Different
            }
        });
    }
    if doubtful.is_empty() {
        return Ok(answers);
    }
    let suspects: Vec<BlobRef> = doubtful.iter().map(|at| blobs[*at].clone()).collect();
    let read = vault.on_disk(move |ground| every(&suspects, |blob, buffer| verify(ground, blob, buffer))).await??;
    for (at, verified) in doubtful.into_iter().zip(&read) {
        if verified.is_some() {
            answers[at] = Presence::Verified;
        }
    }
    let verified: Vec<Verified> = read.into_iter().flatten().collect();
    stamps::keep(&vault.db, &verified).await;
    Ok(answers)
}

fn every<T: Send>(blobs: &[BlobRef], work: impl Fn(&BlobRef, &mut Vec<u8>) -> Result<T> + Sync) -> Result<Vec<T>> {
    let stopped = || Err(PortError::later("A check of the vault stopped in the middle."));
    share(blobs.len(), |at, buffer| work(&blobs[at], buffer))
        .into_iter()
        .map(|one| one.unwrap_or_else(stopped))
        .collect()
}

fn look(ground: &Ground, blob: &BlobRef) -> Result<Seen> {
    let path = ground.path(&blob.path);
    match sys::look(&path) {
        Ok(None) => Ok(Seen::Settled(Presence::Missing)),
        Ok(Some(look)) if look.file && look.stamp.size == blob.size => {
            Ok(Seen::Right(Verified::new(&blob.path, look.stamp)))
        }
        Ok(Some(_)) => Ok(Seen::Settled(Presence::Different)),
        Err(error) => Err(cannot("look at", &path, &error)),
    }
}

/// The verified stamp, if the content is right. Unreadable content counts as wrong.
fn verify(ground: &Ground, blob: &BlobRef, buffer: &mut [u8]) -> Result<Option<Verified>> {
    let path = ground.path(&blob.path);
    match rehash(&path, buffer) {
        Ok(Some((hash, stamp))) if hash == blob.hash() => Ok(Some(Verified::new(&blob.path, stamp))),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(cannot("read", &path, &error)),
        Ok(_) | Err(_) => Ok(None),
    }
}
