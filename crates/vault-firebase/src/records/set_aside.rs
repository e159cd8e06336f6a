//! Documents that cannot be read. A member can bypass the program and write a document that the rules accept but
//! Strongroom does not, and an administrator can write any. Such a document is set aside and reported once with the
//! changes, and blocks nothing.

use vault_core::ports::{Change, PortError, Unreadable};

use super::{Answer, FirebaseRecords};
use crate::firestore::wire::Document;
use crate::firestore::{Doc, Query, Read, port_error, reference};

/// The value, or `None` for a document that cannot be read.
pub(super) fn readable<T>(read: Answer<T>) -> Answer<Option<T>> {
    match read {
        Err(error) if error.is_damage() => Ok(None),
        read => read.map(Some),
    }
}

/// The change that a document represents, even if it cannot be read.
pub(super) fn change(records: &FirebaseRecords, document: &Document, read: Answer<Change>) -> Answer<Change> {
    match read {
        Err(PortError::NeedsPerson { message, .. }) => {
            let document = records.names.short(&document.name).to_owned();
            Ok(Change::Unreadable(Unreadable { document, reason: message }))
        }
        read => read,
    }
}

/// The first readable documents of a query after `after`, in order of their names: fewer than `limit` only if there are
/// no more.
pub(super) async fn page<T>(
    records: &FirebaseRecords,
    query: &Query,
    mut after: Option<String>,
    limit: usize,
    read: impl Fn(Doc<'_>) -> Answer<T>,
) -> Answer<Result<Vec<T>, tonic::Status>> {
    let mut found = Vec::new();
    loop {
        let wanted = limit - found.len();
        let next = query.clone().limit(wanted);
        let next = after.iter().fold(next, |next, after| next.after(vec![reference(after.clone())]));
        let documents = match records.firestore.query(next, &Read::Now).await {
            Ok((documents, _)) => documents,
            Err(status) => return Ok(Err(status)),
        };
        for document in &documents {
            found.extend(readable(read(Doc::of(document)))?);
        }
        let ended = documents.len() < wanted;
        after = documents.into_iter().next_back().map(|document| document.name);
        if ended || found.len() >= limit {
            return Ok(Ok(found));
        }
    }
}

/// The same for a query that is open to the whole team.
pub(super) async fn open_page<T>(
    records: &FirebaseRecords,
    query: &Query,
    after: Option<String>,
    limit: usize,
    read: impl Fn(Doc<'_>) -> Answer<T>,
) -> Answer<Vec<T>> {
    page(records, query, after, limit, read).await?.map_err(|status| port_error(&status))
}
