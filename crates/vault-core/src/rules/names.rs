//! Keys to compare numbers of matters and names of clients by, and which of these are reserved or blank.

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

use crate::model::{Address, ClientFields, MatterFields};
use crate::ports::PortError;
use crate::reason::Reason;

/// The version of the keys that [`name_key`] computes. Stored keys are stored with it, and recomputed when it differs:
/// increase it when the function changes.
pub const NAME_KEY_FORM: i64 = 1;

/// The key by which a number or a name is compared, everywhere: composed characters (NFC), full Unicode case folding,
/// no surrounding white space, single spaces inside, and no invisible characters. `Ä-7` typed on a Mac (`A` and a
/// combining mark) equals `ä-7`, and `Straße` equals `STRASSE`; `ı` is not `i`.
pub fn name_key(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    fold_case(&seen).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in lower case, by full Unicode case folding, with composed characters (NFC).
pub(crate) fn fold_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().nfd().default_case_fold().nfc().collect() }
}

/// Invisible characters without width, which are common in text copied from web pages and documents.
fn is_unseen(c: char) -> bool {
    // Default_Ignorable_Code_Point of Unicode.
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Words with a special meaning wherever a number can be typed: the firm's own matter, and "no number".
const RESERVED: [&str; 2] = ["general", "none"];

/// Checks the number of a matter. It may be empty; an existing number may stay.
///
/// # Errors
/// `Invalid`, with the reason.
pub(super) fn matter_number(number: &str, before: Option<&str>) -> Result<(), PortError> {
    if number.is_empty() || before == Some(number) {
        return Ok(());
    }
    let key = name_key(number);
    let refused = |why: Reason| Err(PortError::invalid(why));
    if !says_something(&key) {
        return refused(Reason::NumberSaysNothing);
    }
    if number.chars().any(char::is_control) {
        return refused(Reason::NumberHasTabs);
    }
    if RESERVED.contains(&key.as_str()) {
        return Err(PortError::invalid(Reason::NumberReserved { number: number.trim().to_owned() }));
    }
    if number.trim_start().starts_with('-') {
        return refused(Reason::NumberBeginsWithDash);
    }
    Ok(())
}

/// Whether it contains a letter or a digit.
fn says_something(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// Whether a text has no visible character.
pub(super) fn is_blank(text: &str) -> bool {
    name_key(text).is_empty()
}

/// A client as it is stored: without surrounding white space.
pub(crate) fn tidy_client(fields: ClientFields) -> ClientFields {
    let ClientFields { name, email, phone, address: Address { street, city, state, zip }, status } = fields;
    let address =
        Address { street: trimmed(&street), city: trimmed(&city), state: trimmed(&state), zip: trimmed(&zip) };
    ClientFields { name: trimmed(&name), email: trimmed(&email), phone: trimmed(&phone), address, status }
}

/// A matter as it is stored, like [`tidy_client`]; a description may begin with a space.
pub(crate) fn tidy_matter(fields: MatterFields) -> MatterFields {
    MatterFields {
        title: trimmed(&fields.title),
        // A number of only spaces is refused, not treated as empty.
        number: if fields.number.trim().is_empty() { fields.number } else { trimmed(&fields.number) },
        description: fields.description.trim_end().to_owned(),
        ..fields
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_take_for_one_name_has_one_key() {
        for (typed, same) in [
            ("A\u{308}-7", "ä-7"),
            (" 2024-001 ", "2024-001"),
            ("abc  corp ", "ABC Corp"),
            ("ABC\u{a0}Corp", "abc corp"),
            ("Straße 1", "STRASSE 1"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("2024-001\u{200b}", "2024-001"),
            ("\u{feff}Ko\u{ad}ch", "koch"),
            ("é", "E\u{301}"),
        ] {
            assert_eq!(name_key(typed), name_key(same), "{typed:?}");
        }
        for (one, another) in [("ı", "i"), ("2024-001", "2024-01"), ("Koch", "Köch"), ("a b", "ab")] {
            assert_ne!(name_key(one), name_key(another));
        }
    }

    #[test]
    fn a_number_is_something_to_call_a_matter_by() {
        for number in [
            "general", "GENERAL ", "none", " ", "\u{a0}", "\u{200b}", "\u{3164}", "...", "—", "-7", "--due", "a\tb",
            "7\n",
        ] {
            assert!(matter_number(number, None).is_err(), "{number:?}");
            // A number that an older version accepted may stay.
            assert_eq!(matter_number(number, Some(number)), Ok(()));
        }
        for number in ["", "2024-001", "Ä-7", "合同1", "№ 5", "7", "none of it", "١٢"] {
            assert_eq!(matter_number(number, None), Ok(()), "{number:?}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in any::<String>()) {
            prop_assert_eq!(name_key(&name_key(&name)), name_key(&name));
        }

        #[test]
        fn spelling_makes_no_other_key(name in any::<String>()) {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&name.nfd().collect::<String>()), key.clone());
            prop_assert_eq!(name_key(&name.nfc().collect::<String>()), key.clone());
            prop_assert_eq!(name_key(&format!("  {name}\u{200b} ")), key);
        }
    }
}
