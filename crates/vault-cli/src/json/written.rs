//! Formats documents for programs, and so that no character in them can control a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};
use vault_core::deceptive_in;

/// Writes a document. Invisible and control characters are escaped, which JSON allows for every character.
///
/// # Errors
/// As whatever is written to reports them.
pub(crate) fn write(to: impl Write, document: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(to, Shown(PrettyFormatter::new()));
    Ok(document.serialize(&mut serializer)?)
}

struct Shown<'a>(PrettyFormatter<'a>);

impl Formatter for Shown<'_> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Between fragments are only characters that JSON escapes itself; none of them has variants for a selector.
        let mut done = 0;
        for (at, c) in deceptive_in(fragment) {
            writer.write_all(&fragment.as_bytes()[done..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            done = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[done..])
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn written(document: &Value) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, document).expect("written");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn a_document_is_laid_out_as_before() {
        let document = json!({ "a": [1, "x\n\"", null], "b": {}, "c": [] });
        assert_eq!(written(&document), serde_json::to_string_pretty(&document).expect("text"));
    }

    proptest! {
        #[test]
        fn any_text_is_escaped_and_parses_back_unchanged(text in any::<String>(), key in any::<String>()) {
            let text = format!("{text}\u{1b}]0;x\u{7}\u{202e}\u{9b}\u{e0041}a\u{e0100}");
            let document = json!({ key: text });
            let written = written(&document);
            prop_assert!(written.split('\n').all(|line| deceptive_in(line).next().is_none()), "{written:?}");
            prop_assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), document);
        }
    }
}
