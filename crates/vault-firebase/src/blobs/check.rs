//! Whether content exists and is correct.
//!
//! Only an administrator can change or remove an object. So content that this computer has verified before only needs
//! to *exist*, and one listing answers that for many objects. All others are queried individually.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use md5::{Digest as _, Md5};
use vault_core::model::{BlobRef, ContentHasher, ContentMd5, FileHash};
use vault_core::ports::{AtHand, Presence, PutFailure};

use super::object::Object;
use super::{Answer, FirebaseBlobs, listed};

/// Concurrent queries.
const AT_ONCE: usize = 16;

/// What exists for each blob. Local files are read where an object has to be compared with them.
pub(super) async fn all(vault: &FirebaseBlobs, blobs: &[BlobRef], at_hand: &AtHand) -> Answer<Vec<Presence>> {
    let verified = vault.verified.recall(blobs).await;
    let before = blobs.iter().zip(&verified).filter(|(_, verified)| **verified).map(|(blob, _)| blob);
    let there = listed::among(&vault.api, before).await?;
    let others: Vec<FileHash> = blobs.iter().filter(|blob| !there.contains(&blob.path)).map(BlobRef::hash).collect();
    let kept = vault.verified.md5_of(&others).await;
    vault.md5s.take(&others, &kept);
    let checks: Vec<_> = blobs
        .iter()
        .map(|blob| async {
            if there.contains(&blob.path) { Ok(Presence::Verified) } else { one(vault, blob, at_hand).await }
        })
        .collect();
    let presence: Vec<Presence> = stream::iter(checks).buffered(AT_ONCE).try_collect().await?;
    let computed = others.iter().zip(kept).filter(|(_, kept)| kept.is_none());
    let computed = computed.filter_map(|(content, _)| Some((*content, ContentMd5(vault.md5s.get(*content)?))));
    vault.verified.remember_md5(&computed.collect::<Vec<_>>()).await;
    let now = blobs.iter().zip(&presence).zip(verified);
    let now = now.filter(|((_, presence), before)| !before && **presence == Presence::Verified);
    vault.verified.remember(now.map(|((blob, _), _)| blob)).await;
    Ok(presence)
}

async fn one(vault: &FirebaseBlobs, blob: &BlobRef, at_hand: &AtHand) -> Answer<Presence> {
    match vault.api.metadata(&blob.path.to_string()).await {
        Ok(None) => Ok(Presence::Missing),
        Ok(Some(object)) => presence(vault, blob, &object, at_hand).await,
        Err(error) if vault.is_out_of_sight(blob, &error).await => Ok(Presence::Missing),
        Err(error) => Err(error),
    }
}

/// Judges an object by the server's own measurements: its size and the MD5 of its bytes, against the MD5 of a local
/// file, which is read for it. Without a local file or a server MD5, the object is read. The uploader's custom metadata
/// is ignored.
async fn presence(vault: &FirebaseBlobs, blob: &BlobRef, object: &Object, at_hand: &AtHand) -> Answer<Presence> {
    if object.size != blob.size {
        return Ok(Presence::Different);
    }
    let Some(theirs) = object.md5 else { return read(vault, blob).await };
    let ours = match (vault.md5s.get(blob.hash()), at_hand.sources.get(&blob.hash())) {
        (Some(ours), _) => ours,
        (None, Some(source)) => match vault.md5s.of_file(source, &at_hand.stopped).await {
            Ok(ours) => ours,
            Err(PutFailure::Stopped) => return Ok(Presence::Different),
            // The local file has changed, which says nothing about the object.
            Err(_) => return read(vault, blob).await,
        },
        (None, None) => return read(vault, blob).await,
    };
    Ok(if ours == theirs { Presence::Verified } else { Presence::Different })
}

pub(super) async fn read(vault: &FirebaseBlobs, blob: &BlobRef) -> Answer<Presence> {
    let Some(mut answer) = vault.api.media(&blob.path.to_string(), 0).await? else { return Ok(Presence::Missing) };
    let (mut sha, mut md5, mut size) = (ContentHasher::default(), Md5::new(), 0_u64);
    while let Some(bytes) = vault.api.piece(&mut answer.response).await? {
        sha.update(&bytes);
        md5.update(&bytes);
        size += bytes.len() as u64;
    }
    if size != blob.size || sha.finish() != blob.hash() {
        return Ok(Presence::Different);
    }
    vault.md5s.keep(blob.hash(), md5.finalize().into());
    Ok(Presence::Verified)
}
