//! Matters.

use vault_core::model::{Matter, MatterFields, MatterId, Timestamp};
use vault_core::ports::PortError;
use vault_core::rules;

use super::clients::removal;
use super::open_matters::find;
use super::refusal::{ADMIN, Writing, out_of_sight, role_in};
use super::transact::{Decision, Undecided, transact};
use super::wire::{MATTER_FIELDS, Visibility, matter_fields, read_client};
use super::writes::{change, create};
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Read};

/// Writes a matter, as [`put_matter`](vault_core::ports::Records::put_matter) says.
pub(super) async fn put(
    records: &FirebaseRecords,
    id: &MatterId,
    fields: MatterFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Answer<Matter> {
    let writing = Writing::Matter(id, fields.client.as_ref());
    transact(records, writing, async |read| decide(records, &read, id, &fields, removed, based_on).await).await
}

async fn decide(
    records: &FirebaseRecords,
    read: &Read,
    id: &MatterId,
    fields: &MatterFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Result<Decision<Matter>, Undecided> {
    let found = find(records, id, read).await?;
    if let Some((standing, ..)) = &found {
        if standing.fields == *fields && standing.removed.is_some() == removed {
            return Ok(Decision::Keep(standing.clone()));
        }
        if Some(standing.updated_at) != based_on {
            return Err(rules::conflict(&format!("the matter “{}”", standing.fields.title)).into());
        }
    } else if based_on.is_some() {
        return Err(out_of_sight(id).into());
    }
    let standing = found.as_ref().map(|(matter, ..)| matter);
    rules::matter_fields(id, fields, removed, standing)?;
    if id.is_general() {
        may_change_general(records, read).await?;
    }
    if !removed && !id.is_general() {
        client_is_there(records, read, fields, standing).await?;
        number_is_free(records, read, id, fields, standing).await?;
    }
    let name = records.names.matter(id);
    let since = standing.and_then(|matter| matter.removed);
    let write = if let Some((_, _, document)) = &found {
        let (mask, times) = removal(&MATTER_FIELDS, since, removed);
        change(name, matter_fields(fields), &mask, document.update_time.unwrap_or_default(), &times)
    } else {
        let times: &[&str] = if removed { &["updatedAt", "removed"] } else { &["updatedAt"] };
        let mut fields = matter_fields(fields);
        fields.insert("openTo".to_owned(), Visibility::Team.value(&records.person.team));
        create(name, fields, times)
    };
    let (id, fields) = (id.clone(), fields.clone());
    let answer = move |at| Matter { id, fields, updated_at: at, removed: removed.then(|| since.unwrap_or(at)) };
    Ok(Decision::Write(Box::new(write), Box::new(answer)))
}

/// Only administrators may change the firm's own matter. Checked before anything is sent, as the rules do.
async fn may_change_general(records: &FirebaseRecords, read: &Read) -> Result<(), Undecided> {
    let name = records.names.team().to_owned();
    let found = records.firestore.get(vec![name.clone()], read, &["members"]).await?;
    match found.get(&name) {
        Some(team) if role_in(records, Doc::of(team))? != ADMIN => Err(rules::only_administrators().into()),
        _ => Ok(()),
    }
}

async fn client_is_there(
    records: &FirebaseRecords,
    read: &Read,
    fields: &MatterFields,
    standing: Option<&Matter>,
) -> Result<(), Undecided> {
    let Some(id) = &fields.client else { return Ok(()) };
    let name = records.names.client(id);
    let found = records.firestore.get(vec![name.clone()], read, &[]).await?;
    let Some(document) = found.get(&name) else {
        return Err(PortError::invalid(format!("There is no client {id}.")).into());
    };
    let client = read_client(Doc::of(document))?;
    if client.removed.is_some() { Err(rules::removed_client(&client.fields.name, standing).into()) } else { Ok(()) }
}

/// Reads the numbers of all open matters if the number is new: numbers are compared by a key that Firestore cannot
/// compute, and a firm makes only a few matters a day.
async fn number_is_free(
    records: &FirebaseRecords,
    read: &Read,
    id: &MatterId,
    fields: &MatterFields,
    standing: Option<&Matter>,
) -> Result<(), Undecided> {
    let key = rules::name_key(&fields.number);
    if key.is_empty() || rules::has_number(standing, &key) {
        return Ok(());
    }
    let query = records.open_matters().select(&["title", "matterNumber", "removed"]);
    let (matters, _) = records.firestore.query(query, read).await?;
    for matter in &matters {
        let doc = Doc::of(matter);
        let other = doc.id() != id.as_str() && doc.some_time("removed")?.is_none();
        if other && rules::name_key(doc.some_text("matterNumber")?.unwrap_or_default()) == key {
            return Err(rules::number_taken(doc.text("title")?, &fields.number).into());
        }
    }
    Ok(())
}
