//! The checksum that compares the server's object with the uploaded content.

use super::object::Object;

/// The checksum of some content. It costs little compared with a SHA-256 and detects transmission errors, not forgery:
/// other bytes of the same size and checksum are easily made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    crc32c: u32,
}

impl Sums {
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
    }

    /// Whether the object created from the upload is this content; `None` if the server returns no checksum.
    pub(super) fn agree(self, object: &Object) -> Option<bool> {
        object.crc32c.map(|theirs| self.crc32c == theirs)
    }
}
