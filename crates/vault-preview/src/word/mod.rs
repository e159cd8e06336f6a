//! The text of word processor documents: .docx and .odt, both packages of XML.

mod docx;
mod odt;
mod paragraphs;
mod styles;
mod xml;

pub(crate) use docx::read as read_docx;
pub(crate) use odt::read as read_odt;
pub(crate) use paragraphs::Paragraphs;
