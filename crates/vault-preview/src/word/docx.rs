//! The text of a .docx, as Word shows it with all changes accepted.
//!
//! - **Tracked changes**: inserted text is shown, deleted text is not; moved text is at its new place. Only Word shows
//!   that there are changes, and whose.
//! - **Comments, headers, footers and hidden text** are not shown; fields have their last result.
//! - **Footnotes and endnotes** follow the text, numbered from 1 and from E1 in order of reference.
//! - **Lists** have a bullet for each item. Automatic numbers are not in the file, and a wrong number of a clause would
//!   be worse than none.
//! - **Tables** are one paragraph a row, with tabs between the cells.
//!
//! ECMA-376, part 1, chapter 17. The strict form has other namespaces but the same local names, so these decide.

use std::collections::HashMap;

use super::Paragraphs;
use super::styles::{Styles, by_outline};
use super::xml::{Element, Go, Step, walk};
use crate::error::Stop;
use crate::package::Package;
use crate::text::Paragraph;

/// Elements that are left out with their content.
///
/// `Fallback` repeats a drawing for older programs. `pPr` and `rPr` within a change are the previous properties.
const UNSEEN: &[&str] = &[
    "Fallback",
    "del",
    "delInstrText",
    "delText",
    "instrText",
    "moveFrom",
    "pPrChange",
    "rPrChange",
    "sectPr",
    "sdtPr",
    "tblPr",
    "tcPr",
    "trPr",
];

/// The prefix of a footnote's number.
const FOOTNOTE: &str = "";

/// The prefix of an endnote's number.
const ENDNOTE: &str = "E";

/// Reads the paragraphs, and whether there are more than are returned.
pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Paragraph>, bool), Stop> {
    let mut package = Package::open(bytes)?;
    let document = main_part(&mut package)?;
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = match package.entry(&format!("{folder}/styles.xml"))? {
        Some(source) => Styles::read(source)?,
        None => Styles::default(),
    };
    let mut body = Body { styles, ..Body::default() };
    let source = package.entry(&document)?.ok_or(Stop::Broken("it has no text"))?;
    walk(source, |step| body.step(&step))?;
    for (mark, part, note) in [(FOOTNOTE, "footnotes", "footnote"), (ENDNOTE, "endnotes", "endnote")] {
        if body.notes.contains_key(mark)
            && !body.paragraphs.is_cut()
            && let Some(source) = package.entry(&format!("{folder}/{part}.xml"))?
        {
            walk(source, |step| body.note_step(mark, note, &step))?;
        }
    }
    Ok(body.paragraphs.finish())
}

/// The document's path, from the package's relationships; nearly always `word/document.xml`.
fn main_part(package: &mut Package<'_>) -> Result<String, Stop> {
    let mut found = None;
    if let Some(source) = package.entry("_rels/.rels")? {
        walk(source, |step| {
            if let Step::Start(element) = step
                && element.name() == "Relationship"
                && element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                found = element.attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
                return Go::Enough;
            }
            Go::On
        })?;
    }
    Ok(found.unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// State at the current position.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not, whatever the others do")]
struct Body {
    styles: Styles,
    paragraphs: Paragraphs,
    /// The level of the open paragraph.
    heading: u8,
    /// Whether the open paragraph is an item of a list whose bullet is still to be written.
    bullet: bool,
    /// Nesting within elements that are left out.
    unseen: usize,
    /// Nesting of tables.
    tables: usize,
    /// How many cells of the row came before.
    cells: usize,
    /// Whether a paragraph of the cell came before.
    in_cell: bool,
    /// Whether the position is inside a text element.
    text: bool,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    /// Whether the run is hidden.
    hidden: bool,
    /// The numbers of the notes, by kind and id.
    notes: HashMap<&'static str, HashMap<String, usize>>,
    /// The number to be written before the note's text.
    label: Option<String>,
}

impl Body {
    fn step(&mut self, step: &Step<'_>) -> Go {
        match step {
            Step::Start(element) if self.unseen > 0 || UNSEEN.contains(&element.name()) => self.unseen += 1,
            Step::End(_) if self.unseen > 0 => self.unseen -= 1,
            Step::Start(element) => self.start(element),
            Step::End(name) => self.end(name),
            Step::Text(text) if self.text && self.unseen == 0 => self.write(text),
            Step::Text(_) => {}
        }
        if self.paragraphs.is_cut() { Go::Enough } else { Go::On }
    }

    fn start(&mut self, element: &Element<'_>) {
        match element.name() {
            "t" => self.text = true,
            "tab" if !self.in_paragraph_properties => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("\u{2011}"),
            "footnoteReference" => self.refer(FOOTNOTE, element),
            "endnoteReference" => self.refer(ENDNOTE, element),
            "tbl" => self.tables += 1,
            "tr" | "tc" if self.tables == 1 => self.start_of_table(element.name()),
            "p" => self.start_paragraph(),
            _ => self.start_property(element),
        }
    }

    fn start_property(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        match element.name() {
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            "vanish" if self.in_run_properties && !self.in_paragraph_properties => self.hidden = element.is_on(),
            "pStyle" => self.heading = value().map_or(0, |style| self.styles.heading(&style)),
            "outlineLvl" => self.heading = value().and_then(|level| by_outline(&level)).unwrap_or(self.heading),
            // List 0 means none.
            "numId" => self.bullet = self.heading == 0 && value().is_some_and(|list| list != "0"),
            _ => {}
        }
    }

    fn start_paragraph(&mut self) {
        if self.tables == 0 {
            self.end_paragraph();
        } else if std::mem::replace(&mut self.in_cell, true) {
            self.paragraphs.push_str(" ");
        }
    }

    fn start_of_table(&mut self, name: &str) {
        if name == "tr" {
            self.end_paragraph();
            self.cells = 0;
        } else {
            if self.cells > 0 {
                self.paragraphs.push_str("\t");
            }
            self.cells += 1;
            self.in_cell = false;
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.text = false,
            "r" => self.hidden = false,
            "rPr" => self.in_run_properties = false,
            "pPr" => self.in_paragraph_properties = false,
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "tr" if self.tables == 1 => {
                self.heading = 0;
                self.end_paragraph();
            }
            "p" if self.tables == 0 => self.end_paragraph(),
            "p" => self.bullet = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.paragraphs.end(std::mem::take(&mut self.heading));
        self.bullet = false;
    }

    fn write(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if let Some(label) = self.label.take() {
            self.paragraphs.push_str(&label);
        }
        if std::mem::take(&mut self.bullet) {
            self.paragraphs.push_str("• ");
        }
        self.paragraphs.push_str(text);
    }

    /// Numbers a note at its first reference, as Word does.
    fn refer(&mut self, mark: &'static str, element: &Element<'_>) {
        let Some(id) = element.attribute("id") else { return };
        let notes = self.notes.entry(mark).or_default();
        let next = notes.len() + 1;
        let number = *notes.entry(id).or_insert(next);
        self.write(&format!("[{mark}{number}]"));
    }

    /// As [`Body::step`], within the notes: each starts with its number, and unreferenced ones are not shown.
    fn note_step(&mut self, mark: &'static str, element_of_note: &str, step: &Step<'_>) -> Go {
        if let Step::Start(element) = step
            && element.name() == element_of_note
            && self.unseen == 0
        {
            let number = element.attribute("id").and_then(|id| self.notes.get(mark)?.get(&id));
            match number {
                Some(number) => {
                    self.label = Some(format!("[{mark}{number}] "));
                }
                None => self.unseen += 1,
            }
            return Go::On;
        }
        self.step(step)
    }
}
