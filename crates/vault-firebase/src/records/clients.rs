//! Clients.

use vault_core::model::{Client, ClientFields, ClientId, Timestamp};
use vault_core::ports::PortError;
use vault_core::rules;

use super::refusal::Writing;
use super::transact::{Decision, Undecided, transact};
use super::wire::{client_fields, read_client};
use super::writes::{change, create};
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Read, text};

const FIELDS: [&str; 5] = ["name", "email", "phone", "address", "status"];

/// Writes a client, as [`put_client`](vault_core::ports::Records::put_client) says.
pub(super) async fn put(
    records: &FirebaseRecords,
    id: &ClientId,
    fields: ClientFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Answer<Client> {
    rules::client_fields(&fields)?;
    transact(records, Writing::Client, async |read| decide(records, &read, id, &fields, removed, based_on).await).await
}

async fn decide(
    records: &FirebaseRecords,
    read: &Read,
    id: &ClientId,
    fields: &ClientFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Result<Decision<Client>, Undecided> {
    let name = records.names.client(id);
    let found = records.firestore.get(vec![name.clone()], read, &[]).await?;
    let Some(document) = found.get(&name) else {
        if based_on.is_some() {
            return Err(PortError::invalid(format!("There is no client {id}.")).into());
        }
        let times: &[&str] = if removed { &["updatedAt", "removed"] } else { &["updatedAt"] };
        let write = create(name, client_fields(fields), times);
        let (id, fields) = (id.clone(), fields.clone());
        let answer = move |at| Client { id, fields, updated_at: at, removed: removed.then_some(at) };
        return Ok(Decision::Write(Box::new(write), Box::new(answer)));
    };
    let standing = read_client(Doc::of(document))?;
    if standing.fields == *fields && standing.removed.is_some() == removed {
        return Ok(Decision::Keep(standing));
    }
    if Some(standing.updated_at) != based_on {
        return Err(rules::conflict(&format!("the client “{}”", standing.fields.name)).into());
    }
    if removed {
        without_matters(records, read, id, &fields.name).await?;
    }
    let (mask, times) = removal(&FIELDS, standing.removed, removed);
    let write = change(name, client_fields(fields), &mask, document.update_time.unwrap_or_default(), &times);
    let (id, fields, since) = (id.clone(), fields.clone(), standing.removed);
    let answer = move |at| Client { id, fields, updated_at: at, removed: removed.then(|| since.unwrap_or(at)) };
    Ok(Decision::Write(Box::new(write), Box::new(answer)))
}

/// Which fields are written, and which times the server sets, so that `removed` is set, kept or deleted.
pub(super) fn removal<'a>(
    fields: &[&'a str],
    before: Option<Timestamp>,
    removed: bool,
) -> (Vec<&'a str>, Vec<&'static str>) {
    let (mut mask, mut times) = (fields.to_vec(), vec!["updatedAt"]);
    match (before, removed) {
        (Some(_), false) => mask.push("removed"),
        (None, true) => times.push("removed"),
        (Some(_), true) | (None, false) => {}
    }
    (mask, times)
}

async fn without_matters(records: &FirebaseRecords, read: &Read, id: &ClientId, name: &str) -> Result<(), Undecided> {
    let query = records.open_matters().equal("clientId", text(id.as_str())).select(&["title", "removed"]);
    let (matters, _) = records.firestore.query(query, read).await?;
    let mut titles = Vec::new();
    for matter in &matters {
        let doc = Doc::of(matter);
        if doc.some_time("removed")?.is_none() {
            titles.push(doc.text("title")?.to_owned());
        }
    }
    if titles.is_empty() {
        return Ok(());
    }
    titles.sort_unstable();
    Err(rules::client_with_matters(name, &titles).into())
}
