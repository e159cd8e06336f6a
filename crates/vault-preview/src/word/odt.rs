//! The text of an .odt, by the rules of .docx: deleted text and comments are not shown, a table is one paragraph a row.
//! Footnotes are in brackets at their reference.
//!
//! ODF 1.3, part 3, chapters 5 to 7.

use super::Paragraphs;
use super::xml::{Element, Go, Step, walk};
use crate::error::Stop;
use crate::package::Package;
use crate::text::Paragraph;

/// Elements that are left out with their content.
const UNSEEN: &[&str] = &[
    "annotation",
    "automatic-styles",
    "desc",
    "forms",
    "index-title-template",
    "note-citation",
    "scripts",
    "sequence-decls",
    "shapes",
    "title",
    "tracked-changes",
];

/// How many blanks one element may stand for.
const BLANKS: usize = 100;

/// Reads the paragraphs, and whether there are more than are returned.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Paragraph>, bool), Stop> {
    let mut package = Package::open(bytes)?;
    let source = package.entry("content.xml")?.ok_or(Stop::Broken("it has no text"))?;
    let mut body = Body::default();
    walk(source, |step| body.step(&step))?;
    Ok(body.paragraphs.finish())
}

/// State at the current position. All fields but the paragraphs are nesting depths.
#[derive(Default)]
struct Body {
    paragraphs: Paragraphs,
    heading: u8,
    bullet: bool,
    unseen: usize,
    texts: usize,
    tables: usize,
    notes: usize,
    cells: usize,
    in_cell: bool,
}

impl Body {
    fn step(&mut self, step: &Step<'_>) -> Go {
        match step {
            Step::Start(element) if self.unseen > 0 || UNSEEN.contains(&element.name()) => self.unseen += 1,
            Step::End(_) if self.unseen > 0 => self.unseen -= 1,
            Step::Start(element) => self.start(element),
            Step::End(name) => self.end(name),
            Step::Text(text) if self.texts > 0 && self.unseen == 0 => self.text(text),
            Step::Text(_) => {}
        }
        if self.paragraphs.is_cut() { Go::Enough } else { Go::On }
    }

    fn start(&mut self, element: &Element<'_>) {
        match element.name() {
            "p" | "h" => self.start_paragraph(element),
            "tab" => self.write("\t"),
            "line-break" => self.write("\n"),
            "s" => {
                let blanks = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.write(&" ".repeat(BLANKS.min(blanks)));
            }
            "note" => {
                self.write("[");
                self.notes += 1;
                self.in_cell = false;
            }
            "list-item" => self.bullet = self.notes == 0,
            "table" => self.tables += 1,
            "table-row" if self.tables == 1 => {
                self.paragraphs.end(0);
                self.cells = 0;
            }
            "table-cell" if self.tables == 1 => {
                if self.cells > 0 {
                    self.paragraphs.push_str("\t");
                }
                self.cells += 1;
                self.in_cell = false;
            }
            _ => {}
        }
    }

    fn start_paragraph(&mut self, element: &Element<'_>) {
        self.texts += 1;
        if self.tables == 0 && self.notes == 0 {
            self.paragraphs.end(self.heading);
            let level = || element.attribute("outline-level").and_then(|level| level.parse().ok());
            self.heading = if element.name() == "h" { level().unwrap_or(1_u8).clamp(1, 6) } else { 0 };
        } else if std::mem::replace(&mut self.in_cell, true) {
            self.paragraphs.push_str(" ");
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.texts = self.texts.saturating_sub(1);
                if self.tables == 0 && self.notes == 0 {
                    self.paragraphs.end(std::mem::take(&mut self.heading));
                    self.bullet = false;
                }
            }
            "note" => {
                self.notes = self.notes.saturating_sub(1);
                self.write("]");
            }
            "table" => self.tables = self.tables.saturating_sub(1),
            "table-row" if self.tables == 1 => self.paragraphs.end(0),
            _ => {}
        }
    }

    /// Any white space counts as one blank; further blanks have elements of their own.
    fn text(&mut self, text: &str) {
        let mut blank = false;
        let mut flowing = String::with_capacity(text.len());
        for character in text.chars() {
            let is_blank = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !is_blank {
                flowing.push(character);
            } else if !blank {
                flowing.push(' ');
            }
            blank = is_blank;
        }
        self.write(&flowing);
    }

    fn write(&mut self, text: &str) {
        if std::mem::take(&mut self.bullet) {
            self.paragraphs.push_str("• ");
        }
        self.paragraphs.push_str(text);
    }
}
