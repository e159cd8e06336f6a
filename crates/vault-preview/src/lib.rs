//! How a stored document can be looked at in the window.
//!
//! Pure functions from a name and bytes to plain values:
//!
//! - [`kind`]: how a document can be looked at, told from its name, its length and its first [`HEAD`] bytes;
//! - [`text`]: what can be read of it, for those of [`Kind::Text`];
//! - [`may_open`] and [`is_as_named`]: whether opening it in the system's program is offered.
//!
//! A document may come from the other side of a case, so every byte is taken for hostile:
//!
//! - Nothing is run and nothing is fetched. What comes out is text: no markup, no link, no character that changes the
//!   order or the look of what stands around it.
//! - The first bytes decide what a document is; its name only decides between what they leave open. Much of what courts
//!   hand out has no ending or a wrong one.
//! - Time and memory are bounded ([`limits`]) however a document nests, repeats or unpacks.
//! - A document that is broken gives an error that says so. Should a reader fail on it in a way that nobody thought of,
//!   that too is an error of this document only ([`PreviewError::Failed`]).

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
