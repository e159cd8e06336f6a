//! Splits a text into words for search: at spaces and signs, where a reader sees a word begin inside another
//! (`SmithVsJones`, `MSA2024`), and with spellings that readers consider equal (`Müller`, `Mueller`).

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::words::fold_into;

/// A run of at least this many digits is also found by its last digits.
const LONG_NUMBER: usize = 5;

/// Shorter ends of a number are not indexed: users do not search for them.
const SHORTEST_END: usize = 3;

/// Maximum number of words that begin inside a word: one with more is a generated code.
const MOST_INSIDE: usize = 12;

/// The same for scripts without spaces, where each character may begin a word.
const MOST_CONTINUOUS: usize = 96;

/// Maximum number of pieces joined by hyphens and apostrophes: more are not written as one word.
const MOST_PIECES: usize = 16;

/// A word in one spelling, folded, and the byte offsets where another may begin in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) text: String,
    /// Where case or the kind of characters changes.
    breaks: Vec<usize>,
    /// Offsets within a number, within a script without spaces, and after an article.
    places: Vec<usize>,
    /// Whether zeros before numbers were left out.
    pub(super) is_without_zeros: bool,
}

impl Spelling {
    /// The offsets where words begin inside it, in order.
    pub(super) fn inside(&self) -> impl Iterator<Item = usize> {
        let mut inside = self.breaks.clone();
        inside.truncate(MOST_INSIDE);
        inside.extend(&self.places);
        inside.sort_unstable();
        inside.dedup();
        inside.into_iter()
    }

    /// Its parts between changes of case or kind of characters; empty if there is only one.
    pub(super) fn parts(&self) -> Vec<&str> {
        if self.breaks.is_empty() || self.breaks.len() > MOST_INSIDE {
            return Vec::new();
        }
        let begins = std::iter::once(0).chain(self.breaks.iter().copied());
        let ends = self.breaks.iter().copied().chain([self.text.len()]);
        begins.zip(ends).map(|(begin, end)| &self.text[begin..end]).collect()
    }

    fn follow(&mut self, other: &Self) {
        let at = self.text.len();
        if at > 0 {
            self.breaks.push(at);
        }
        self.breaks.extend(other.breaks.iter().map(|place| at + place));
        self.places.extend(other.places.iter().map(|place| at + place));
        self.text.push_str(&other.text);
    }

    /// The same without leading zeros in numbers; `None` if there are none.
    fn without_zeros(&self) -> Option<Self> {
        let mut without = Self { is_without_zeros: true, ..Self::default() };
        let mut number = false;
        let mut dropped = false;
        for (at, c) in self.text.char_indices() {
            let follows = self.text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
            if self.breaks.contains(&at) && !without.text.is_empty() {
                without.breaks.push(without.text.len());
            }
            if c == '0' && !number && follows {
                dropped = true;
                continue;
            }
            number = c.is_ascii_digit();
            without.text.push(c);
        }
        without.breaks.dedup();
        dropped.then_some(without)
    }
}

/// A piece of text between spaces and signs, in each of its spellings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The folded form first; then with `ae` for `ä`, and without leading zeros in numbers.
    pub(super) spellings: Vec<Spelling>,
}

impl Piece {
    fn joined<'a>(pieces: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let mut base = Spelling::default();
        let mut long = Spelling::default();
        for piece in pieces {
            base.follow(&piece.spellings[0]);
            long.follow(piece.long());
        }
        let mut spellings = vec![base];
        if long.text != spellings[0].text {
            spellings.push(long);
        }
        Self { spellings }
    }

    /// The folded form.
    fn base(&self) -> &str {
        &self.spellings[0].text
    }

    /// The form with `ae` for `ä`, if there is one.
    fn long(&self) -> &Spelling {
        let base = &self.spellings[0];
        self.spellings.iter().find(|other| other.text.len() > base.text.len()).unwrap_or(base)
    }
}

/// Pieces separated only by hyphens and apostrophes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compound {
    pub(super) pieces: Vec<Piece>,
    /// Runs separated only by apostrophes, each as one piece.
    names: Vec<Piece>,
    /// All pieces joined; the piece itself if there is only one.
    pub(super) whole: Piece,
}

impl Compound {
    fn of(pieces: Vec<(Joint, Piece)>) -> Self {
        let runs = pieces.chunk_by(|_, (joint, _)| *joint == Joint::Apostrophe);
        let joined = |run: &[(Joint, Piece)]| Piece::joined(run.iter().map(|(_, piece)| piece));
        let names = runs.filter(|run| run.len() > 1 && run.len() < pieces.len()).map(joined).collect();
        let whole = if let [(_, piece)] = &pieces[..] { piece.clone() } else { joined(&pieces) };
        Self { pieces: pieces.into_iter().map(|(_, piece)| piece).collect(), names, whole }
    }

    /// The words that it is found by as a whole word.
    pub(super) fn words(&self) -> impl Iterator<Item = &Spelling> {
        let pieces = self.pieces.iter().chain(&self.names).chain([&self.whole]);
        pieces.flat_map(|piece| &piece.spellings)
    }

    /// The joined form in each spelling.
    pub(super) fn spellings(&self) -> &[Spelling] {
        &self.whole.spellings
    }
}

/// The sign before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    None,
    Hyphen,
    Apostrophe,
    /// A dot between initials: `U.S.`
    Dot,
    /// An "and" between initials: `AT&T`.
    And,
    /// A comma between thousands: `1,234`.
    Comma,
}

impl Joint {
    /// Whether it joins two pieces into one word. Hyphens and apostrophes always do.
    fn joins(self, before: &Piece, after: &Piece) -> bool {
        let (before, after) = (before.base(), after.base());
        let letters =
            |text: &str, most: usize| text.chars().all(char::is_alphabetic) && text.chars().nth(most).is_none();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::None => false,
            Self::Hyphen | Self::Apostrophe => true,
            Self::Dot => letters(before, 1) && letters(after, 1),
            Self::And => letters(before, 2) && letters(after, 2),
            Self::Comma => digits(before) && digits(after) && after.len() == 3,
        }
    }
}

/// Splits a text into compounds.
pub(super) fn compounds(text: &str) -> Vec<Compound> {
    let mut all = Vec::new();
    let mut pieces: Vec<(Joint, Piece)> = Vec::new();
    let mut piece = Writing::default();
    let mut joint = Joint::None;
    for c in text.nfkd().filter(|c| !is_ignored(*c)) {
        if is_combining_mark(c) {
            piece.mark(c);
            continue;
        }
        let sign = match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{2b9}' | '`' => Joint::Apostrophe,
            '-' | '\u{2010}' => Joint::Hyphen,
            '.' => Joint::Dot,
            '&' => Joint::And,
            ',' => Joint::Comma,
            c if c.is_alphanumeric() => {
                piece.add(c);
                continue;
            }
            _ => Joint::None,
        };
        if piece.is_empty() {
            // Two signs in a row, or one at the beginning, join nothing.
            joint = Joint::None;
        } else {
            follow(&mut all, &mut pieces, joint, std::mem::take(&mut piece).done());
            joint = if pieces.len() < MOST_PIECES { sign } else { Joint::None };
        }
        if joint == Joint::None && !pieces.is_empty() {
            all.push(Compound::of(std::mem::take(&mut pieces)));
        }
    }
    if !piece.is_empty() {
        follow(&mut all, &mut pieces, joint, piece.done());
    }
    if !pieces.is_empty() {
        all.push(Compound::of(pieces));
    }
    all
}

/// Adds a piece to the current compound, or completes that and starts a new one.
fn follow(all: &mut Vec<Compound>, pieces: &mut Vec<(Joint, Piece)>, joint: Joint, piece: Piece) {
    let is_joined = pieces.last().is_none_or(|(_, before)| joint.joins(before, &piece));
    if !is_joined {
        all.push(Compound::of(std::mem::take(pieces)));
    }
    pieces.push((if is_joined { joint } else { Joint::None }, piece));
}

/// Invisible characters (soft hyphens, direction marks), and those that only stretch a word.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The kind of a character, for detecting where words begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Small,
    Large,
    Digit,
    /// In a script without spaces between words.
    Continuous,
}

fn kind(c: char) -> Kind {
    match c {
        // Thai, Lao, Tibetan, Burmese; the first letter of a Korean syllable; Khmer; Chinese and Japanese.
        '\u{e00}'..='\u{e4f}'
        | '\u{e80}'..='\u{ecf}'
        | '\u{f00}'..='\u{f1f}'
        | '\u{f40}'..='\u{f6c}'
        | '\u{1000}'..='\u{103f}'
        | '\u{1100}'..='\u{115f}'
        | '\u{1780}'..='\u{17df}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Kind::Continuous,
        c if c.is_numeric() => Kind::Digit,
        c if c.is_uppercase() => Kind::Large,
        _ => Kind::Small,
    }
}

/// A piece, built letter by letter.
#[derive(Debug, Default)]
struct Writing {
    base: Spelling,
    /// With `ae` for `ä`, `aa` for `å`.
    long: Spelling,
    kinds: Vec<Kind>,
    last: Option<char>,
}

impl Writing {
    fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    fn add(&mut self, c: char) {
        let c = plain(c);
        // Vowels and ends of Korean syllables are letters of the syllable.
        let within = matches!(c, '\u{1160}'..='\u{11ff}');
        let now = if within { Kind::Continuous } else { kind(c) };
        match (self.kinds.last().copied(), now) {
            (None, _) => {}
            (Some(Kind::Continuous), Kind::Continuous) if within => {}
            (Some(Kind::Continuous), Kind::Continuous) => self.place(),
            (Some(Kind::Large), Kind::Small) => self.large_begins(),
            (Some(before), now) if before == now => {}
            _ => self.begin(),
        }
        self.kinds.push(now);
        self.last = Some(c);
        fold_into(&mut self.base.text, c);
        fold_into(&mut self.long.text, c);
        if matches!(c, 'ø' | 'Ø') {
            self.long.text.push('e');
        }
    }

    /// Adds a combining mark to the last letter.
    fn mark(&mut self, mark: char) {
        match (self.last.take(), mark) {
            (Some('a' | 'o' | 'u' | 'A' | 'O' | 'U'), '\u{308}') => self.long.text.push('e'),
            (Some('a' | 'A'), '\u{30a}') => self.long.text.push('a'),
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.base.breaks.push(self.base.text.len());
        self.long.breaks.push(self.long.text.len());
    }

    fn place(&mut self) {
        if self.base.places.len() < MOST_CONTINUOUS {
            self.base.places.push(self.base.text.len());
            self.long.places.push(self.long.text.len());
        }
    }

    /// The last of several capitals before a small letter begins a word: `HTMLParser`.
    fn large_begins(&mut self) {
        let several = self.kinds.len() > 1 && self.kinds[self.kinds.len() - 2] == Kind::Large;
        let Some(letter) = self.last.filter(|_| several) else { return };
        let mut folded = String::new();
        fold_into(&mut folded, letter);
        for spelling in [&mut self.base, &mut self.long] {
            let at = spelling.text.len().saturating_sub(folded.len());
            if at > 0 && spelling.text.ends_with(&folded) {
                spelling.breaks.push(at);
            }
        }
    }

    fn done(self) -> Piece {
        let mut spellings = vec![self.base];
        if self.long.text != spellings[0].text {
            spellings.push(self.long);
        }
        let without = spellings[0].without_zeros();
        for spelling in &mut spellings {
            number_ends(spelling);
            if let Some(after) = after_article(&spelling.text) {
                spelling.places.push(after);
            }
        }
        spellings.extend(without);
        Piece { spellings }
    }
}

/// Maps digits of other scripts, and variants of a letter within one script, to one form.
fn plain(c: char) -> char {
    let digit = |zero: u32| char::from_digit(c as u32 - zero, 10).unwrap_or(c);
    match c {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{966}'..='\u{96f}' => digit(0x966),
        // The Persian forms of kaf and yeh, alef maksura, teh marbuta.
        '\u{6a9}' => '\u{643}',
        '\u{6cc}' | '\u{649}' => '\u{64a}',
        '\u{629}' => '\u{647}',
        c => c,
    }
}

/// Adds each end of a long number: a page stamped `NW0004321` is page 4321.
fn number_ends(spelling: &mut Spelling) {
    let bytes = spelling.text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if (LONG_NUMBER..=super::words::LONGEST).contains(&length) {
            spelling.places.extend(at + 1..=at + length - SHORTEST_END);
            // In a date without separators, `20240305`, the day is indexed, too.
            if is_date(&bytes[at..at + length]) {
                spelling.places.push(at + 6);
            }
        }
        at += length.max(1);
    }
}

/// Whether digits are a plausible year, a month and a day.
fn is_date(digits: &[u8]) -> bool {
    let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    digits.len() == 8
        && (1900..2100).contains(&number(&digits[..4]))
        && (1..=12).contains(&number(&digits[4..6]))
        && (1..=31).contains(&number(&digits[6..]))
}

/// The offset in an Arabic or Hebrew word after its article and attached particles ("and", "in", "for").
fn after_article(word: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    // He, vav, bet, lamed, mem, shin and kaf are written as prefixes of the following word.
    if ['ה', 'ו', 'ב', 'ל', 'מ', 'ש', 'כ'].iter().any(|c| letters.first().is_some_and(|(_, first)| first == c)) {
        return letters.get(3).and_then(|_| letters.get(1)).map(|(at, _)| *at);
    }
    let is = |at: usize, c: char| letters.get(at).is_some_and(|(_, letter)| *letter == c);
    let with = usize::from(['\u{648}', '\u{641}', '\u{628}', '\u{643}'].iter().any(|c| is(0, *c)));
    let after = if is(with, '\u{627}') && is(with + 1, '\u{644}') {
        with + 2
    } else if is(0, '\u{627}') && is(1, '\u{644}') || is(0, '\u{644}') && is(1, '\u{644}') {
        2
    } else {
        return None;
    };
    // The rest must be long enough for a word.
    letters.get(after + 1).and_then(|_| letters.get(after)).map(|(at, _)| *at)
}
