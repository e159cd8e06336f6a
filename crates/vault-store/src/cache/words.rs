//! The search index entries of names.
//!
//! Names are folded and split here and not by `SQLite`'s tokenizer: so the search text is split exactly like the stored
//! names, whatever the script, and `Straße`, `STRASSE` and `strasse` are one word.

use std::collections::HashSet;
use std::fmt::Write as _;

use sqlx::SqliteConnection;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::spelling::{Compound, compounds};
use crate::error::Result;

/// The version of the index entries: raise it when the output of [`indexed`] changes, and every index is rebuilt.
pub(super) const WORDS_FORM: i64 = 2;

/// Longer words are cut: searching does not need more.
pub(super) const LONGEST: usize = 40;

/// The limit for words inside of words.
const LONGEST_INSIDE: usize = 24;

/// A text without case and diacritics: `Übergröße` becomes `ubergrosse`.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        fold_into(&mut folded, c);
    }
    folded
}

/// Adds a character, which is already decomposed, in its folded form.
pub(super) fn fold_into(folded: &mut String, c: char) {
    for c in c.to_lowercase() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            // The final sigma.
            'ς' => folded.push('σ'),
            // The lower case of a letter can include a combining mark (İ).
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
}

/// The words of a name: whole words, and words that begin inside of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Whole words, in each spelling, with and without hyphens and apostrophes.
    pub(super) own: Vec<String>,
    /// The rest of a word from each place where a reader sees another word begin.
    pub(super) inside: Vec<String>,
}

impl Words {
    /// The words of a name.
    pub(super) fn of(name: &str) -> Self {
        let mut words = Self::default();
        words.add(name);
        words
    }

    /// Adds the words of another name.
    pub(super) fn add(&mut self, name: &str) {
        for compound in compounds(name) {
            self.add_compound(&compound);
        }
    }

    fn add_compound(&mut self, compound: &Compound) {
        let first = self.own.len();
        for spelling in compound.words() {
            let word = cut(&spelling.text, LONGEST);
            if !self.own[first..].iter().any(|own| own == word) {
                self.own.push(word.to_owned());
            }
        }
        let mut seen: HashSet<&str> = self.own[first..].iter().map(String::as_str).collect();
        for spelling in compound.spellings() {
            for at in spelling.inside() {
                let word = cut(&spelling.text[at..], LONGEST_INSIDE);
                if seen.insert(word) {
                    self.inside.push(word.to_owned());
                }
            }
        }
    }
}

fn cut(word: &str, longest: usize) -> &str {
    word.char_indices().nth(longest).map_or(word, |(end, _)| &word[..end])
}

/// The index entry of a name in folders: its words, the folders' words with a `/` before them, and words inside of
/// others with `~` and `^`.
pub(super) fn indexed<'a>(name: &str, folders: impl IntoIterator<Item = &'a str>) -> String {
    let mut index = String::with_capacity(name.len() * 3);
    let mut add = |words: &Words, own: &str, inside: &str| {
        for (mark, words) in [(own, &words.own), (inside, &words.inside)] {
            for word in words {
                index.push_str(mark);
                index.push_str(word);
                index.push(' ');
            }
        }
    };
    add(&Words::of(name), "", "~");
    // Paths have much in common, and words do not span folder names.
    let mut seen = HashSet::new();
    for folder in folders.into_iter().flat_map(|path| path.split('/')).filter(|folder| seen.insert(*folder)) {
        add(&Words::of(folder), "/", "^");
    }
    index
}

/// How many of the folders around it a folder is found by.
const AROUND: usize = 64;

/// The nearest of the folders around one: thousands of nested folders would have an index of many megabytes.
pub(super) fn nearest(above: &str) -> &str {
    let above = above.trim_end_matches('/');
    above.rmatch_indices('/').nth(AROUND - 1).map_or(above, |(end, _)| &above[end + 1..])
}

/// A search index.
#[derive(Debug, Clone, Copy)]
pub(super) enum Index {
    /// That of records.
    Records,
    /// That of folders.
    Folders,
}

/// Adds rows (key and words) to an index. FTS5 writes its buffer at the end of each statement, so all rows of a batch
/// go into one statement.
pub(super) async fn add(
    index: Index,
    rows: impl IntoIterator<Item = (i64, String)>,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let insert = match index {
        Index::Records => "INSERT INTO record_words (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each(?1)",
        Index::Folders => "INSERT INTO folder_words (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each(?1)",
    };
    sqlx::query(insert).bind(index_rows(rows)).execute(connection).await?;
    Ok(())
}

/// Rows of a search index as one value, for `json_each`.
fn index_rows(rows: impl IntoIterator<Item = (i64, String)>) -> String {
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
            ("Σας ΑΘΗΝΑΣ", "σασ αθηνασ"),
        ] {
            assert_eq!(fold(name), folded);
        }
        // Composed and decomposed.
        assert_eq!(fold("re\u{301}sume\u{301}"), fold("résumé"));
    }

    fn of(name: &str) -> (String, String) {
        let Words { own, inside } = Words::of(name);
        (own.join(" "), inside.join(" "))
    }

    fn expect(name: &str, own: &str, inside: &str) {
        assert_eq!(of(name), (own.to_owned(), inside.to_owned()), "{name}");
    }

    #[test]
    fn words_are_split_at_everything_but_letters_and_digits() {
        expect("MSA (final).PDF", "msa final pdf", "");
        expect("Doe v. Roe_x.v2.pdf", "doe v roe x v2 pdf", "2");
    }

    #[test]
    fn words_are_also_split_where_a_reader_splits_them() {
        expect("SmithVsJones", "smithvsjones", "vsjones jones");
        expect("MSA2024final", "msa2024final", "2024final final");
        expect("HTMLParser", "htmlparser", "parser");
        expect("NW0004321", "nw0004321 nw4321", "0004321 004321 04321 4321 321");
        expect("关系合同书", "关系合同书", "系合同书 合同书 同书 书");
        expect("النور", "النور", "نور");
        expect("والنور", "والنور", "نور");
        expect("החוזה", "החוזה", "חוזה");
    }

    #[test]
    fn hyphens_and_apostrophes_join() {
        expect("O'Neill", "o neill oneill", "");
        expect("O\u{2019}Neill-Smith", "o neill smith oneill oneillsmith", "neillsmith");
        expect("12-345", "12 345 12345", "");
        expect("2024-03-15", "2024 03 3 15 20240315", "0315");
    }

    #[test]
    fn a_word_often_written_together_is_one_word() {
        expect("U.S. v. Smith", "u s us v smith", "");
        expect("J.P. Morgan", "j p jp morgan", "");
        expect("AT&T", "at t att", "");
        expect("Smith&Jones", "smith jones", "");
        expect("1,234.56", "1 234 1234 56", "");
        expect("3,14", "3 14", "");
    }

    #[test]
    fn the_parts_of_a_date_without_signs_are_found() {
        expect("20240305", "20240305", "0240305 240305 40305 0305 305 05");
        expect("20249999", "20249999", "0249999 249999 49999 9999 999");
    }

    #[test]
    fn a_folder_is_found_by_the_nearest_folders_around_it() {
        assert_eq!(["", "Box/", "Box/2023/"].map(nearest), ["", "Box", "Box/2023"]);
        let path = |from: usize| (from..2_000).map(|n| n.to_string()).collect::<Vec<_>>().join("/");
        assert_eq!(nearest(&path(0)), path(2_000 - 64));
    }

    #[test]
    fn umlauts_have_two_spellings() {
        expect("Müller", "muller mueller", "");
        expect("Grüße", "grusse gruesse", "");
        expect("Århus Bjørn", "arhus aarhus bjorn bjoern", "");
        expect("Zoë", "zoe", "");
        expect("ＭＳＡ ２０２４", "msa 2024", "");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn a_word_of_the_index_is_one_token(name in any::<String>(), folder in "\\PC*") {
            for token in indexed(&name, [folder.as_str()]).split(' ').filter(|token| !token.is_empty()) {
                let word = token.trim_start_matches(['/', '~', '^']);
                prop_assert!(token.len() - word.len() <= 1 && !word.is_empty(), "{token}");
                prop_assert!(word.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()), "{token}");
            }
        }

        /// A name has few words, never a thousand.
        #[test]
        fn the_index_of_a_name_is_not_much_longer_than_the_name(name in "[a-zA-Z0-9äÖ漢字 '_-]{0,255}") {
            let Words { own, inside } = Words::of(&name);
            prop_assert!(own.len() <= 3 * name.len() + 1 && inside.len() <= 3 * name.len());
        }
    }
}
