//! Changes that wait to be sent, or for the user's decision.

use serde::Serialize;
use serde_json::{Map, Value, json};
use vault_core::Vault;
use vault_core::model::{Address, Client, ClientFields, ClientId, EditId, Matter, MatterFields, Timestamp};
use vault_core::ports::{Edited, PortError, WaitingEdit};

use super::{moment, text};
use crate::format::rfc3339;

/// A change, with the firm's version.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangeJson {
    id: String,
    /// `matter` or `client`.
    of: &'static str,
    matter_id: Option<String>,
    client_id: Option<String>,
    made: String,
    /// `waiting`, `refused`, `sent` or `discarded`.
    state: &'static str,
    reason: Option<String>,
    /// Whether the vault has no version of it yet.
    new: bool,
    mine: Value,
    theirs: Option<Value>,
    /// The names of the properties that differ.
    differences: Vec<String>,
    #[serde(skip)]
    named: String,
    #[serde(skip)]
    pub(crate) at: Timestamp,
}

/// A property with two versions, as text.
pub(crate) struct Differs {
    pub(crate) name: String,
    pub(crate) mine: String,
    pub(crate) theirs: Option<String>,
}

impl ChangeJson {
    /// The state of a change.
    pub(crate) async fn of(vault: &Vault, edit: WaitingEdit) -> Result<Self, PortError> {
        let named = edit.what.named();
        let WaitingEdit { id, what, removed, based_on: _, made, refused } = edit;
        let (of, matter_id, client_id, mine, theirs) = match what {
            Edited::Client { id, fields } => {
                let theirs = vault.mirror.client_beneath(&id).await?;
                let theirs = theirs.map(|Client { fields, removed, .. }| client(fields, removed.is_some()));
                ("client", None, Some(id.to_string()), client(fields, removed), theirs)
            }
            Edited::Matter { id, fields } => {
                let theirs = vault.mirror.server_matter(&id).await?;
                let theirs = theirs.map(|Matter { fields, removed, .. }| matter(fields, removed.is_some()));
                ("matter", Some(id.to_string()), None, matter(fields, removed), theirs)
            }
        };
        let differs = |name: &&String| theirs.as_ref().is_some_and(|theirs| theirs[*name] != mine[*name]);
        let differences = mine.keys().filter(differs).cloned().collect();
        Ok(Self {
            id: EditId::to_string(&id),
            of,
            matter_id,
            client_id,
            made: rfc3339(made),
            state: if refused.is_some() { "refused" } else { "waiting" },
            reason: refused,
            new: theirs.is_none(),
            mine: Value::Object(mine),
            theirs: theirs.map(Value::Object),
            differences,
            named,
            at: made,
        })
    }

    /// The same, now that it no longer waits.
    pub(crate) fn ended(self, state: &'static str) -> Self {
        Self { state, reason: None, ..self }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn is_refused(&self) -> bool {
        self.state == "refused"
    }

    pub(crate) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The client or matter it changes.
    pub(crate) fn sentence(&self) -> String {
        let new = if self.new { " (new)" } else { "" };
        let removes = if self.mine["removed"] == true { ", removed" } else { "" };
        format!("{}{new}{removes}", self.named)
    }

    /// The properties in which the versions differ; for a new record, all its properties.
    pub(crate) fn differences(&self) -> Vec<Differs> {
        let Value::Object(mine) = &self.mine else { return Vec::new() };
        let said = |value: &Value| match value {
            Value::Null => "(nothing)".to_owned(),
            Value::String(text) => text.clone(),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Array(list) => format!("{} people", list.len()),
            other => other.to_string(),
        };
        let differs = |(name, value): (&String, &Value)| match &self.theirs {
            Some(theirs) => self.differences.contains(name).then(|| Differs {
                name: name.clone(),
                mine: said(value),
                theirs: Some(said(&theirs[name])),
            }),
            None if value.is_null() || *value == false || value.as_array().is_some_and(Vec::is_empty) => None,
            None => Some(Differs { name: name.clone(), mine: said(value), theirs: None }),
        };
        mine.iter().filter_map(differs).collect()
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn matter(fields: MatterFields, removed: bool) -> Map<String, Value> {
    let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } = fields;
    object(json!({
        "number": text(number),
        "title": title,
        "description": text(description),
        "clientId": client.as_ref().map(ClientId::to_string),
        "status": status.as_str(),
        "priority": priority.as_str(),
        "assignedTo": assigned_to.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "opened": moment(opened),
        "due": moment(due),
        "removed": removed,
    }))
}

fn client(fields: ClientFields, removed: bool) -> Map<String, Value> {
    let ClientFields { name, email, phone, address, status } = fields;
    let Address { street, city, state, zip } = address;
    object(json!({
        "name": name,
        "email": text(email),
        "phone": text(phone),
        "street": text(street),
        "city": text(city),
        "state": text(state),
        "zip": text(zip),
        "status": status.as_str(),
        "removed": removed,
    }))
}
