use crate::image;
use crate::limits;
use crate::sniff::{self, Format};

/// How a document can be previewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// As a PDF, from its bytes.
    Pdf,
    /// As an image, from its bytes: a PNG, JPEG, GIF, WebP or BMP, whatever its extension.
    Image,
    /// As text, converted by [`crate::text`].
    Text,
    /// Not at all: its kind has no preview, or its header does not state the image's dimensions.
    None,
    /// Not here: it exceeds the [`limits`].
    TooLarge,
}

/// How a document can be previewed, from its name, its length in bytes and its first [`limits::HEAD`] bytes.
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
