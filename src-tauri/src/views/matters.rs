//! Clients and matters.

use serde::{Deserialize, Serialize};
use specta::Type;
use vault_core::Vault;
use vault_core::model::{
    Address, Client, ClientFields, ClientId, ClientStatus, InvalidId, Matter, MatterFields, MatterStatus, Priority,
    Timestamp, UserId,
};
use vault_core::ports::{MatterSummary, PortError, StatusFilter};

use super::Names;

/// The list on the left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MattersView {
    /// Clients by name, the removed ones among them.
    pub(crate) clients: Vec<ClientView>,
    /// Matters by number, `general` first, the removed ones among them.
    pub(crate) matters: Vec<MatterView>,
}

/// A client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientView {
    /// Identity.
    pub(crate) id: String,
    /// What a person can edit.
    #[serde(flatten)]
    pub(crate) fields: ClientForm,
    /// Whether it was removed.
    pub(crate) removed: bool,
    /// The state an edit starts from.
    pub(crate) updated_at: i64,
    /// Whether it is shown as it will be: the firm's vault has not got the last change to it yet.
    pub(crate) waiting: bool,
}

/// What a person can edit of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientForm {
    /// Name.
    pub(crate) name: String,
    /// E-mail address.
    pub(crate) email: String,
    /// Telephone number.
    pub(crate) phone: String,
    /// Street and house number.
    pub(crate) street: String,
    /// City.
    pub(crate) city: String,
    /// State.
    pub(crate) state: String,
    /// Postal code.
    pub(crate) zip: String,
    /// Whether work is done for them.
    pub(crate) active: bool,
}

/// A matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MatterView {
    /// Identity; `general` for the firm's own.
    pub(crate) id: String,
    /// What a person can edit.
    #[serde(flatten)]
    pub(crate) fields: MatterForm,
    /// The name of its client.
    pub(crate) client_name: Option<String>,
    /// Whether the person at work is assigned to it.
    pub(crate) mine: bool,
    /// What the people assigned to it are called.
    pub(crate) people: Vec<String>,
    /// Documents in it.
    pub(crate) files: u64,
    /// When the last one was stored.
    pub(crate) last_filed: Option<i64>,
    /// Whether it was removed.
    pub(crate) removed: bool,
    /// The state an edit starts from.
    pub(crate) updated_at: i64,
    /// Whether it is shown as it will be: the firm's vault has not got the last change to it yet.
    pub(crate) waiting: bool,
}

/// What a person can edit of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MatterForm {
    /// Number, as in `2024-001`.
    pub(crate) number: String,
    /// Title.
    pub(crate) title: String,
    /// Description.
    pub(crate) description: String,
    /// Its client.
    pub(crate) client: Option<String>,
    /// Status.
    pub(crate) status: MatterState,
    /// Priority.
    pub(crate) priority: PriorityView,
    /// Users assigned to it.
    pub(crate) assigned_to: Vec<String>,
    /// The day it was opened: midnight UTC.
    pub(crate) opened: Option<i64>,
    /// The day it is due: midnight UTC.
    pub(crate) due: Option<i64>,
}

/// The status of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MatterState {
    /// Being worked on.
    Active,
    /// Done; nothing is filed to it.
    Closed,
    /// Waiting.
    OnHold,
}

/// The priority of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PriorityView {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
}

impl MattersView {
    /// All clients and matters of a vault.
    pub(crate) async fn of(vault: &Vault) -> Result<Self, PortError> {
        let me = vault.person().await?.user;
        let mut names = Names::new(vault);
        let mut clients: Vec<ClientView> = Vec::new();
        let waiting = vault.mirror.waiting_clients().await?;
        for removed in [false, true] {
            let found = vault.mirror.clients(removed).await?.into_iter();
            clients.extend(found.map(|client| (waiting.contains(&client.id), client)).map(ClientView::from));
        }
        let mut matters = Vec::new();
        for filter in [StatusFilter::Present, StatusFilter::Removed] {
            for summary in vault.mirror.matters(filter).await? {
                matters.push(MatterView::of(summary, &me, &mut names).await?);
            }
        }
        Ok(Self { clients, matters })
    }
}

impl MatterView {
    /// A matter, as `me` sees it.
    pub(crate) async fn of(summary: MatterSummary, me: &UserId, names: &mut Names<'_>) -> Result<Self, PortError> {
        let MatterSummary { matter, client_name, files, last_filed, waiting } = summary;
        let Matter { id, fields, updated_at, removed } = matter;
        let mut people = Vec::with_capacity(fields.assigned_to.len());
        for user in &fields.assigned_to {
            people.push(names.person(user).await?);
        }
        Ok(Self {
            id: id.to_string(),
            mine: fields.assigned_to.contains(me),
            fields: fields.into(),
            client_name,
            people,
            files,
            last_filed: last_filed.map(|at| at.0),
            removed: removed.is_some(),
            updated_at: updated_at.0,
            waiting,
        })
    }
}

impl ClientView {
    /// A client of a vault.
    pub(crate) async fn of(vault: &Vault, client: Client) -> Result<Self, PortError> {
        Ok((vault.mirror.waiting_clients().await?.contains(&client.id), client).into())
    }
}

/// From whether it waits, and what it is.
impl From<(bool, Client)> for ClientView {
    fn from((waiting, client): (bool, Client)) -> Self {
        let Client { id, fields, updated_at, removed } = client;
        let (id, removed) = (id.to_string(), removed.is_some());
        Self { id, fields: fields.into(), removed, updated_at: updated_at.0, waiting }
    }
}

impl From<ClientFields> for ClientForm {
    fn from(fields: ClientFields) -> Self {
        let ClientFields { name, email, phone, address, status } = fields;
        let Address { street, city, state, zip } = address;
        Self { name, email, phone, street, city, state, zip, active: status == ClientStatus::Active }
    }
}

impl From<ClientForm> for ClientFields {
    fn from(form: ClientForm) -> Self {
        let ClientForm { name, email, phone, street, city, state, zip, active } = form;
        Self {
            name: trimmed(&name),
            email: trimmed(&email),
            phone: trimmed(&phone),
            address: Address {
                street: trimmed(&street),
                city: trimmed(&city),
                state: trimmed(&state),
                zip: trimmed(&zip),
            },
            status: if active { ClientStatus::Active } else { ClientStatus::Inactive },
        }
    }
}

impl From<MatterFields> for MatterForm {
    fn from(fields: MatterFields) -> Self {
        let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } = fields;
        Self {
            number,
            title,
            description,
            client: client.map(|id| id.to_string()),
            status: status.into(),
            priority: priority.into(),
            assigned_to: assigned_to.iter().map(ToString::to_string).collect(),
            opened: opened.map(|at| at.0),
            due: due.map(|at| at.0),
        }
    }
}

impl TryFrom<MatterForm> for MatterFields {
    type Error = InvalidId;

    fn try_from(form: MatterForm) -> Result<Self, InvalidId> {
        let MatterForm { number, title, description, client, status, priority, assigned_to, opened, due } = form;
        Ok(Self {
            title: trimmed(&title),
            description: description.trim_end().to_owned(),
            client: client.map(ClientId::new).transpose()?,
            number: trimmed(&number),
            status: status.into(),
            priority: priority.into(),
            assigned_to: assigned_to.into_iter().map(UserId::new).collect::<Result<_, _>>()?,
            opened: opened.map(Timestamp),
            due: due.map(Timestamp),
        })
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

impl From<MatterStatus> for MatterState {
    fn from(status: MatterStatus) -> Self {
        match status {
            MatterStatus::Active => Self::Active,
            MatterStatus::Closed => Self::Closed,
            MatterStatus::OnHold => Self::OnHold,
        }
    }
}

impl From<MatterState> for MatterStatus {
    fn from(state: MatterState) -> Self {
        match state {
            MatterState::Active => Self::Active,
            MatterState::Closed => Self::Closed,
            MatterState::OnHold => Self::OnHold,
        }
    }
}

impl From<Priority> for PriorityView {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::High => Self::High,
            Priority::Medium => Self::Medium,
            Priority::Low => Self::Low,
        }
    }
}

impl From<PriorityView> for Priority {
    fn from(priority: PriorityView) -> Self {
        match priority {
            PriorityView::High => Self::High,
            PriorityView::Medium => Self::Medium,
            PriorityView::Low => Self::Low,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_round_trips_a_matter() {
        let fields = MatterFields {
            title: "Contract Review".into(),
            description: "Two\nlines".into(),
            client: Some(ClientId::new("abc").unwrap()),
            number: "2024-001".into(),
            status: MatterStatus::OnHold,
            priority: Priority::High,
            assigned_to: vec![UserId::new("anna").unwrap()],
            opened: Some(Timestamp(86_400_000)),
            due: None,
        };
        assert_eq!(MatterFields::try_from(MatterForm::from(fields.clone())).unwrap(), fields);
    }

    #[test]
    fn a_form_round_trips_a_client_without_outer_spaces() {
        let fields = ClientFields {
            name: "ABC Corp".into(),
            email: "office@abc.example".into(),
            phone: "1".into(),
            address: Address { street: "2".into(), city: "3".into(), state: "4".into(), zip: "5".into() },
            status: ClientStatus::Inactive,
        };
        let form = ClientForm { name: " ABC Corp ".into(), ..fields.clone().into() };
        assert_eq!(ClientFields::from(form), fields);
    }

    #[test]
    fn an_invalid_id_is_no_client() {
        let form = MatterForm { client: Some("../x".into()), ..MatterFields::default().into() };
        assert!(MatterFields::try_from(form).is_err());
    }
}
