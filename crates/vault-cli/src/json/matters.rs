//! Matters.

use serde::Serialize;
use vault_core::model::{ClientId, Matter, MatterFields};
use vault_core::ports::MatterSummary;

use super::{moment, text};

/// A matter in the list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MatterJson {
    id: String,
    number: Option<String>,
    title: String,
    description: Option<String>,
    client_id: Option<String>,
    client_name: Option<String>,
    status: &'static str,
    priority: &'static str,
    assigned_to: Vec<String>,
    opened: Option<String>,
    due: Option<String>,
    files: u64,
    last_filed: Option<String>,
    updated: String,
    removed: Option<String>,
}

/// `{"matters": […]}`
#[derive(Debug, Serialize)]
pub(crate) struct MattersDocument {
    pub(crate) matters: Vec<MatterJson>,
}

/// `{"matter": …}`
#[derive(Debug, Serialize)]
pub(crate) struct MatterDocument {
    pub(crate) matter: MatterJson,
}

impl From<MatterSummary> for MatterJson {
    fn from(MatterSummary { matter, client_name, files, last_filed, waiting: _ }: MatterSummary) -> Self {
        let Matter { id, fields, updated_at, removed } = matter;
        let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } = fields;
        Self {
            id: id.to_string(),
            number: text(number),
            title,
            description: text(description),
            client_id: client.as_ref().map(ClientId::to_string),
            client_name,
            status: status.as_str(),
            priority: priority.as_str(),
            assigned_to: assigned_to.iter().map(ToString::to_string).collect(),
            opened: moment(opened),
            due: moment(due),
            files,
            last_filed: moment(last_filed),
            updated: crate::format::rfc3339(updated_at),
            removed: moment(removed),
        }
    }
}
