//! `/teams/{t}/matters/{m}`

use vault_core::model::{ClientId, Matter, MatterFields, MatterId, MatterStatus, Priority, UserId};
use vault_core::ports::PortError;

use super::Visibility;
use crate::firestore::{Doc, Fields, array, none, text, timestamp};

/// The fields of a matter that users write; not `openTo`, `access` and the times.
pub(in crate::records) const MATTER_FIELDS: [&str; 9] =
    ["title", "description", "clientId", "matterNumber", "status", "priority", "assignedTo", "openedDate", "dueDate"];

/// A matter's fields, those of [`MATTER_FIELDS`].
pub(in crate::records) fn matter_fields(fields: &MatterFields) -> Fields {
    let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } = fields;
    Fields::from([
        ("title".to_owned(), text(title)),
        ("description".to_owned(), text(description)),
        ("clientId".to_owned(), client.as_ref().map_or_else(none, |id| text(id.as_str()))),
        ("matterNumber".to_owned(), text(number)),
        ("status".to_owned(), text(status.as_str())),
        ("priority".to_owned(), text(priority.as_str())),
        ("assignedTo".to_owned(), array(assigned_to.iter().map(|user| text(user.as_str())).collect())),
        ("openedDate".to_owned(), opened.map_or_else(none, timestamp)),
        ("dueDate".to_owned(), due.map_or_else(none, timestamp)),
    ])
}

/// Reads a matter and its visibility.
pub(in crate::records) fn read_matter(doc: Doc<'_>) -> Result<(Matter, Visibility), PortError> {
    let client = doc.some_text("clientId")?.map(ClientId::new).transpose().map_err(|_| doc.wrong("clientId"))?;
    let assigned_to = doc.texts("assignedTo")?.into_iter().map(UserId::new).collect::<Result<_, _>>();
    let fields = MatterFields {
        title: doc.text("title")?.to_owned(),
        description: doc.some_text("description")?.unwrap_or_default().to_owned(),
        client,
        number: doc.some_text("matterNumber")?.unwrap_or_default().to_owned(),
        status: doc.parsed("status", MatterStatus::parse)?,
        priority: match doc.some_text("priority")? {
            None => Priority::default(),
            Some(priority) => Priority::parse(priority).ok_or_else(|| doc.wrong("priority"))?,
        },
        assigned_to: assigned_to.map_err(|_| doc.wrong("assignedTo"))?,
        opened: doc.some_time("openedDate")?,
        due: doc.some_time("dueDate")?,
    };
    let matter = Matter {
        id: MatterId::new(doc.id()).map_err(|_| doc.wrong("id"))?,
        fields,
        updated_at: doc.time("updatedAt")?,
        removed: doc.some_time("removed")?,
    };
    let visibility = if doc.some_text("openTo")?.is_some() { Visibility::Team } else { Visibility::Walled };
    Ok((matter, visibility))
}
