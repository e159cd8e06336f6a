//! XML as in documents: elements by their local names, text with resolved references, and no DTD.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};

use crate::error::Stop;
use crate::limits;
use crate::package::stopped_by;

/// A parsing step.
pub(crate) enum Step<'a> {
    /// An element begins. An empty one ends right after.
    Start(&'a Element<'a>),
    /// An element ends.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// The beginning of an element.
pub(crate) struct Element<'a> {
    name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name, without the prefix.
    pub(crate) fn name(&self) -> &str {
        self.name
    }

    /// The value of the first attribute of this local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| {
                let value = &*attribute.value;
                quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value)).into_owned()
            })
    }

    /// Whether the switch of this name is on: it is there, and not set to off.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads a document until its end, or until a step stops it.
pub(crate) fn walk(source: impl BufRead, mut step: impl FnMut(Step<'_>) -> Go) -> Result<(), Stop> {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut deep = 0_usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| match &error {
            Error::Io(error) => stopped_by(error),
            _ => Stop::Broken("its XML is damaged or incomplete"),
        })?;
        let go = match &event {
            Event::Start(start) => {
                deep += 1;
                if deep > limits::ELEMENTS_DEEP {
                    return Err(Stop::Broken("its parts are nested deeper than any program writes them"));
                }
                begin(start, &mut step)
            }
            Event::Empty(start) => match begin(start, &mut step) {
                Go::On => step(Step::End(start.local_name().as_ref())),
                Go::Enough => Go::Enough,
            },
            Event::End(end) => {
                deep = deep.saturating_sub(1);
                step(Step::End(end.local_name().as_ref()))
            }
            Event::Text(text) => step(Step::Text(text)),
            Event::CData(text) => step(Step::Text(text)),
            Event::GeneralRef(reference) => step(Step::Text(&resolve(reference))),
            // Neither Word nor OpenDocument uses a DTD; a document with one may define expanding entities.
            Event::DocType(_) => return Err(Stop::Broken("its XML has a document type of its own")),
            Event::Eof if deep > 0 => return Err(Stop::Broken("its XML is damaged or incomplete")),
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Go::On,
        };
        if matches!(go, Go::Enough) {
            return Ok(());
        }
    }
}

/// Whether to continue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Go {
    On,
    Enough,
}

fn begin(start: &BytesStart<'_>, step: &mut impl FnMut(Step<'_>) -> Go) -> Go {
    step(Step::Start(&Element { name: start.local_name().as_ref(), start }))
}

/// A character reference, or one of XML's five predefined entities; others are left as written.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = reference;
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}
