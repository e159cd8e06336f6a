//! The words of names, and of what people type to find them.
//!
//! Names are folded here and not by `SQLite`'s tokenizer: what is typed is then split exactly as what was stored, whatever
//! the script, and `Straße`, `STRASSE` and `strasse` are one word.

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types more to find one.
const LONGEST: usize = 40;

/// A text without case and diacritics: `Übergröße` becomes `ubergrosse`.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            // Lower case can come with a mark of its own (İ).
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The words of a folded text: letters and digits, split at everything else.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(cut)
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// What the search index holds of a name that stands in folders: its words, and the folders' with a `/` before them.
pub(super) fn indexed<'a>(name: &str, folders: impl IntoIterator<Item = &'a str>) -> String {
    let mut index = String::with_capacity(name.len() * 2);
    for word in words(&fold(name)) {
        index.push_str(word);
        index.push(' ');
    }
    for folder in folders {
        for word in words(&fold(folder)) {
            index.push('/');
            index.push_str(word);
            index.push(' ');
        }
    }
    index
}

/// Rows of a search index (key and words) as one value, for `json_each`. FTS5 writes what it has gathered at the end of
/// each statement, so all rows of a batch go in one.
pub(super) fn index_rows(rows: impl IntoIterator<Item = (i64, String)>) -> String {
    let mut json = String::from("[");
    for (key, words) in rows {
        let separator = if json.len() > 1 { "," } else { "" };
        // Words are letters and digits: there is nothing to escape.
        let _ = write!(json, "{separator}[{key},\"{words}\"]");
    }
    json.push(']');
    json
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_diacritics_make_no_difference() {
        for (name, folded) in [
            ("Übergröße", "ubergrosse"),
            ("STRASSE", "strasse"),
            ("Ångström İstanbul", "angstrom istanbul"),
            ("ﬁle №5", "file no5"),
            ("Łódź Ærø", "lodz aero"),
        ] {
            assert_eq!(fold(name), folded);
        }
        // Composed and decomposed.
        assert_eq!(fold("re\u{301}sume\u{301}"), fold("résumé"));
    }

    #[test]
    fn words_are_split_at_everything_but_letters_and_digits() {
        let folded = fold("2024-03-15_MSA (final).v2.PDF");
        assert_eq!(words(&folded).collect::<Vec<_>>(), ["2024", "03", "15", "msa", "final", "v2", "pdf"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn a_word_of_the_index_is_one_token(name in any::<String>()) {
            for token in indexed(&name, []).split(' ').filter(|token| !token.is_empty()) {
                prop_assert!(token.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()), "{token}");
            }
        }
    }
}
