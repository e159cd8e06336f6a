//! The matters that are being filed to: asked for once in a while, not with every commit. The rules ask each time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

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

/// How long an answer is good for.
const GOOD_FOR: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct OpenMatters(Mutex<HashMap<MatterId, (Instant, Matter, Visibility)>>);

impl OpenMatters {
    pub(super) fn forget(&self, id: &MatterId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    fn get(&self, id: &MatterId) -> Option<(Matter, Visibility)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(id).filter(|(when, ..)| when.elapsed() < GOOD_FOR).map(|(_, matter, open)| (matter.clone(), *open))
    }

    fn keep(&self, matter: &Matter, visibility: Visibility) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(matter.id.clone(), (Instant::now(), matter.clone(), visibility));
    }
}

/// A matter as it stands, and its document; `None` if there is none, or none that this person may see: the rules make
/// no difference between the two.
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

/// Matters behind a wall that this person is inside of.
fn walled(records: &FirebaseRecords) -> Query {
    Query::of(records.names.team(), "matters").contains("access", records.person.user.as_str())
}

/// The ids of all matters that this person may see.
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

/// Whom a matter is open to, if it is there.
///
/// # Errors
/// `Invalid` if it is not there or, where something is to be filed to it, was removed or closed.
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

/// What was read of a matter; `None` if it was refused because the matter is not there.
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
