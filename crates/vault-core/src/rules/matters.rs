//! What may be written about clients and matters.

use super::limits;
use super::names::{is_blank, matter_number, name_key};
use crate::model::{ClientFields, Matter, MatterFields, MatterId};
use crate::ports::{Attention, PortError};

/// Says whether a matter can be like this, but for what other documents say.
///
/// # Errors
/// `Invalid`, saying why not.
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

/// Of `general` only the title and the description can be changed.
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

/// Says whether a client can be like this, but for what other documents say.
///
/// # Errors
/// `Invalid`, saying why not.
pub fn client_fields(fields: &ClientFields) -> Result<(), PortError> {
    if is_blank(&fields.name) {
        return Err(PortError::invalid("A client needs a name."));
    }
    limits::client(fields)
}

/// A client cannot be removed while it has these matters.
pub fn client_with_matters(name: &str, titles: &[String]) -> PortError {
    let more = if titles.len() > 3 { ", …" } else { "" };
    let named: Vec<String> = titles.iter().take(3).map(|title| format!("“{title}”")).collect();
    PortError::invalid(format!(
        "{name} cannot be removed while it has matters: {}{more}. Remove them first.",
        named.join(", ")
    ))
}

/// What whoever edits something can do when somebody else was faster.
const LOOK_AGAIN: &str = "Look at it again, then repeat your change.";

/// Somebody else was faster.
pub fn conflict(what: &str) -> PortError {
    PortError::NeedsPerson {
        kind: Attention::Conflict,
        message: format!("In the meantime somebody else changed {what}. {LOOK_AGAIN}"),
    }
}

/// The same sentence for whoever edited it some time ago, and has both versions to choose from.
pub(crate) fn conflict_to_decide(message: &str) -> String {
    message.replace(LOOK_AGAIN, "Neither version was written over the other: choose which one stays.")
}

/// Whether this is the number of the matter already, by its [key](super::name_key): then it stays, even if another matter
/// has it, too. A removed matter has none.
pub fn has_number(standing: Option<&Matter>, key: &str) -> bool {
    standing.is_some_and(|matter| matter.removed.is_none() && name_key(&matter.fields.number) == key)
}

/// The number is that of another matter.
pub fn number_taken(title: &str, number: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” has the number {} already.", number.trim()))
}

/// A matter cannot be one of a removed client; `standing` is the matter before.
pub fn removed_client(name: &str, standing: Option<&Matter>) -> PortError {
    if standing.is_some_and(|matter| matter.removed.is_some()) {
        return PortError::invalid(format!("The client “{name}” was removed. Bring it back first, then its matters."));
    }
    PortError::invalid(format!("The client “{name}” was removed."))
}

/// Nothing is filed to a matter that was removed.
pub fn removed_matter(title: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” was removed. Bring it back, then file to it."))
}

/// Nothing is filed to a matter that is closed.
pub fn closed_matter(title: &str) -> PortError {
    PortError::invalid(format!("The matter “{title}” is closed. Reopen it, then file to it."))
}

/// The matter of the firm's own documents is changed by its administrators.
pub fn only_administrators() -> PortError {
    PortError::invalid(
        "Only an administrator of the firm can change what is said about the firm's own documents. Ask your administrator.",
    )
}
