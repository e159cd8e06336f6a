//! The checksum by which what the server made of an upload is compared with what was sent.

use super::object::Object;

/// The checksum of some content. It costs nothing beside a SHA-256 and tells what was damaged on the way, not what somebody
/// made up: whoever has the content makes other bytes of its size that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    crc32c: u32,
}

impl Sums {
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
    }

    /// Whether the object that was made of what was sent is this content; none if the server tells no checksum of it.
    pub(super) fn agree(self, object: &Object) -> Option<bool> {
        object.crc32c.map(|theirs| self.crc32c == theirs)
    }
}
