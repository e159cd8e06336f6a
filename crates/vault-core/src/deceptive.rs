//! Characters that make a text look like something else. One list for everything that is displayed on the command line
//! and in the window (`ui/src/lib/format/visible.ts` has the same), and for what is checked before it is trusted.

/// Whether a character is invisible, or changes how others look, wherever it occurs: control characters (line ends and
/// C1 included), marks that change the direction of writing, zero-width characters, and blank letters. [`deceptive_in`]
/// also finds those that are deceptive only in some places.
///
/// Joiners (U+200C, U+200D) are not included: Persian, Hindi and emoji need them.
pub const fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The characters of a text that are deceptive where they are, each with its byte offset: those of [`is_deceptive`],
/// and variation selectors without effect.
pub fn deceptive_in(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut rest = text.char_indices().peekable();
    let mut last = None;
    std::iter::from_fn(move || {
        loop {
            let (at, c) = rest.next()?;
            let before = last.replace(c);
            let after = rest.peek().map(|(_, c)| *c);
            if is_deceptive(c) || (is_selector(c) && !selects(before, c, after)) {
                return Some((at, c));
            }
        }
    })
}

/// Whether a character is a variation selector: invisible itself, it chooses the form of the one before it.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a selector has an effect: ☎ can be a picture, and 葛 has two forms, but “a” has only one.
fn selects(before: Option<char>, selector: char, after: Option<char>) -> bool {
    match (before, selector) {
        (None, _) => false,
        // 1️⃣ and other keycaps.
        (Some('0'..='9' | '#' | '*'), '\u{fe0f}') => after == Some('\u{20e3}'),
        (Some(before), '\u{180b}'..='\u{180f}') => matches!(before, '\u{1820}'..='\u{18af}'),
        (Some(before), _) => may_vary(before) && !is_deceptive(before) && !is_selector(before),
    }
}

/// Whether Unicode may have several forms of a character: symbols and the scripts of Asia from Burmese on. No letter of
/// Europe or the Near East has any, <https://www.unicode.org/Public/UCD/latest/ucd/StandardizedVariants.txt>. Coarser
/// than that list, which grows.
const fn may_vary(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{1000}'..='\u{109f}' | '\u{2030}'..='\u{205e}' | '\u{2070}'..='\u{2fff}'
        | '\u{3001}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_hides_is_deceptive_and_what_is_written_is_not() {
        for c in [
            '\0', '\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{34f}', '\u{61c}', '\u{115f}',
            '\u{1160}', '\u{180e}', '\u{200b}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{2800}', '\u{3164}', '\u{feff}',
            '\u{ffa0}',
        ] {
            assert!(is_deceptive(c), "{:x}", u32::from(c));
        }
        let written = "Ä-7 Müller & Söhne, 合同 نور می\u{200c}خواهم 👨\u{200d}⚖️ e\u{301}\u{a0}“”…";
        assert_eq!(deceptive_in(written).next(), None);
    }

    /// `ui/src/lib/format/visible.test.ts` has the same.
    #[test]
    fn a_selector_that_selects_nothing_is_deceptive() {
        for well in ["☎\u{fe0f}.pdf", "©\u{fe0f}", "1\u{fe0f}\u{20e3}", "葛\u{e0100}", "\u{1820}\u{180b}", "⚖\u{fe0e}"]
        {
            assert_eq!(deceptive_in(well).next(), None, "{well:?}");
        }
        for (text, place) in [
            ("a\u{fe0f}.pdf", 1),
            ("\u{fe0f}a", 0),
            (".\u{e0100}pdf", 1),
            ("ä\u{fe00}", 2),
            ("☎\u{fe0f}\u{fe0f}", 6),
            ("1\u{fe0f}", 1),
            ("a\u{180f}", 1),
            ("\u{3000}\u{fe0f}", 3),
        ] {
            assert_eq!(deceptive_in(text).map(|(at, _)| at).collect::<Vec<_>>(), [place], "{text:?}");
        }
        assert_eq!(deceptive_in("\u{200b}\u{fe0f}").count(), 2);
    }

    /// The characters of a list in the window's code.
    fn of_the_window(list: &str) -> BTreeSet<u32> {
        let page = include_str!("../../../ui/src/lib/format/visible.ts");
        let begin = format!("const {list} =");
        let class = page.split(&begin).nth(1).and_then(|rest| rest.split("/[").nth(1)?.split("]/u").next());
        let class = class.expect("a list").replace(r"\p{Cc}", r"\u{0}-\u{1f}\u{7f}-\u{9f}");
        let code = |digits: &str| u32::from_str_radix(digits.trim_end_matches('}'), 16).expect("a code");
        let mut theirs = BTreeSet::new();
        let mut codes = class.split(r"\u{").skip(1);
        while let Some(first) = codes.next() {
            let (begin, end) = match first.strip_suffix('-') {
                Some(first) => (code(first), code(codes.next().expect("an end"))),
                None => (code(first), code(first)),
            };
            theirs.extend((begin..=end).filter(|code| char::from_u32(*code).is_some()));
        }
        theirs
    }

    /// The window classifies every character the same way.
    #[test]
    fn the_windows_lists_are_the_same() {
        let same = |name: &str, ours: fn(char) -> bool| {
            let ours = ('\0'..=char::MAX).filter(|c| ours(*c)).map(u32::from).collect();
            assert!(of_the_window(name) == ours, "{name}");
        };
        same("hidden", is_deceptive);
        same("selector", is_selector);
        same("varying", may_vary);
    }
}
