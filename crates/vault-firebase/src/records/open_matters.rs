//! The matters being filed to: checked now and then, not with every commit. The rules check each time.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;
use tonic::Status;
use vault_core::model::{Matter, MatterId, MatterStatus};
use vault_core::rules;

use super::refusal::out_of_sight;
use super::transact::Undecided;
use super::wire::{Visibility, read_matter};
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::Document;
use crate::firestore::{Doc, Query, Read, is_denied, port_error};

/// How long an answer is valid.
const GOOD_FOR: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct OpenMatters(Mutex<HashMap<MatterId, (Instant, Matter, Visibility)>>);

impl OpenMatters {
    pub(super) fn forget(&self, id: &MatterId) {
        self.0.lock().remove(id);
    }

    fn get(&self, id: &MatterId) -> Option<(Matter, Visibility)> {
        let kept = self.0.lock();
        kept.get(id).filter(|(when, ..)| when.elapsed() < GOOD_FOR).map(|(_, matter, open)| (matter.clone(), *open))
    }

    fn keep(&self, matter: &Matter, visibility: Visibility) {
        let mut kept = self.0.lock();
        kept.insert(matter.id.clone(), (Instant::now(), matter.clone(), visibility));
    }
}

/// The visibility of the matters of a batch. A matter that was not looked up has none: what is written to it must not be
/// open to the team by mistake.
#[derive(Debug, Clone)]
pub(super) struct Visibilities(HashMap<MatterId, Visibility>);

impl Visibilities {
    /// Looks up these matters, each to file to it or not.
    ///
    /// # Errors
    /// As [`require`], for each of them.
    pub(super) async fn require<'a>(
        records: &FirebaseRecords,
        matters: impl Iterator<Item = (&'a MatterId, bool)>,
    ) -> Answer<Self> {
        let distinct: BTreeSet<(&MatterId, bool)> = matters.collect();
        let mut visibilities = HashMap::new();
        for (matter, to_file) in distinct {
            visibilities.insert(matter.clone(), require(records, matter, to_file).await?);
        }
        Ok(Self(visibilities))
    }

    #[cfg(test)]
    pub(super) fn of_known<const N: usize>(known: [(MatterId, Visibility); N]) -> Self {
        Self(known.into())
    }

    /// The visibility of a matter.
    ///
    /// # Errors
    /// `Invalid` if it was not looked up.
    pub(super) fn of(&self, matter: &MatterId) -> Answer<Visibility> {
        self.0.get(matter).copied().ok_or_else(|| out_of_sight(matter))
    }
}

/// A matter and its document; `None` if it does not exist or this user may not see it: the rules do not distinguish the
/// two.
pub(super) async fn find(
    records: &FirebaseRecords,
    id: &MatterId,
    read: &Read,
) -> Result<Option<(Matter, Visibility, Document)>, Undecided> {
    for query in [records.open_matters(), walled(records)] {
        let query = query.named(&records.names.matter(id));
        let (found, _) = records.firestore.query(query, read).await?;
        if let Some(document) = found.into_iter().next() {
            let (matter, visibility) = read_matter(Doc::of(&document))?;
            return Ok(Some((matter, visibility, document)));
        }
    }
    Ok(None)
}

/// Matters behind a wall that this user is inside of.
fn walled(records: &FirebaseRecords) -> Query {
    Query::of(records.names.team(), "matters").contains("access", records.person.user.as_str())
}

/// The ids of all matters visible to this user.
pub(super) async fn ids(records: &FirebaseRecords) -> Answer<Vec<MatterId>> {
    let mut ids = Vec::new();
    for query in [records.open_matters(), walled(records)] {
        let found = records.firestore.query(query.select(&["updatedAt"]), &Read::Now).await;
        for document in found.map_err(|status| port_error(&status))?.0 {
            let doc = Doc::of(&document);
            ids.push(MatterId::new(doc.id()).map_err(|_| doc.wrong("id"))?);
        }
    }
    Ok(ids)
}

/// The visibility of a matter.
///
/// # Errors
/// `Invalid` if it does not exist or, if files are to be filed to it, was removed or closed.
pub(super) async fn require(records: &FirebaseRecords, id: &MatterId, to_file: bool) -> Answer<Visibility> {
    let (matter, visibility) = match records.matters.get(id) {
        Some(kept) => kept,
        None => match find(records, id, &Read::Now).await? {
            Some((matter, visibility, _)) => {
                records.matters.keep(&matter, visibility);
                (matter, visibility)
            }
            None => return Err(out_of_sight(id)),
        },
    };
    if to_file && matter.removed.is_some() {
        return Err(rules::removed_matter(&matter.fields.title));
    }
    if to_file && matter.fields.status == MatterStatus::Closed {
        return Err(rules::closed_matter(&matter.fields.title));
    }
    Ok(visibility)
}

/// The result of reading a matter; `None` if it was refused because the matter does not exist.
pub(super) async fn or_no_matter<T>(
    records: &FirebaseRecords,
    matter: &MatterId,
    read: Result<T, Status>,
) -> Answer<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(status) if is_denied(&status) => match find(records, matter, &Read::Now).await? {
            None => Ok(None),
            Some(_) => Err(port_error(&status)),
        },
        Err(status) => Err(port_error(&status)),
    }
}
