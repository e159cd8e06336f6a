use crate::image;
use crate::limits;
use crate::sniff::{self, Format};

/// How a document can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// As a PDF, from its bytes.
    Pdf,
    /// As an image, from its bytes. It is a PNG, JPEG, GIF, WebP or BMP, whatever it is called.
    Image,
    /// As what [`crate::text`] makes of its bytes.
    Text,
    /// Not at all: it is of a kind that has no preview, or its picture doesn't say how large it is.
    None,
    /// Not here: it is larger than [`limits`] say.
    TooLarge,
}

/// How a document can be looked at, from its name, its length in bytes and its first [`limits::HEAD`] bytes.
#[must_use]
pub fn kind(name: &str, size: u64, head: &[u8]) -> Kind {
    let (kind, limit) = match sniff::format(name, head) {
        Format::Pdf => (Kind::Pdf, limits::PDF),
        Format::Image => (Kind::Image, limits::IMAGE),
        Format::Unknown => return Kind::None,
        _ => (Kind::Text, limits::TEXT),
    };
    if size > limit {
        return Kind::TooLarge;
    }
    if kind == Kind::Image {
        return match image::pixels(head) {
            Some(pixels) if pixels > limits::PIXELS => Kind::TooLarge,
            Some(_) => Kind::Image,
            None => Kind::None,
        };
    }
    kind
}
