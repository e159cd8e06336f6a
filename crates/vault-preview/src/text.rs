use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{PreviewError, Stop};
use crate::limits;
use crate::readable::{self, Page};
use crate::sniff::{self, Format};
use crate::{encoding, mail, outlook, rtf, word};

/// The readable text of a document. All of it is plain text: line ends are line feeds, and there are no control
/// characters but line feed and tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Plain text.
    Plain {
        /// Its beginning, at most [`limits::CHARACTERS`].
        text: String,
        /// Whether there is more.
        cut: bool,
    },
    /// An e-mail.
    Mail(Mail),
    /// A document of a word processor: .docx, .odt or .rtf.
    Word {
        /// Its paragraphs, at most [`limits::PARAGRAPHS`] with together at most [`limits::CHARACTERS`].
        paragraphs: Vec<Paragraph>,
        /// Whether there are more.
        cut: bool,
    },
}

/// An e-mail.
///
/// The text is the plain-text version, or else the text of the HTML. The texts of attached messages follow it, each
/// below its own headers. Headers are shown as the message states them: a sender's name proves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// Sender: name and address.
    pub from: String,
    /// Recipients.
    pub to: String,
    /// Copy recipients; empty for none.
    pub cc: String,
    /// Subject.
    pub subject: String,
    /// When it was sent, if stated: milliseconds since 1970 in UTC.
    pub date: Option<i64>,
    /// The beginning of its text, at most [`limits::CHARACTERS`].
    pub text: String,
    /// Whether there is more, text or attachments.
    pub cut: bool,
    /// Names of attachments, at most [`limits::ATTACHMENTS`]; the type if there is no name.
    pub attachments: Vec<String>,
}

/// One paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// 1 to 6 for a heading, 0 for other text.
    pub heading: u8,
    /// Its text; never empty. A row of a table is a paragraph, with tabs between its cells.
    pub text: String,
}

/// The readable text of a document, from its name and all of its bytes.
///
/// # Errors
///
/// If its kind is not [`crate::Kind::Text`], or it is too large or broken.
pub fn text(name: &str, bytes: &[u8]) -> Result<Text, PreviewError> {
    let shown = || readable::line(name);
    let format = sniff::format(name, bytes);
    if matches!(format, Format::Pdf | Format::Image | Format::Unknown) {
        return Err(PreviewError::NoText { name: shown() });
    }
    if bytes.len() as u64 > limits::TEXT {
        return Err(PreviewError::TooLarge { name: shown() });
    }
    // There are many readers and hostile documents: a panic must not end the window.
    match catch_unwind(AssertUnwindSafe(|| read(format, bytes))) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(Stop::TooLarge)) => Err(PreviewError::TooLarge { name: shown() }),
        Ok(Err(Stop::Broken(why))) => Err(PreviewError::Broken { name: shown(), as_what: as_what(format), why }),
        Err(_) => Err(PreviewError::Failed { name: shown() }),
    }
}

fn read(format: Format, bytes: &[u8]) -> Result<Text, Stop> {
    match format {
        Format::Mail => mail::read(bytes).map(Text::Mail),
        Format::Outlook => outlook::read(bytes).map(Text::Mail),
        Format::Word => word::read_docx(bytes).map(document),
        Format::Odt => word::read_odt(bytes).map(document),
        Format::Rtf => rtf::read(bytes).map(document),
        Format::Plain | Format::Pdf | Format::Image | Format::Unknown => {
            let mut page = Page::new(limits::CHARACTERS);
            encoding::read(bytes, None, &mut page);
            let (text, cut) = page.finish();
            Ok(Text::Plain { text, cut })
        }
    }
}

fn document((paragraphs, cut): (Vec<Paragraph>, bool)) -> Text {
    Text::Word { paragraphs, cut }
}

fn as_what(format: Format) -> &'static str {
    match format {
        Format::Mail => "an e-mail",
        Format::Outlook => "a message of Outlook",
        Format::Word => "a Word document",
        Format::Odt => "an OpenDocument text",
        Format::Rtf => "a document in Rich Text Format",
        Format::Plain | Format::Pdf | Format::Image | Format::Unknown => "text",
    }
}
