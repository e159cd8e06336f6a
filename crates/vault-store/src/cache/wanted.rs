//! A user's search.

use vault_core::model::MetadataRecord;

use super::spelling::{Compound, Piece, Spelling, compounds};
use super::words::{LONGEST, Words};

/// The longest prefix with its own list in the search index (`prefix` in the migrations, less one for the mark before
/// folders' words and words inside of others). A longer prefix is assembled from the lists of all words that have it,
/// which takes time if they are in many names.
const LISTED: usize = 7;

/// Further words are ignored: nobody types more, but a text can be pasted.
const MOST: usize = 24;

/// Splits of a search term into more parts than this are not searched.
const MOST_PARTS: usize = 6;

/// How well a name matches. Larger is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Some words match only inside of words.
    Inside,
    /// Each word is a prefix of a word in the name or in a folder around it.
    Around,
    /// Each word is a prefix of a word in the name.
    Begins,
    /// The name has all the words in whole.
    Whole,
    /// The name is exactly these words, ignoring the extension.
    Same,
}

/// A search word, in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// Whether prefix matches are excluded: the word was completed, or is a number without its zeros.
    whole: bool,
}

/// A word in all its spellings, any of which matches.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    spellings: Vec<Word>,
}

impl Term {
    fn of(piece: &Piece) -> Self {
        let mut spellings: Vec<Word> = Vec::new();
        for Spelling { text, is_without_zeros, .. } in &piece.spellings {
            let text: String = text.chars().take(LONGEST).collect();
            if !spellings.iter().any(|earlier| earlier.text == text) {
                spellings.push(Word { text, whole: *is_without_zeros });
            }
        }
        Self { spellings }
    }

    fn fit(&self, words: &Words) -> Option<Fit> {
        let of = |Word { text, whole }: &Word| {
            if words.own.contains(text) {
                return Some(Fit::Whole);
            }
            if *whole {
                return None;
            }
            let begins = |word: &String| word.starts_with(text.as_str());
            let own = words.own.iter().any(begins).then_some(Fit::Begins);
            own.or_else(|| words.inside.iter().any(begins).then_some(Fit::Inside))
        };
        self.spellings.iter().filter_map(of).max()
    }

    /// Its query, with these marks before the word.
    fn query(&self, only_whole: bool, marks: &[&str]) -> String {
        let either = self.spellings.iter().flat_map(|word| marks.iter().map(move |mark| (mark, word)));
        let one = |(mark, Word { text, whole }): (&&str, &Word)| {
            let star = if only_whole || *whole { "" } else { "*" };
            format!("\"{mark}{text}\"{star}")
        };
        let either: Vec<String> = either.map(one).collect();
        if let [one] = &either[..] { one.clone() } else { format!("({})", either.join(" OR ")) }
    }
}

/// One search term: any of its alternative splits matches, and each needs all its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    ways: Vec<Vec<Term>>,
}

impl Unit {
    fn of(compound: &Compound) -> Self {
        let mut ways = vec![vec![Term::of(&compound.whole)]];
        let mut add = |way: Vec<Term>| {
            if way.len() > 1 && way.len() <= MOST_PARTS && !ways.contains(&way) {
                ways.push(way);
            }
        };
        // `12-345` is also `12 345`, and `SmithJones` is `Smith Jones`.
        add(compound.pieces.iter().map(Term::of).collect());
        for spelling in compound.spellings() {
            let parts = spelling.parts();
            let last = parts.len().saturating_sub(1);
            let whole = |at| at < last || spelling.is_without_zeros;
            let word = |(at, text): (usize, &&str)| Word { text: (*text).to_owned(), whole: whole(at) };
            let part = |part| Term { spellings: vec![word(part)] };
            if compound.pieces.len() == 1 {
                add(parts.iter().enumerate().map(part).collect());
            }
        }
        Self { ways }
    }

    fn fit(&self, words: &Words) -> Option<Fit> {
        let way = |way: &Vec<Term>| way.iter().map(|term| term.fit(words)).min().flatten();
        self.ways.iter().filter_map(way).max()
    }

    fn query(&self, whole: bool, marks: &[&str]) -> String {
        let way = |way: &Vec<Term>| {
            let all: Vec<String> = way.iter().map(|term| term.query(whole, marks)).collect();
            if self.ways.len() > 1 && all.len() > 1 { format!("({})", all.join(" AND ")) } else { all.join(" AND ") }
        };
        let ways: Vec<String> = self.ways.iter().map(way).collect();
        if let [one] = &ways[..] { one.clone() } else { format!("({})", ways.join(" OR ")) }
    }
}

/// The marks before the words of a name, of a folder around it, and of words inside of others.
const NAME: &[&str] = &[""];
const ANYWHERE: &[&str] = &["", "/"];
const INSIDE: &[&str] = &["", "/", "~", "^"];
const INSIDE_NAME: &[&str] = &["", "~"];

/// The search terms, in order: each is a word or a prefix. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    units: Vec<Unit>,
    /// The folded words, for exact matches.
    words: Vec<String>,
}

impl Wanted {
    /// `None` if there is no word in the text.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut units: Vec<Unit> = Vec::new();
        let mut words = Vec::new();
        for compound in compounds(text).iter().take(MOST) {
            let unit = Unit::of(compound);
            words.extend(folded(compound));
            // Repeated terms are searched once.
            units.retain(|earlier| *earlier != unit);
            units.push(unit);
        }
        (!units.is_empty()).then_some(Self { units, words })
    }

    /// The same with prefixes shortened to those that have a list, which more names may match.
    pub(super) fn listed(&self) -> Self {
        let mut listed = self.clone();
        let terms = listed.units.iter_mut().flat_map(|unit| &mut unit.ways).flatten();
        for word in terms.flat_map(|term| &mut term.spellings).filter(|word| !word.whole) {
            if let Some((end, _)) = word.text.char_indices().nth(LISTED) {
                word.text.truncate(end);
            }
        }
        listed
    }

    /// The FTS5 query for names with all these words in whole.
    pub(super) fn in_name(&self) -> String {
        self.all(true, NAME)
    }

    /// The query for names with words that have these prefixes.
    pub(super) fn beginning_in_name(&self) -> String {
        self.all(false, NAME)
    }

    /// The same, also matching words of folders around the name.
    pub(super) fn anywhere(&self) -> String {
        self.all(false, ANYWHERE)
    }

    /// The same, also matching words that begin inside of another.
    pub(super) fn inside(&self) -> String {
        self.all(false, INSIDE)
    }

    /// Restricts [`anywhere`](Self::anywhere) to names that match at least one word.
    pub(super) fn anywhere_and_in_name(&self) -> String {
        format!("{} AND ({})", self.anywhere(), self.any(NAME))
    }

    /// Restricts [`inside`](Self::inside) to names that match at least one word.
    pub(super) fn inside_and_in_name(&self) -> String {
        format!("{} AND ({})", self.inside(), self.any(INSIDE_NAME))
    }

    fn all(&self, whole: bool, marks: &[&str]) -> String {
        self.units.iter().map(|unit| unit.query(whole, marks)).collect::<Vec<_>>().join(" AND ")
    }

    fn any(&self, marks: &[&str]) -> String {
        self.units.iter().map(|unit| unit.query(false, marks)).collect::<Vec<_>>().join(" OR ")
    }

    /// How well a name matches; `None` if it does not have all the words.
    pub(super) fn fit(&self, name: &str) -> Option<Fit> {
        self.fit_known(name, &Words::of(name))
    }

    /// The same for a name whose words are known.
    pub(super) fn fit_known(&self, name: &str, words: &Words) -> Option<Fit> {
        let fit = self.fit_words(words)?;
        if fit < Fit::Whole {
            return Some(fit);
        }
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let is_all = |text: &str| compounds(text).iter().flat_map(folded).eq(self.words.iter().cloned());
        Some(if is_all(name) || is_all(stem) { Fit::Same } else { fit })
    }

    /// How well a record matches, by its name and the folders around it; `None` if they do not have all the words.
    pub(super) fn fit_of(&self, record: &MetadataRecord) -> Option<Fit> {
        let mut words = Words::of(&record.original_name);
        let own = self.fit_known(&record.original_name, &words);
        if own > Some(Fit::Inside) {
            return own;
        }
        for folder in record.folder_paths.iter() {
            words.add(folder);
        }
        self.fit_words(&words).map(|fit| fit.min(Fit::Around))
    }

    fn fit_words(&self, words: &Words) -> Option<Fit> {
        self.units.iter().map(|unit| unit.fit(words)).min().flatten()
    }
}

/// The folded words of a compound.
fn folded(compound: &Compound) -> impl Iterator<Item = String> {
    compound.pieces.iter().map(|piece| piece.spellings[0].text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_the_user_types_is_syntax() {
        let wanted = Wanted::read("a\" OR NOT (b* NEAR/2 ^c) - AND").expect("words");
        assert_eq!(wanted.in_name(), r#""a" AND "or" AND "not" AND "b" AND "near" AND "2" AND "c" AND "and""#);
        assert_eq!(Wanted::read("\"*-^()"), None);
    }

    #[test]
    fn every_word_may_be_a_prefix() {
        let wanted = Wanted::read("msa disc").expect("words");
        assert_eq!(wanted.beginning_in_name(), r#""msa"* AND "disc"*"#);
        assert_eq!(wanted.anywhere(), r#"("msa"* OR "/msa"*) AND ("disc"* OR "/disc"*)"#);
        let folder = wanted.anywhere_and_in_name();
        assert_eq!(folder, format!(r#"{} AND ("msa"* OR "disc"*)"#, wanted.anywhere()));
        let parts = Wanted::read("agree sig").expect("words");
        assert_eq!(parts.fit("Agreement (signed).pdf"), Some(Fit::Begins));
        assert_eq!(parts.fit("Agreement.pdf"), None);
    }

    #[test]
    fn the_name_itself_fits_best() {
        let wanted = Wanted::read("engagement letter").expect("words");
        assert_eq!(wanted.fit("Engagement Letter.docx"), Some(Fit::Same));
        assert_eq!(wanted.fit("Engagement Letter 2.docx"), Some(Fit::Whole));
        assert_eq!(wanted.fit("Letters of engagement.docx"), Some(Fit::Begins));
        assert_eq!(wanted.fit("NewEngagementLetter.docx"), Some(Fit::Inside));
        assert_eq!(wanted.fit("Engagement.docx"), None);
    }

    #[test]
    fn a_word_with_several_spellings_is_searched_in_each() {
        let query = |text: &str| Wanted::read(text).expect("words").beginning_in_name();
        assert_eq!(query("Müller"), r#"("muller"* OR "mueller"*)"#);
        assert_eq!(query("12-345"), r#"("12345"* OR ("12"* AND "345"*))"#);
        assert_eq!(query("NW04321"), r#"(("nw04321"* OR "nw4321") OR ("nw" AND "04321"*) OR ("nw" AND "4321"))"#);
        assert_eq!(query("O'Neill"), r#"("oneill"* OR ("o"* AND "neill"*))"#);
    }
}
