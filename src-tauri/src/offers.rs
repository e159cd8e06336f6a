//! Dropped or chosen paths that wait for a matter. The paths stay here; the page gets a number and the names.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use vault_core::model::PathText;

use crate::reason::WindowReason;
use crate::views::{Offer, Refusal};

/// How many are kept: more than a user can be handling, few enough never to matter.
const KEPT: usize = 16;

/// The offers, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Offers(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    last: u32,
    offers: VecDeque<(u32, Vec<PathBuf>)>,
}

impl Offers {
    /// Keeps paths until they are taken or discarded.
    pub(crate) fn keep(&self, paths: Vec<PathBuf>) -> Offer {
        let names = paths.iter().map(|path| name_of(path)).collect();
        let mut kept = self.0.lock();
        kept.last = kept.last.wrapping_add(1);
        let id = kept.last;
        if kept.offers.len() == KEPT {
            kept.offers.pop_front();
        }
        kept.offers.push_back((id, paths));
        Offer { id, names }
    }

    /// The paths of an offer, which stays until it is discarded: the caller may be refused and try another matter.
    ///
    /// # Errors
    /// [`Refusal`] if there is none with this number (any more).
    pub(crate) fn paths(&self, id: u32) -> Result<Vec<PathBuf>, Refusal> {
        let kept = self.0.lock();
        let found = kept.offers.iter().find(|offer| offer.0 == id).map(|offer| offer.1.clone());
        found.ok_or_else(|| Refusal::not_found(WindowReason::OfferGone))
    }

    /// Forgets an offer.
    pub(crate) fn discard(&self, id: u32) {
        self.0.lock().offers.retain(|offer| offer.0 != id);
    }
}

/// The name of a folder or file; for a whole drive, that of the drive.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    PathText::from_os(name).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_gets_names_and_the_program_keeps_the_paths() {
        let offers = Offers::default();
        let paths = vec![PathBuf::from("/media/secret/Box"), PathBuf::from("/")];
        let offer = offers.keep(paths.clone());
        assert_eq!(offer.names, ["Box", "/"]);
        assert_eq!(offers.paths(offer.id).unwrap(), paths);
        offers.discard(offer.id);
        assert!(offers.paths(offer.id).is_err());
    }

    #[test]
    fn only_the_latest_are_kept() {
        let offers = Offers::default();
        let ids: Vec<u32> = (0..KEPT + 3).map(|n| offers.keep(vec![format!("/{n}").into()]).id).collect();
        let there: Vec<bool> = ids.iter().map(|id| offers.paths(*id).is_ok()).collect();
        assert_eq!(there.iter().filter(|there| !**there).count(), 3);
        assert!(!there[0] && there[KEPT + 2]);
    }
}
