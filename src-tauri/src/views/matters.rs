//! Clients and matters.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The list on the left.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MattersView {
    /// Clients by name, the removed ones among them.
    pub clients: Vec<ClientView>,
    /// Matters by number, `general` first, the removed ones among them.
    pub matters: Vec<MatterView>,
}

/// A client.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClientView {
    /// Identity.
    pub id: String,
    /// What a person can edit.
    #[serde(flatten)]
    pub fields: ClientForm,
    /// Whether it was removed.
    pub removed: bool,
    /// The state an edit starts from.
    pub updated_at: i64,
}

/// What a person can edit of a client.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClientForm {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Street and house number.
    pub street: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// Postal code.
    pub zip: String,
    /// Whether work is done for them.
    pub active: bool,
}

/// A matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MatterView {
    /// Identity; `general` for the firm's own.
    pub id: String,
    /// What a person can edit.
    #[serde(flatten)]
    pub fields: MatterForm,
    /// The name of its client.
    pub client_name: Option<String>,
    /// Whether the person at work is assigned to it.
    pub mine: bool,
    /// What the people assigned to it are called.
    pub people: Vec<String>,
    /// Documents in it.
    pub files: u64,
    /// When the last one was stored.
    pub last_filed: Option<i64>,
    /// Whether it was removed.
    pub removed: bool,
    /// The state an edit starts from.
    pub updated_at: i64,
}

/// What a person can edit of a matter.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MatterForm {
    /// Number, as in `2024-001`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Its client.
    pub client: Option<String>,
    /// Status.
    pub status: MatterState,
    /// Priority.
    pub priority: PriorityView,
    /// Users assigned to it.
    pub assigned_to: Vec<String>,
    /// The day it was opened: midnight UTC.
    pub opened: Option<i64>,
    /// The day it is due: midnight UTC.
    pub due: Option<i64>,
}

/// The status of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MatterState {
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
pub enum PriorityView {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
}
