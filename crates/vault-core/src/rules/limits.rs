//! Size limits of stored data. The rules of a firm's vault (`firebase/firestore.rules`) have the same numbers; a test
//! compares them.
//!
//! Lengths are in characters as the rules count them (`size()` of a text): UTF-16 units. An `ä` is one or, decomposed
//! as on a Mac, two; an emoji is two.

use crate::model::{Address, ClientFields, MatterFields, Timestamp};
use crate::ports::PortError;
use crate::reason::{FieldName, Reason};

/// The maximum length of a field, and the field's name in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The name in messages: `title`.
    pub name: FieldName,
    /// Maximum number of characters.
    pub longest: usize,
}

const fn limit(name: &'static str, longest: usize) -> Limit {
    Limit { name: FieldName::listed(name), longest }
}

/// Title of a matter.
pub const TITLE: Limit = limit("title", 500);
/// Description of a matter.
pub const DESCRIPTION: Limit = limit("description", 20_000);
/// The firm's number of a matter.
pub const NUMBER: Limit = limit("number", 100);
/// Name of a client.
pub const CLIENT_NAME: Limit = limit("name", 500);
/// An e-mail address.
pub const EMAIL: Limit = limit("e-mail address", 320);
/// A telephone number.
pub const PHONE: Limit = limit("telephone number", 100);
/// Street and number.
pub const STREET: Limit = limit("street", 500);
/// City.
pub const CITY: Limit = limit("city", 200);
/// State or region.
pub const STATE: Limit = limit("state", 200);
/// Postal code.
pub const ZIP: Limit = limit("postal code", 40);
/// Maximum number of users assigned to a matter.
pub const ASSIGNED: usize = 100;

/// The first and the last millisecond of the years 1 to 9999: the range that every vault and every calendar here
/// supports.
pub const DATES: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// Checks the texts and dates of a matter; existing values may stay.
pub(super) fn matter(fields: &MatterFields, before: Option<&MatterFields>) -> Result<(), PortError> {
    let before = |of: fn(&MatterFields) -> &str| before.map(of);
    fits(TITLE, &fields.title, before(|matter| &matter.title))?;
    fits(DESCRIPTION, &fields.description, before(|matter| &matter.description))?;
    fits(NUMBER, &fields.number, before(|matter| &matter.number))?;
    if fields.assigned_to.len() > ASSIGNED {
        return Err(PortError::invalid(Reason::TooManyAssigned { most: ASSIGNED as u64 }));
    }
    is_date(Reason::OpenedOutOfRange, fields.opened)?;
    is_date(Reason::DueOutOfRange, fields.due)
}

/// Checks the texts of a client.
pub(super) fn client(fields: &ClientFields) -> Result<(), PortError> {
    let ClientFields { name, email, phone, address: Address { street, city, state, zip }, status: _ } = fields;
    for (limit, text) in [
        (CLIENT_NAME, name),
        (EMAIL, email),
        (PHONE, phone),
        (STREET, street),
        (CITY, city),
        (STATE, state),
        (ZIP, zip),
    ] {
        fits(limit, text, None)?;
    }
    Ok(())
}

fn fits(limit: Limit, text: &str, before: Option<&str>) -> Result<(), PortError> {
    let Limit { name, longest } = limit;
    if before == Some(text) {
        return Ok(());
    }
    if text.contains('\0') {
        // A search would ignore what follows a NUL.
        return Err(PortError::invalid(Reason::HasNul { field: name }));
    }
    let length = text.encode_utf16().count();
    if length <= longest {
        return Ok(());
    }
    Err(PortError::invalid(Reason::TooLong { field: name, length: length as u64, longest: longest as u64 }))
}

fn is_date(otherwise: Reason, date: Option<Timestamp>) -> Result<(), PortError> {
    if date.is_none_or(|date| DATES.contains(&date.0)) {
        return Ok(());
    }
    Err(PortError::invalid(otherwise))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = include_str!("../../../../firebase/firestore.rules");

    /// The limit that the rules have for a field.
    fn in_rules(function: &str, field: &str) -> usize {
        let from = RULES.split_once(&format!("function {function}(")).expect("the function").1;
        let body = from.split_once("function ").map_or(from, |(body, _)| body);
        let (_, after) = body.split_once(&format!("{field}, ")).expect("the field");
        after.split_once(')').expect("the number").0.parse().expect("a number")
    }

    #[test]
    fn the_rules_of_a_firm_have_the_same_numbers() {
        for (limit, function, field) in [
            (TITLE, "isMatter", "data.title"),
            (DESCRIPTION, "isMatter", "data.description"),
            (NUMBER, "isMatter", "data.matterNumber"),
            (CLIENT_NAME, "isClient", "data.name"),
            (EMAIL, "isClient", "data.email"),
            (PHONE, "isClient", "data.phone"),
            (STREET, "isAddress", "value.street"),
            (CITY, "isAddress", "value.city"),
            (STATE, "isAddress", "value.state"),
            (ZIP, "isAddress", "value.zip"),
        ] {
            assert_eq!(in_rules(function, field), limit.longest, "{}", limit.name);
        }
        assert!(RULES.contains(&format!("data.assignedTo.size() <= {ASSIGNED}")));
    }

    #[test]
    fn the_forms_of_the_window_have_the_same_numbers() {
        let forms = include_str!("../../../../ui/src/lib/forms/limits.ts");
        for (field, limit) in [
            ("title", TITLE),
            ("description", DESCRIPTION),
            ("number", NUMBER),
            ("name", CLIENT_NAME),
            ("email", EMAIL),
            ("phone", PHONE),
            ("street", STREET),
            ("city", CITY),
            ("state", STATE),
            ("zip", ZIP),
        ] {
            assert!(forms.contains(&format!("  {field}: {},\n", limit.longest)), "{field}");
        }
    }

    #[test]
    fn a_text_is_counted_as_the_rules_count_it() {
        let title = |title: String| matter(&MatterFields { title, ..MatterFields::default() }, None);
        assert_eq!(title("ä".repeat(500)), Ok(()));
        assert_eq!(title("😀".repeat(250)), Ok(()));
        assert!(title("😀".repeat(251)).is_err());
        let Err(refused) = title("ä".repeat(501)) else { panic!() };
        assert!(refused.to_string().contains("501 characters"), "{refused}");
    }

    #[test]
    fn a_text_with_a_nul_is_refused_by_its_name_unless_it_is_there_already() {
        let of = |title: &str| MatterFields { title: title.to_owned(), ..MatterFields::default() };
        let Err(refused) = matter(&of("a\0b"), Some(&of("a"))) else { panic!() };
        assert!(refused.to_string().starts_with("The title has an invisible character in it"), "{refused}");
        assert_eq!(matter(&of("a\0b"), Some(&of("a\0b"))), Ok(()));
        let Err(refused) = client(&ClientFields { phone: "\0".to_owned(), ..ClientFields::default() }) else {
            panic!()
        };
        assert!(refused.to_string().starts_with("The telephone number has"), "{refused}");
        let Err(refused) = matter(&MatterFields { number: "1\0".to_owned(), ..of("a") }, None) else { panic!() };
        assert!(refused.to_string().starts_with("The number has"), "{refused}");
    }

    #[test]
    fn dates_are_those_of_years_that_can_be_written() {
        for (millis, is) in
            [(*DATES.start(), true), (*DATES.end(), true), (DATES.start() - 1, false), (DATES.end() + 1, false)]
        {
            let fields = MatterFields { due: Some(Timestamp(millis)), ..MatterFields::default() };
            assert_eq!(matter(&fields, None).is_ok(), is, "{millis}");
        }
    }
}
