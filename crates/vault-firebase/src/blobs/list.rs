//! Listing all content, one matter at a time: the rules do not allow listing a whole team at once.

use std::collections::VecDeque;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use vault_core::ports::ListedBlob;

use super::{Answer, FirebaseBlobs};

/// Concurrent metadata requests: a listing contains names only.
const AT_ONCE: usize = 16;

/// A listing in progress, so that the next page need not start at the first name again.
#[derive(Default)]
pub(super) struct Listing {
    /// The last path that was returned.
    after: Option<String>,
    /// Folders still to be listed, in order.
    folders: VecDeque<String>,
    /// Names in the current folder that were not returned yet.
    names: VecDeque<String>,
    /// The next page token of that folder.
    next: Option<String>,
}

/// All stored content after `after`, ordered by path as text.
pub(super) async fn page(vault: &FirebaseBlobs, after: Option<&str>, limit: usize) -> Answer<Vec<ListedBlob>> {
    let mut listing = std::mem::take(&mut *vault.listing.lock().await);
    if after.is_none() || listing.after.as_deref() != after {
        listing = Listing { after: after.map(str::to_owned), folders: folders(vault).await?, ..Listing::default() };
    }
    let mut told = Vec::new();
    while told.len() < limit && listing.more(vault).await? {
        let names = listing.take(limit - told.len());
        let sizes = names.into_iter().map(|name| async move {
            let object = vault.api.metadata(&name).await?;
            Ok::<_, vault_core::ports::PortError>(
                object.map(|object| ListedBlob { size: object.size, path: name.parse().map_err(|_| name) }),
            )
        });
        let found: Vec<_> = stream::iter(sizes.collect::<Vec<_>>()).buffered(AT_ONCE).try_collect().await?;
        // Removed in the meantime.
        told.extend(found.into_iter().flatten());
        if let Some(last) = told.last() {
            listing.after = Some(path_of(last));
        }
    }
    *vault.listing.lock().await = listing;
    Ok(told)
}

fn path_of(blob: &ListedBlob) -> String {
    blob.path.as_ref().map_or_else(Clone::clone, ToString::to_string)
}

/// The folders of all matters, ordered as text.
async fn folders(vault: &FirebaseBlobs) -> Answer<VecDeque<String>> {
    let matters = vault.matters.ids().await?;
    let mut folders: Vec<String> =
        matters.iter().map(|matter| format!("teams/{}/matters/{matter}/files/", vault.team)).collect();
    folders.sort_unstable();
    Ok(folders.into())
}

impl Listing {
    /// Loads more names, if there are any; returns whether there are.
    async fn more(&mut self, vault: &FirebaseBlobs) -> Answer<bool> {
        while self.names.is_empty() {
            let Some(folder) = self.folders.front() else { return Ok(false) };
            let passed = self.after.as_ref().is_some_and(|after| after > folder && !after.starts_with(folder.as_str()));
            if passed {
                self.folders.pop_front();
                continue;
            }
            let page = vault.api.names(folder, self.next.as_deref()).await?;
            self.names = page.names.into();
            self.next = page.next;
            if self.next.is_none() {
                self.folders.pop_front();
            }
        }
        Ok(true)
    }

    /// The next names, at most `most`.
    fn take(&mut self, most: usize) -> Vec<String> {
        let after = self.after.as_deref();
        self.names
            .drain(..most.min(self.names.len()))
            .filter(|name| after.is_none_or(|after| &**name > after))
            .collect()
    }
}
