//! Why the rules refused a write. They say only that they do; what stands tells why, so it is looked at.

use tonic::Status;
use vault_core::model::{ClientId, MatterId, MatterStatus};
use vault_core::ports::{Attention, PortError};
use vault_core::rules;

use super::open_matters::find;
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Read, is_denied, port_error};

/// What was to be written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Writing<'a> {
    /// A client.
    Client,
    /// A matter, of this client.
    Matter(&'a MatterId, Option<&'a ClientId>),
    /// Documents, or their history, of a matter.
    Files(&'a MatterId),
    /// What is said of a drop as a whole: of a closed matter, too.
    Summary(&'a MatterId),
}

/// What a failed call means for a person. A refusal is looked into, with a token that says what they may do now.
pub(super) async fn explain(records: &FirebaseRecords, status: &Status, writing: Writing<'_>) -> PortError {
    if !is_denied(status) {
        return port_error(status);
    }
    match look(records, writing).await {
        Ok(()) => unknown(),
        Err(reason) => reason,
    }
}

/// Whether anything is in the way of this write that can be seen; the reason is the error.
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

/// What the team's document calls those who may change what is the firm's own.
pub(super) const ADMIN: &str = "admin";

/// What this person is in the team.
async fn role(records: &FirebaseRecords) -> Answer<String> {
    records.firestore.renew().await?;
    let name = records.names.team().to_owned();
    match records.firestore.get(vec![name.clone()], &Read::Now, &["members"]).await {
        Ok(found) => Ok(found.get(&name).map(|team| role_in(records, Doc::of(team))).transpose()?.unwrap_or_default()),
        Err(status) if is_denied(&status) => Err(no_member()),
        Err(status) => Err(port_error(&status)),
    }
}

/// What the team's document says this person is in it; empty if nothing.
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

/// Whether a matter takes files, as it stands now and not as it was some seconds ago.
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

/// Why this person may not store content for a matter, if that can be seen.
pub(super) async fn of_content(records: &FirebaseRecords, matter: &MatterId) -> Option<PortError> {
    look(records, Writing::Files(matter)).await.err()
}

/// There is no such matter, or it is behind a wall: the rules make no difference between the two.
pub(super) fn out_of_sight(id: &MatterId) -> PortError {
    PortError::invalid(format!(
        "There is no matter {id}, or it is only open to some of your colleagues and you are not among them (any more)."
    ))
}

fn no_member() -> PortError {
    PortError::NeedsPerson {
        kind: Attention::NoAccess,
        message:
            "You are not a member of this firm's vault any more. Ask your firm's administrator; what waits on this \
                  computer is kept."
                .to_owned(),
    }
}

fn unknown() -> PortError {
    PortError::invalid(
        "The firm's vault refuses this, though you are a member and nothing is seen to stand in its way. Its rules may be \
         of another version: ask your administrator to deploy the project's settings again, and update Strongroom.",
    )
}
