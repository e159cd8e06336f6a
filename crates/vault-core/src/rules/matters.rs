//! Which clients and matters are valid.

use super::limits;
use super::names::{is_blank, matter_number, name_key};
use crate::model::{ClientFields, Matter, MatterFields, MatterId};
use crate::ports::{Attention, PortError};

/// Checks the fields of a matter, independently of other documents.
///
/// # Errors
/// `Invalid`, with the reason.
pub fn matter_fields(
    id: &MatterId,
    fields: &MatterFields,
    removed: bool,
    standing: Option<&Matter>,
) -> Result<(), PortError> {
    if is_blank(&fields.title) {
        return Err(PortError::invalid("A matter needs a title."));
    }
    limits::matter(fields, standing.map(|matter| &matter.fields))?;
    matter_number(&fields.number, standing.map(|matter| matter.fields.number.as_str()))?;
    if id.is_general() { general(fields, removed, standing) } else { Ok(()) }
}

/// Only the title and the description of `general` can be changed.
fn general(fields: &MatterFields, removed: bool, standing: Option<&Matter>) -> Result<(), PortError> {
    let kept = standing.map(|matter| MatterFields {
        title: fields.title.clone(),
        description: fields.description.clone(),
        ..matter.fields.clone()
    });
    if removed || kept.as_ref() != Some(fields) {
        return Err(PortError::invalid(
            "This matter holds the firm's own documents: only its title and description can be changed. It cannot be \
             closed, renumbered or removed.",
        ));
    }
    Ok(())
}

/// Checks the fields of a client, independently of other documents.
///
/// # Errors
/// `Invalid`, with the reason.
pub fn client_fields(fields: &ClientFields) -> Result<(), PortError> {
    if is_blank(&fields.name) {
        return Err(PortError::invalid("A client needs a name."));
    }
    limits::client(fields)
}

/// The error for removing a client that has these matters.
pub fn client_with_matters(name: &str, titles: &[String]) -> PortError {
    let more = if titles.len() > 3 { ", …" } else { "" };
    let named: Vec<String> = titles.iter().take(3).map(|title| format!("“{title}”")).collect();
    PortError::invalid(format!(
        "{name} cannot be removed while it has matters: {}{more}. Remove them first.",
        named.join(", ")
    ))
}

/// The remedy for a conflict during an edit.
const LOOK_AGAIN: &str = "Look at it again, then repeat your change.";

/// The error for a concurrent change by a colleague.
pub fn conflict(what: &str) -> PortError {
    PortError::NeedsPerson {
        kind: Attention::Conflict,
        message: format!("In the meantime somebody else changed {what}. {LOOK_AGAIN}"),
    }
}

/// The same message for a user who edited offline, and can choose between both versions.
pub(crate) fn conflict_to_decide(message: &str) -> String {
    message.replace(LOOK_AGAIN, "Neither version was written over the other: choose which one stays.")
}

/// Whether the matter has this number already, by its [key](super::name_key): then it may keep it, even if another
/// matter has it, too. A removed matter has no number.
pub fn has_number(standing: Option<&Matter>, key: &str) -> bool {
    standing.is_some_and(|matter| matter.removed.is_none() && name_key(&matter.fields.number) == key)
}

/// The error for a number that another matter has.
pub fn number_taken(title: &str, number: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” has the number {} already.", number.trim()))
}

/// The error for a matter of a removed client; `standing` is the previous version of the matter.
pub fn removed_client(name: &str, standing: Option<&Matter>) -> PortError {
    if standing.is_some_and(|matter| matter.removed.is_some()) {
        return PortError::invalid(format!("The client “{name}” was removed. Bring it back first, then its matters."));
    }
    PortError::invalid(format!("The client “{name}” was removed."))
}

/// The error for filing to a removed matter.
pub fn removed_matter(title: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” was removed. Bring it back, then file to it."))
}

/// The error for filing to a closed matter.
pub fn closed_matter(title: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” is closed. Reopen it, then file to it."))
}

/// The error for a change to the firm's own matter by a user who is not an administrator.
pub fn only_administrators() -> PortError {
    PortError::invalid(
        "Only an administrator of the firm can change what is said about the firm's own documents. Ask your administrator.",
    )
}
