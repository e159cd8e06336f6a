//! Previews of stored documents in the window.
//!
//! Pure functions from a name and bytes to plain values:
//!
//! - [`kind`]: how a document can be previewed, from its name, its length and its first [`HEAD`] bytes;
//! - [`text`]: the readable text, for documents of [`Kind::Text`];
//! - [`may_open`] and [`is_as_named`]: whether opening it in the system's program is offered.
//!
//! A document may come from an opponent in a case, so every byte is treated as hostile:
//!
//! - Nothing is run and nothing is fetched. The output is text: no markup, no link, no character that changes the order
//!   or the look of the text around it.
//! - The first bytes decide what a document is; its name only decides between what they leave open. Many documents from
//!   courts have no extension or a wrong one.
//! - Time and memory are bounded ([`limits`]) however a document nests, repeats or unpacks.
//! - A broken document gives an error. If a reader panics, the error concerns this document only
//!   ([`PreviewError::Failed`]).

mod encoding;
mod error;
mod html;
mod image;
mod kind;
pub mod limits;
mod mail;
mod open;
mod outlook;
mod package;
mod readable;
mod rtf;
mod sniff;
mod text;
mod word;

pub use error::PreviewError;
pub use kind::{Kind, kind};
pub use limits::HEAD;
pub use open::{is_as_named, may_open};
pub use text::{Mail, Paragraph, Text, text};
