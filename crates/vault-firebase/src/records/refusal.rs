//! Why the rules refused a write. They give no reason, so the current documents are examined.

use tonic::Status;
use vault_core::model::{ClientId, MatterId, MatterStatus};
use vault_core::ports::{Attention, PortError};
use vault_core::reason::Reason;
use vault_core::rules;

use super::open_matters::find;
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Read, is_denied, port_error};

/// What was being written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Writing<'a> {
    /// A client.
    Client,
    /// A matter, of this client.
    Matter(&'a MatterId, Option<&'a ClientId>),
    /// Documents of a matter, or their history.
    Files(&'a MatterId),
    /// The summary of a drop, possible in a closed matter, too.
    Summary(&'a MatterId),
}

/// The user-facing error of a failed call. A refusal is examined with a token that carries the user's current rights.
pub(super) async fn explain(records: &FirebaseRecords, status: &Status, writing: Writing<'_>) -> PortError {
    if !is_denied(status) {
        return port_error(status);
    }
    match look(records, writing).await {
        Ok(()) => unknown(),
        Err(reason) => reason,
    }
}

/// Returns a visible obstacle to this write as the error.
async fn look(records: &FirebaseRecords, writing: Writing<'_>) -> Answer<()> {
    let role = role(records).await?;
    match writing {
        Writing::Matter(id, _) if id.is_general() && role != ADMIN => Err(rules::only_administrators()),
        Writing::Matter(_, Some(client)) => client_is_there(records, client).await,
        Writing::Files(matter) => takes_files(records, matter).await,
        Writing::Summary(matter) if find(records, matter, &Read::Now).await?.is_none() => Err(out_of_sight(matter)),
        Writing::Client | Writing::Matter(_, None) | Writing::Summary(_) => Ok(()),
    }
}

/// The role, in the team's document, of users who may change the firm's own matter.
pub(super) const ADMIN: &str = "admin";

/// This user's role in the team.
async fn role(records: &FirebaseRecords) -> Answer<String> {
    records.firestore.renew().await?;
    let name = records.names.team().to_owned();
    match records.firestore.get(vec![name.clone()], &Read::Now, &["members"]).await {
        Ok(found) => Ok(found.get(&name).map(|team| role_in(records, Doc::of(team))).transpose()?.unwrap_or_default()),
        Err(status) if is_denied(&status) => Err(no_member()),
        Err(status) => Err(port_error(&status)),
    }
}

/// This user's role according to the team's document; empty if none.
pub(super) fn role_in(records: &FirebaseRecords, team: Doc<'_>) -> Answer<String> {
    let members = team.some_map("members")?;
    let member = members.map(|members| members.some_map(records.person.user.as_str())).transpose()?.flatten();
    Ok(member.map(|member| member.some_text("role")).transpose()?.flatten().unwrap_or_default().to_owned())
}

async fn client_is_there(records: &FirebaseRecords, id: &ClientId) -> Answer<()> {
    let name = records.names.client(id);
    let found = records.firestore.get(vec![name.clone()], &Read::Now, &["updatedAt"]).await;
    if found.map_err(|status| port_error(&status))?.contains_key(&name) {
        Ok(())
    } else {
        Err(PortError::invalid(format!("There is no client {id}.")))
    }
}

/// Whether a matter accepts files now, bypassing the cached answer.
async fn takes_files(records: &FirebaseRecords, id: &MatterId) -> Answer<()> {
    records.matters.forget(id);
    let Some((matter, ..)) = find(records, id, &Read::Now).await? else { return Err(out_of_sight(id)) };
    if matter.removed.is_some() {
        return Err(rules::removed_matter(&matter.fields.title));
    }
    if matter.fields.status == MatterStatus::Closed {
        return Err(rules::closed_matter(&matter.fields.title));
    }
    Ok(())
}

/// Why this user may not store content for a matter, if that can be determined.
pub(super) async fn of_content(records: &FirebaseRecords, matter: &MatterId) -> Option<PortError> {
    look(records, Writing::Files(matter)).await.err()
}

/// The matter does not exist or is behind a wall: the rules do not distinguish the two.
pub(super) fn out_of_sight(id: &MatterId) -> PortError {
    PortError::invalid(Reason::MatterOutOfSight { matter: id.to_string() })
}

fn no_member() -> PortError {
    PortError::NeedsPerson { kind: Attention::NoAccess, message: Reason::NoMember.into() }
}

fn unknown() -> PortError {
    PortError::invalid(Reason::RulesRefuse)
}
