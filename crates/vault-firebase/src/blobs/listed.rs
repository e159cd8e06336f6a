//! Which of many objects are there, as listings tell: a thousand names for the price of a few questions.

use std::collections::{BTreeMap, HashSet};

use vault_core::model::{BlobRef, StoragePath};
use vault_core::ports::PortError;

use super::Answer;
use super::api::Api;

/// How many of the names on a page of a listing must be of use. As many questions are asked at once, so a page is no slower
/// than they are; and Google charges twelve times as much for it.
const WORTH: usize = 16;

/// Those of these blobs that listings showed. Those that are not among them may be there all the same: where few of
/// many are asked for, nothing is listed.
pub(super) async fn among<'a>(api: &Api, blobs: impl Iterator<Item = &'a BlobRef>) -> Answer<HashSet<StoragePath>> {
    let mut folders: BTreeMap<String, HashSet<&StoragePath>> = BTreeMap::new();
    for blob in blobs {
        folders.entry(blob.path.folder()).or_default().insert(&blob.path);
    }
    let mut there = HashSet::new();
    for (folder, mut asked) in folders {
        let folder = format!("{folder}/");
        let mut page = None;
        // Names are hashes, so the next page will hold about as many of them as this one.
        while asked.len() >= WORTH {
            let names = match api.names(&folder, page.as_deref()).await {
                Ok(names) => names,
                // Who may not list may still ask for each; a listing is only the faster way.
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
