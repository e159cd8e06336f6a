use crate::limits;
use crate::readable::Page;
use crate::text::Paragraph;

/// The paragraphs of a document, up to the limits. Empty ones are left out.
pub(crate) struct Paragraphs {
    done: Vec<Paragraph>,
    open: Page,
    cut: bool,
}

impl Default for Paragraphs {
    fn default() -> Paragraphs {
        Paragraphs { done: Vec::new(), open: Page::new(limits::CHARACTERS), cut: false }
    }
}

impl Paragraphs {
    /// Adds text to the current paragraph.
    pub(crate) fn push_str(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends the current paragraph: a heading of this level, or 0.
    pub(crate) fn end(&mut self, heading: u8) {
        let room = self.open.room();
        let (text, cut) = std::mem::replace(&mut self.open, Page::new(room)).finish();
        let text = text.trim_end();
        if !text.is_empty() {
            if self.done.len() == limits::PARAGRAPHS {
                self.cut = true;
            } else {
                self.done.push(Paragraph { heading: heading.min(6), text: text.to_owned() });
            }
        }
        self.cut |= cut;
    }

    /// Whether something did not fit.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut || self.open.is_cut()
    }

    /// The paragraphs, and whether there are more.
    pub(crate) fn finish(mut self) -> (Vec<Paragraph>, bool) {
        self.end(0);
        (self.done, self.cut)
    }
}
