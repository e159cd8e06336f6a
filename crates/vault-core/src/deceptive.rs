//! Characters that make a text read differently from what it is. One list for everything that is shown: the command line,
//! the window (`ui/src/lib/format/visible.ts` has the same), and what is checked before it is trusted.

/// Whether a character hides, or makes others look like something else: control characters (line ends and those of C1
/// among them), marks that turn the direction of writing, and those that take no room.
///
/// Joiners (U+200C, U+200D) are none of them: Persian, Hindi and emoji are written with them.
pub const fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_deceptive_and_what_is_written_is_not() {
        for c in [
            '\0', '\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{61c}', '\u{200b}', '\u{2028}',
            '\u{202e}', '\u{2066}', '\u{feff}',
        ] {
            assert!(is_deceptive(c), "{:x}", u32::from(c));
        }
        let written = "Ä-7 Müller & Söhne, 合同 نور می\u{200c}خواهم 👨\u{200d}⚖️ e\u{301}\u{a0}“”…";
        assert!(!written.contains(is_deceptive));
    }

    /// The window says the same of every character.
    #[test]
    fn the_windows_list_is_the_same() {
        let page = include_str!("../../../ui/src/lib/format/visible.ts");
        let written = page
            .split("hidden =")
            .nth(1)
            .expect("a list")
            .split("/[")
            .nth(1)
            .and_then(|rest| rest.split("]/gu").next())
            .expect("a list");
        let written = written.replace(r"\p{Cc}", r"\u{0}-\u{1f}\u{7f}-\u{9f}");
        let code = |digits: &str| u32::from_str_radix(digits.trim_end_matches('}'), 16).expect("a code");
        let mut theirs = std::collections::BTreeSet::new();
        let mut codes = written.split(r"\u{").skip(1).peekable();
        while let Some(first) = codes.next() {
            let (begin, end) = match first.strip_suffix('-') {
                Some(first) => (code(first), code(codes.next().expect("an end"))),
                None => (code(first), code(first)),
            };
            theirs.extend(begin..=end);
        }
        let ours = (0..=u32::from(char::MAX)).filter(|code| char::from_u32(*code).is_some_and(is_deceptive));
        assert_eq!(theirs, ours.collect());
    }
}
