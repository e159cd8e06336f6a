//! Text that is safe to show: characters that would act instead of being displayed are made visible.

use crate::limits;

/// The beginning of a text, up to a limit.
pub(crate) struct Page {
    text: String,
    room: usize,
    cut: bool,
    after_return: bool,
}

impl Page {
    /// An empty page with room for this many characters.
    pub(crate) fn new(characters: usize) -> Page {
        Page { text: String::new(), room: characters, cut: false, after_return: false }
    }

    /// Adds text, with each kind of line end as a line feed, and acting characters made visible. A line end may be
    /// split between two pieces.
    pub(crate) fn push_str(&mut self, text: &str) {
        for character in text.chars() {
            if self.cut {
                return;
            }
            self.push(character);
        }
    }

    /// Adds one character, as [`Page::push_str`].
    pub(crate) fn push(&mut self, character: char) {
        let after_return = std::mem::replace(&mut self.after_return, character == '\r');
        match character {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.put('\n'),
            _ => visible(character, |seen| self.put(seen)),
        }
    }

    fn put(&mut self, character: char) {
        if self.room == 0 {
            self.cut = true;
        } else {
            self.room -= 1;
            self.text.push(character);
        }
    }

    /// Records that there is more than was added.
    pub(crate) fn cut(&mut self) {
        self.cut = true;
    }

    /// Whether something did not fit, or was recorded as missing.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    /// What has been added.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// How many more characters there is room for.
    pub(crate) fn room(&self) -> usize {
        self.room
    }

    /// The text, and whether there is more.
    pub(crate) fn finish(self) -> (String, bool) {
        (self.text, self.cut)
    }
}

/// One line beside the text: a subject, a name. At most [`limits::LINE`] characters, then an ellipsis.
pub(crate) fn line(text: &str) -> String {
    let mut page = Page::new(limits::LINE);
    for character in text.trim().chars() {
        if page.is_cut() {
            break;
        }
        page.push(if character == '\t' || is_line_end(character) { ' ' } else { character });
    }
    let (mut text, cut) = page.finish();
    if cut {
        text.push('…');
    }
    text
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Shows control characters as Unicode's pictures for them, and direction controls by their code in brackets: these can
/// make `exe.pdf` of `fdp.exe`, and one sum of another. Marks for single characters (U+200E, U+200F, U+061C) stay,
/// because Hebrew and Arabic need them.
fn visible(character: char, mut put: impl FnMut(char)) {
    match character {
        '\t' | '\n' => put(character),
        '\0'..='\u{1f}' => put(char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        '\u{7f}' => put('\u{2421}'),
        '\u{80}'..='\u{9f}' => put(char::REPLACEMENT_CHARACTER),
        _ if sets_direction(character) => {
            format!("[U+{:04X}]", u32::from(character)).chars().for_each(put);
        }
        _ => put(character),
    }
}

/// Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
pub(crate) fn sets_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that are hidden in a line or make it read differently: those of `vault_core::is_deceptive`, which a test
/// compares. They are duplicated because this crate depends on none of the others.
pub(crate) const fn hides(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let mut page = Page::new(1_000);
        page.push_str(text);
        page.finish().0
    }

    #[test]
    fn every_line_end_is_a_line_feed() {
        assert_eq!(page("a\r\nb\rc\nd\u{2028}e\u{85}f\u{c}g\r\r\nh\n\n"), "a\nb\nc\nd\ne\nf\ng\n\nh\n\n");
    }

    #[test]
    fn a_line_end_split_over_two_pieces_is_one() {
        let mut page = Page::new(10);
        page.push_str("a\r");
        page.push_str("\nb");
        assert_eq!(page.finish(), ("a\nb".into(), false));
    }

    #[test]
    fn control_characters_are_made_visible() {
        assert_eq!(page("a\0b\u{1b}[31m\u{7f}\u{9b}"), "a␀b␛[31m␡\u{fffd}");
        assert_eq!(page("invoice\u{202e}fdp.exe"), "invoice[U+202E]fdp.exe");
        assert_eq!(page("שלום\u{200f}!"), "שלום\u{200f}!");
    }

    #[test]
    fn a_full_page_reports_that_it_was_cut() {
        let mut page = Page::new(3);
        page.push_str("abc");
        assert!(!page.is_cut());
        page.push_str("d");
        assert_eq!(page.finish(), ("abc".into(), true));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" a\r\nb\tc\u{2029} "), "a  b c");
        assert_eq!(line(&"x".repeat(10_000)).chars().count(), limits::LINE + 1);
    }
}
