//! Finding existing objects by listing: a thousand names for the price of a few requests.

use std::collections::{BTreeMap, HashSet};

use vault_core::model::{BlobRef, StoragePath};
use vault_core::ports::PortError;

use super::Answer;
use super::api::Api;

/// How many names on a page of a listing must be useful. That many single requests run concurrently, so a page is no
/// slower than they are; but Google charges twelve times as much for it.
const WORTH: usize = 16;

/// Those of these blobs that listings showed. Others may exist, too: where only a few of many are asked for, nothing is
/// listed.
pub(super) async fn among<'a>(api: &Api, blobs: impl Iterator<Item = &'a BlobRef>) -> Answer<HashSet<StoragePath>> {
    let mut folders: BTreeMap<String, HashSet<&StoragePath>> = BTreeMap::new();
    for blob in blobs {
        folders.entry(blob.path.folder()).or_default().insert(&blob.path);
    }
    let mut there = HashSet::new();
    for (folder, mut asked) in folders {
        let folder = format!("{folder}/");
        let mut page = None;
        // Names are hashes, so the next page will contain about as many of them as this one.
        while asked.len() >= WORTH {
            let names = match api.names(&folder, page.as_deref()).await {
                Ok(names) => names,
                // Without permission to list, each can still be queried; a listing is only faster.
                Err(PortError::NeedsPerson { .. }) => break,
                Err(error) => return Err(error),
            };
            let shown: Vec<StoragePath> = names.names.iter().filter_map(|name| name.parse().ok()).collect();
            let before = there.len();
            there.extend(shown.into_iter().filter(|path| asked.remove(path)));
            page = names.next;
            if page.is_none() || there.len() - before < WORTH {
                break;
            }
        }
    }
    Ok(there)
}
