//! What is left out of every drop: files that operating systems and programs leave behind, by a list that users can see
//! and edit.

use std::fmt::Write as _;

use globset::{GlobBuilder, GlobMatcher};

use crate::rules::fold_case;
use crate::text_file;

/// The initial list, one pattern per line.
const DEFAULT: &[(&str, &str)] = &[
    ("Thumbs.db", "pictures Windows keeps of a folder"),
    ("ehthumbs.db", "pictures Windows keeps of a folder"),
    ("desktop.ini", "how Windows shows a folder"),
    (".DS_Store", "how macOS shows a folder"),
    ("._*", "what macOS keeps beside a file on other systems' drives"),
    ("~$*", "a lock Office keeps while a document is open"),
    (".~lock.*#", "a lock LibreOffice keeps while a document is open"),
    ("$RECYCLE.BIN/", "the recycle bin of a drive"),
    ("System Volume Information/", "what Windows keeps on a drive"),
    (".Trashes/", "the trash of a drive"),
    (".Trash-*/", "the trash of a drive"),
    (".Spotlight-V100/", "the search index of a drive"),
    (".fseventsd/", "what macOS keeps on a drive"),
    (".TemporaryItems/", "what macOS keeps on a drive"),
];

/// A line that is not a valid pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the left-out list, “{text}”, is not a pattern: {reason}")]
pub struct InvalidPattern {
    /// Counted from 1.
    pub line: usize,
    /// The text of the line.
    pub text: String,
    /// What is wrong.
    pub reason: String,
}

/// One pattern: `*` and `?` stand for any characters, case does not matter, a `/` at the end means folders.
#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    folder: bool,
    matcher: GlobMatcher,
}

/// The patterns in force.
#[derive(Debug, Clone)]
pub struct LeftOutRules(Vec<Pattern>);

impl Default for LeftOutRules {
    fn default() -> Self {
        Self(DEFAULT.iter().filter_map(|(text, _)| Pattern::new(text).ok()).collect())
    }
}

impl LeftOutRules {
    /// The initial text for the user to edit: the default patterns, and how the list works.
    pub fn default_text() -> String {
        let mut text = String::from(
            "# Files with these names are left out of every drop; each is listed with its reason.\n\
             # One name a line. * stands for any characters, ? for one; a / at the end means folders.\n\
             # Upper and lower case are the same. Lines that begin with # say nothing.\n",
        );
        for (pattern, why) in DEFAULT {
            let _ = write!(text, "\n# {why}\n{pattern}\n");
        }
        text
    }

    /// The patterns of a text that the user edited, without blank lines and comments.
    pub fn patterns(text: &str) -> impl Iterator<Item = (usize, &str)> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let lines = text_file::lines(text).map(str::trim).zip(1..);
        lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#')).map(|(line, number)| (number, line))
    }

    /// Parses a text that the user edited.
    ///
    /// # Errors
    /// [`InvalidPattern`] names the first unusable line: a list that is only partly understood would leave out the
    /// wrong files.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let mut patterns = Vec::new();
        for (line, pattern) in Self::patterns(text) {
            let invalid = |reason: String| InvalidPattern { line, text: pattern.to_owned(), reason };
            patterns.push(Pattern::new(pattern).map_err(invalid)?);
        }
        Ok(Self(patterns))
    }

    /// The pattern that leaves this file out.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.find(name, false)
    }

    /// The pattern that leaves out this folder with everything in it.
    pub fn folder(&self, name: &str) -> Option<&str> {
        self.find(name, true)
    }

    fn find(&self, name: &str, folder: bool) -> Option<&str> {
        let key = fold_case(name);
        self.0.iter().find(|p| p.folder == folder && p.matcher.is_match(&key)).map(|p| p.text.as_str())
    }
}

impl Pattern {
    fn new(text: &str) -> Result<Self, String> {
        let (name, folder) = text.strip_suffix('/').map_or((text, false), |name| (name, true));
        if name.is_empty() || name.contains('/') {
            return Err("it must be the name of one file or folder, without a path".to_owned());
        }
        if name.chars().all(|c| matches!(c, '*' | '?' | '.')) {
            return Err("it would leave out everything".to_owned());
        }
        // Brackets and braces are valid in names and literal here.
        let escaped: String =
            fold_case(name).chars().flat_map(|c| if "[]{}\\!".contains(c) { vec!['\\', c] } else { vec![c] }).collect();
        let glob =
            GlobBuilder::new(&escaped).backslash_escape(true).build().map_err(|error| error.kind().to_string())?;
        Ok(Self { text: text.to_owned(), folder, matcher: glob.compile_matcher() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_a_vault_starts_with() {
        let rules = LeftOutRules::default();
        for name in ["Thumbs.db", "THUMBS.DB", "desktop.ini", ".DS_Store", "~$Brief.docx", ".~lock.a.odt#", "._a.pdf"] {
            assert!(rules.file(name).is_some(), "{name}");
        }
        for name in ["Thumbs.db.pdf", "my desktop.ini", "a~$b", ".hidden", "$RECYCLE.BIN", "~a"] {
            assert!(rules.file(name).is_none(), "{name}");
        }
        assert!(rules.folder("$Recycle.Bin").is_some());
        assert!(rules.folder("Thumbs.db").is_none());
    }

    #[test]
    fn case_and_spelling_make_no_difference_in_any_script() {
        let rules = LeftOutRules::parse("ÜNÏ.TXT\nСчёт*\nCafe\u{301}.pdf").expect("a list");
        for name in ["Ünï.txt", "ünï.TXT", "u\u{308}ni\u{308}.txt", "СЧЁТ 1.pdf", "CAFÉ.PDF"] {
            assert!(rules.file(name).is_some(), "{name}");
        }
        assert!(rules.file("uni.txt").is_none());
    }

    #[test]
    fn the_text_a_person_edits_means_the_same() {
        let rules = LeftOutRules::parse(&LeftOutRules::default_text()).expect("own text");
        assert_eq!(rules.0.len(), DEFAULT.len());
        assert!(LeftOutRules::default().0.iter().zip(&rules.0).all(|(a, b)| a.text == b.text));
    }

    #[test]
    fn a_line_that_is_no_pattern_is_named() {
        for bad in ["*", "*.*", "a/b", "/"] {
            let error = LeftOutRules::parse(&format!("# names\n\n{bad}\n")).expect_err(bad);
            assert_eq!((error.line, error.text.as_str()), (3, bad));
        }
    }

    #[test]
    fn the_first_line_counts_whatever_an_editor_puts_before_it_and_wherever_lines_end() {
        for text in ["\u{FEFF}*.bak\r\nOld/\r\n", "# ours\r*.bak\rOld/\r"] {
            let rules = LeftOutRules::parse(text).expect("patterns");
            assert!(rules.file("a.bak").is_some() && rules.folder("old").is_some(), "{text:?}");
        }
    }

    #[test]
    fn brackets_mean_themselves() {
        let rules = LeftOutRules::parse("[draft] {x}!*\n").expect("pattern");
        assert!(rules.file("[DRAFT] {x}!.docx").is_some());
        assert!(rules.file("d").is_none());
    }
}
