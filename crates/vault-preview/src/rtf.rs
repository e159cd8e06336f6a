//! The text of a document in Rich Text Format, version 1.9.1.
//!
//! The rules of .docx apply: deleted and hidden text is not shown, nor are headers, footers and comments. List numbers
//! are in the file as text, so they are shown. Footnotes are in brackets at their reference.

mod words;

use std::collections::HashMap;

use crate::encoding;
use crate::error::Stop;
use crate::limits::CHARACTERS;
use crate::text::Paragraph;
use crate::word::Paragraphs;

/// Maximum nesting of groups.
const GROUPS_DEEP: usize = 1_000;

/// How many fonts are read.
const FONTS: usize = 10_000;

/// How many bytes, or UTF-16 code units, are collected before they are decoded: more than a page, so that nothing that
/// is shown is decoded in pieces.
const PENDING: usize = 4 * CHARACTERS;

/// Reads the paragraphs, and whether there are more than are returned.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Paragraph>, bool), Stop> {
    let mut reader = Reader::new(bytes);
    reader.read()?;
    reader.flush();
    Ok(reader.paragraphs.finish())
}

/// State of a group, restored when it ends.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
struct Group {
    /// Not text of the document.
    unseen: bool,
    /// Formatted as hidden.
    hidden: bool,
    deleted: bool,
    /// Whether this group is the font table, or in it.
    fonts: bool,
    /// Whether this group is a footnote.
    note: bool,
    font: i32,
    /// How many fallback characters follow a `\u`.
    fallback: usize,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    group: Group,
    around: Vec<Group>,
    /// Whether `\*` preceded: an unknown destination is not text.
    optional: bool,
    /// How many fallback characters are still to be skipped.
    skip: usize,
    /// Bytes in the font's code page, and UTF-16 code units, that are not decoded yet.
    pending: Vec<u8>,
    pending_utf16: Vec<u16>,
    code_page: u32,
    charsets: HashMap<i32, u32>,
    heading: u8,
    /// Nesting of footnotes.
    notes: usize,
    paragraphs: Paragraphs,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            bytes,
            at: 0,
            group: Group { fallback: 1, ..Group::default() },
            around: Vec::new(),
            optional: false,
            skip: 0,
            pending: Vec::new(),
            pending_utf16: Vec::new(),
            code_page: 1252,
            charsets: HashMap::new(),
            heading: 0,
            notes: 0,
            paragraphs: Paragraphs::default(),
        }
    }

    fn read(&mut self) -> Result<(), Stop> {
        while let Some(byte) = self.next() {
            match byte {
                b'{' => self.open()?,
                b'}' if self.around.is_empty() => break,
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ => self.byte(byte),
            }
            if self.pending.len() > PENDING || self.pending_utf16.len() > PENDING {
                self.flush();
            }
            if self.paragraphs.is_cut() {
                return Ok(());
            }
        }
        // Some programs omit the last brace; if more are missing, the end is missing.
        if self.around.len() > 1 { Err(Stop::Broken("its end is missing")) } else { Ok(()) }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn open(&mut self) -> Result<(), Stop> {
        if self.around.len() == GROUPS_DEEP {
            return Err(Stop::Broken("its parts are nested deeper than any program writes them"));
        }
        self.flush();
        self.skip = 0;
        self.around.push(self.group.clone());
        self.group.note = false;
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        self.optional = false;
        if self.group.note {
            self.notes = self.notes.saturating_sub(1);
            self.write("]");
        }
        if let Some(group) = self.around.pop() {
            self.group = group;
        }
    }

    /// After a backslash: a word with a number, or a symbol.
    fn control(&mut self) {
        match self.next() {
            Some(letter) if letter.is_ascii_alphabetic() => {
                self.at -= 1;
                self.word();
            }
            Some(b'\'') => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            Some(b'*') => self.optional = true,
            Some(b'~') => self.put("\u{a0}"),
            Some(b'_') => self.put("\u{2011}"),
            Some(b'\r' | b'\n') => self.end_paragraph(),
            Some(sign @ (b'\\' | b'{' | b'}')) => self.byte(sign),
            _ => {}
        }
    }

    fn word(&mut self) {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = &self.bytes[begin..self.at];
        let begin = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[begin..self.at]).ok().and_then(|digits| digits.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        let optional = std::mem::take(&mut self.optional);
        self.obey(word, number, optional);
    }

    /// A byte of text, in the font's code page.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.seen() {
            self.flush_utf16();
            self.pending.push(byte);
        }
    }

    /// A character given by a control word.
    fn put(&mut self, text: &str) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.flush();
            self.write(text);
        }
    }

    fn seen(&self) -> bool {
        !(self.group.unseen || self.group.hidden || self.group.deleted || self.group.fonts)
    }

    fn write(&mut self, text: &str) {
        if self.seen() {
            self.paragraphs.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.seen() {
            if self.notes > 0 { self.write(" ") } else { self.paragraphs.end(self.heading) }
        }
    }

    /// Decodes what is pending, before the font or the group changes.
    fn flush(&mut self) {
        self.flush_utf16();
        if !self.pending.is_empty() {
            let page = self.charsets.get(&self.group.font).copied().unwrap_or(self.code_page);
            let label = encoding::label_of_code_page(page).unwrap_or_else(|| "windows-1252".to_owned());
            let text = encoding::short(&self.pending, Some(&label));
            self.pending.clear();
            self.write(&text);
        }
    }

    fn flush_utf16(&mut self) {
        if !self.pending_utf16.is_empty() {
            let text = String::from_utf16_lossy(&self.pending_utf16);
            self.pending_utf16.clear();
            self.write(&text);
        }
    }
}
