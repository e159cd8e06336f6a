//! Which clients and matters are valid.

use super::limits;
use super::names::{is_blank, matter_number, name_key};
use crate::model::{ClientFields, Matter, MatterFields, MatterId};
use crate::ports::{Attention, PortError};
use crate::reason::Reason;

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
        return Err(PortError::invalid(Reason::MatterNeedsTitle));
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
        return Err(PortError::invalid(Reason::GeneralMatter));
    }
    Ok(())
}

/// Checks the fields of a client, independently of other documents.
///
/// # Errors
/// `Invalid`, with the reason.
pub fn client_fields(fields: &ClientFields) -> Result<(), PortError> {
    if is_blank(&fields.name) {
        return Err(PortError::invalid(Reason::ClientNeedsName));
    }
    limits::client(fields)
}

/// The error for removing a client that has these matters.
pub fn client_with_matters(name: &str, titles: &[String]) -> PortError {
    let more = if titles.len() > 3 { ", …" } else { "" };
    let named: Vec<String> = titles.iter().take(3).map(|title| format!("“{title}”")).collect();
    let matters = format!("{}{more}", named.join(", "));
    PortError::invalid(Reason::ClientHasMatters { client: name.to_owned(), matters })
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
    PortError::invalid(Reason::NumberTaken { title: title.to_owned(), number: number.trim().to_owned() })
}

/// The error for a matter of a removed client; `standing` is the previous version of the matter.
pub fn removed_client(name: &str, standing: Option<&Matter>) -> PortError {
    if standing.is_some_and(|matter| matter.removed.is_some()) {
        return PortError::invalid(Reason::ClientOfMatterRemoved { client: name.to_owned() });
    }
    PortError::invalid(Reason::ClientRemoved { client: name.to_owned() })
}

/// The error for filing to a removed matter.
pub fn removed_matter(title: &str) -> PortError {
    PortError::invalid(Reason::MatterRemoved { title: title.to_owned() })
}

/// The error for filing to a closed matter.
pub fn closed_matter(title: &str) -> PortError {
    PortError::invalid(Reason::MatterClosed { title: title.to_owned() })
}

/// The error for a change to the firm's own matter by a user who is not an administrator.
pub fn only_administrators() -> PortError {
    PortError::invalid(Reason::OnlyAdministrators)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_has_a_code_before_and_after_the_user_can_choose() {
        for (what, code, to_decide) in [
            ("the matter “A “b” c”", "matter-changed", "matter-changed-choose"),
            ("the client “A”", "client-changed", "client-changed-choose"),
        ] {
            let message = conflict(what).to_string();
            let code_of = |message: &str| Reason::of_sentence(message).map(|reason| reason.code());
            assert_eq!(code_of(&message), Some(code));
            assert_eq!(code_of(&conflict_to_decide(&message)), Some(to_decide));
        }
    }
}
