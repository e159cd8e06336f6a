//! Natural sort order of names: ignoring case and diacritics, numbers by their value.

use super::words::fold;

/// Names that are equal up to this length are in order of arrival.
const LONGEST: usize = 160;

/// Bytes that compare as the names should: `Exhibit 2`, `exhibit 10`, `Übersicht`, `Urteil`.
///
/// A run of digits becomes `0`, the number of its digits, and the digits, so that a longer number is a larger one.
pub(super) fn sort_key(name: &str) -> Vec<u8> {
    let folded = fold(name);
    let mut key = Vec::with_capacity(folded.len() + 4);
    let mut rest = folded.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if key.len() >= LONGEST {
            break;
        }
        if first.is_ascii_digit() {
            let end = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            let zeros = number.iter().take_while(|digit| **digit == b'0').count();
            let digits = &number[zeros..];
            key.push(b'0');
            key.push(u8::try_from(digits.len()).unwrap_or(u8::MAX));
            key.extend_from_slice(digits);
            rest = after;
        } else {
            key.push(*first);
            rest = tail;
        }
    }
    key.truncate(LONGEST);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_in_natural_number_order() {
        let expected = [
            "2 notes.txt",
            "10 notes.txt",
            "Äpfel.pdf",
            "apple.pdf",
            "Exhibit 2.pdf",
            "exhibit 3.pdf",
            "Exhibit 010.pdf",
            "Exhibit 100.pdf",
            "Exhibit A.pdf",
            "Übersicht.pdf",
            "Urteil.pdf",
        ];
        let mut names = expected;
        names.reverse();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, expected);
    }

    #[test]
    fn a_huge_name_has_a_short_key() {
        assert_eq!(sort_key(&"x".repeat(100_000)).len(), LONGEST);
        assert_eq!(sort_key(&"1".repeat(100_000)).len(), LONGEST);
    }
}
