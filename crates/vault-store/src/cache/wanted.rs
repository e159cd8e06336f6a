//! What a person looks for.

use vault_core::model::MetadataRecord;

use super::words::{fold, words};

/// The longest beginning of a word that has a list of its own in the search index (`prefix` in the migrations; one less,
/// for the `/` before a folder's word). A longer beginning is put together from the lists of all words that have it,
/// which takes time if they are in many names.
const LISTED: usize = 7;

/// More words than these are not looked for: nobody types more, but a text can be pasted.
const MOST: usize = 24;

/// Words in the order they were typed, each of them the beginning of one, or a whole one. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    /// `None` if there is no word in the text.
    pub(super) fn read(text: &str) -> Option<Self> {
        let folded = fold(text);
        let mut wanted: Vec<String> = Vec::new();
        for word in words(&folded).take(MOST) {
            // A word that was typed twice is one.
            wanted.retain(|earlier| earlier != word);
            wanted.push(word.to_owned());
        }
        (!wanted.is_empty()).then_some(Self { words: wanted })
    }

    /// The same with beginnings that are listed, which more names may have.
    pub(super) fn listed(&self) -> Self {
        Self { words: self.words.iter().map(|word| word.chars().take(LISTED).collect()).collect() }
    }

    /// The FTS5 query for names with all these words in whole.
    pub(super) fn in_name(&self) -> String {
        self.all(|word| format!("\"{word}\""))
    }

    /// The same for names with words that begin so.
    pub(super) fn beginning_in_name(&self) -> String {
        self.all(|word| format!("\"{word}\"*"))
    }

    /// The same, where each word may also be one of a folder around the name.
    pub(super) fn anywhere(&self) -> String {
        self.all(|word| format!("(\"{word}\"* OR \"/{word}\"*)"))
    }

    /// The same, where at least one word is one of the name.
    pub(super) fn anywhere_and_in_name(&self) -> String {
        let own: Vec<String> = self.words.iter().map(|word| format!("\"{word}\"*")).collect();
        format!("{} AND ({})", self.anywhere(), own.join(" OR "))
    }

    fn all(&self, term: impl Fn(&String) -> String) -> String {
        self.words.iter().map(term).collect::<Vec<_>>().join(" AND ")
    }

    /// How well a name fits: 3 if it is these words and nothing else (an extension aside), 2 if it has all of them in
    /// whole, 1 if each of them begins a word of it, 0 if not.
    pub(super) fn fit(&self, name: &str) -> u8 {
        let folded = fold(name);
        let there: Vec<&str> = words(&folded).collect();
        if !self.is_in(&there) {
            return 0;
        }
        let stem = folded.rsplit_once('.').map_or(folded.as_str(), |(stem, _)| stem);
        if self.is_all_of(there.iter().copied()) || self.is_all_of(words(stem)) {
            return 3;
        }
        if self.words.iter().all(|word| there.contains(&word.as_str())) { 2 } else { 1 }
    }

    /// Whether the words are in a record's name and folders.
    pub(super) fn is_of(&self, record: &MetadataRecord) -> bool {
        let names = std::iter::once(record.original_name.as_str()).chain(record.folder_paths.iter());
        let folded: Vec<String> = names.map(fold).collect();
        let there: Vec<&str> = folded.iter().flat_map(|name| words(name)).collect();
        self.is_in(&there)
    }

    fn is_in(&self, there: &[&str]) -> bool {
        self.words.iter().all(|wanted| there.iter().any(|word| word.starts_with(wanted)))
    }

    fn is_all_of<'a>(&self, words: impl Iterator<Item = &'a str>) -> bool {
        self.words.iter().map(String::as_str).eq(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_person_types_is_syntax() {
        let wanted = Wanted::read("a\" OR NOT (b* NEAR/2 ^c) - AND").expect("words");
        assert_eq!(wanted.in_name(), r#""a" AND "or" AND "not" AND "b" AND "near" AND "2" AND "c" AND "and""#);
        assert_eq!(Wanted::read("\"*-^()"), None);
    }

    #[test]
    fn every_word_may_be_unfinished() {
        let wanted = Wanted::read("msa disc").expect("words");
        assert_eq!(wanted.beginning_in_name(), r#""msa"* AND "disc"*"#);
        assert_eq!(wanted.anywhere(), r#"("msa"* OR "/msa"*) AND ("disc"* OR "/disc"*)"#);
        let folder = wanted.anywhere_and_in_name();
        assert_eq!(folder, format!(r#"{} AND ("msa"* OR "disc"*)"#, wanted.anywhere()));
        let parts = Wanted::read("agree sig").expect("words");
        assert_eq!(parts.fit("Agreement (signed).pdf"), 1);
        assert_eq!(parts.fit("Agreement.pdf"), 0);
    }

    #[test]
    fn the_name_itself_fits_best() {
        let wanted = Wanted::read("engagement letter").expect("words");
        assert_eq!(wanted.fit("Engagement Letter.docx"), 3);
        assert_eq!(wanted.fit("Engagement Letter 2.docx"), 2);
        assert_eq!(wanted.fit("Letters of engagement.docx"), 1);
        assert_eq!(wanted.fit("Engagement.docx"), 0);
    }
}
