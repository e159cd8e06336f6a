//! The lists of documents the page scrolls through: the identities of the latest few, in their order. A row is read
//! when it is shown, so a list of a million documents costs 32 MB and no more.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;
use vault_core::model::{MatterId, MetadataHash};

use crate::reason::WindowReason;
use crate::views::Refusal;

/// How many lists are kept: those a user may return to within a moment.
const KEPT: usize = 8;

/// The largest number of rows returned at once.
const ROWS: u32 = 1000;

/// The latest lists, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Listings(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    last: u32,
    lists: VecDeque<(u32, Arc<Listing>)>,
}

/// A list as of its request.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The matter its documents are in.
    pub(crate) matter: MatterId,
    /// Their identities, in its order.
    pub(crate) ids: Vec<MetadataHash>,
}

impl Listings {
    /// Stores a list; the oldest one is dropped for it. Returns its number.
    pub(crate) fn keep(&self, listing: Listing) -> u32 {
        let mut kept = self.0.lock();
        kept.last = kept.last.wrapping_add(1);
        let id = kept.last;
        if kept.lists.len() == KEPT {
            kept.lists.pop_front();
        }
        kept.lists.push_back((id, Arc::new(listing)));
        id
    }

    /// A stored list; it becomes the latest.
    ///
    /// # Errors
    /// [`Refusal`] once it has made room for others.
    pub(crate) fn get(&self, id: u32) -> Result<Arc<Listing>, Refusal> {
        let mut kept = self.0.lock();
        let at = kept.lists.iter().position(|list| list.0 == id);
        let found = at.and_then(|at| kept.lists.remove(at));
        let found = found.ok_or_else(|| Refusal::not_found(WindowReason::ListGone))?;
        let listing = Arc::clone(&found.1);
        kept.lists.push_back(found);
        Ok(listing)
    }
}

impl Listing {
    /// The identities of these rows; fewer where the list ends.
    pub(crate) fn window(&self, offset: u64, limit: u32) -> &[MetadataHash] {
        let end = self.ids.len();
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(end);
        &self.ids[from..from.saturating_add(rows_at_once(limit)).min(end)]
    }
}

/// How many rows the page gets for this request.
pub(crate) fn rows_at_once(limit: u32) -> usize {
    limit.min(ROWS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(length: u8) -> Listing {
        let ids = (0..length).map(|n| MetadataHash::from_bytes([n; 32])).collect();
        Listing { matter: MatterId::general(), ids }
    }

    #[test]
    fn rows_end_where_the_list_ends() {
        let listing = listing(10);
        assert_eq!(listing.window(3, 4), &listing.ids[3..7]);
        assert_eq!(listing.window(8, 100).len(), 2);
        assert!(listing.window(10, 5).is_empty() && listing.window(u64::MAX, u32::MAX).is_empty());
        assert!(listing.window(0, 0).is_empty());
    }

    #[test]
    fn no_page_gets_a_million_rows_at_once() {
        assert_eq!(rows_at_once(u32::MAX), 1000);
    }

    #[test]
    fn the_least_recently_used_list_is_dropped() {
        let listings = Listings::default();
        let first = listings.keep(listing(1));
        let second = listings.keep(listing(2));
        for _ in 0..KEPT - 2 {
            listings.keep(listing(3));
        }
        assert_eq!(listings.get(first).unwrap().ids.len(), 1);
        listings.keep(listing(4));
        assert!(listings.get(second).is_err(), "it was the oldest");
        assert!(listings.get(first).is_ok(), "it had been viewed");
    }
}
