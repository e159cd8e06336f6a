//! Checksums by which a server's copy is compared with what was read here.

use md5::{Digest as _, Md5 as Md5Hasher};

use super::object::{Md5, Object};

/// The checksums of some content, as far as they were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    /// Slow; but nobody can make other content that has it.
    pub(super) md5: Option<Md5>,
    /// Fast; tells what was damaged on the way, not what somebody made up.
    pub(super) crc32c: u32,
}

/// Computes them as content is read.
#[derive(Clone)]
pub(super) struct Summing {
    md5: Option<Md5Hasher>,
    crc32c: u32,
}

impl Summing {
    /// Both checksums.
    pub(super) fn both() -> Self {
        Self { md5: Some(Md5Hasher::new()), crc32c: 0 }
    }

    /// The fast one.
    pub(super) fn fast() -> Self {
        Self { md5: None, crc32c: 0 }
    }

    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
    }

    pub(super) fn finish(self) -> Sums {
        Sums { md5: self.md5.map(|md5| md5.finalize().into()), crc32c: self.crc32c }
    }
}

impl Sums {
    /// Whether an object that anybody may have made is this content: by the MD5 alone, since a CRC32C is forged in no time.
    /// None if either MD5 is not known.
    pub(super) fn prove(&self, object: &Object) -> Option<bool> {
        self.md5.zip(object.md5).map(|(ours, theirs)| ours == theirs)
    }

    /// Whether an object has the checksums of this content; none if it tells none that are known here.
    pub(super) fn agree(&self, object: &Object) -> Option<bool> {
        let md5 = self.md5.zip(object.md5).map(|(ours, theirs)| ours == theirs);
        let crc = object.crc32c.map(|theirs| self.crc32c == theirs);
        match (md5, crc) {
            (Some(md5), Some(crc)) => Some(md5 && crc),
            (one, other) => one.or(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A forged object has the right CRC32C: whoever has the content makes other bytes of its size that do.
    #[test]
    fn only_an_md5_proves_what_anybody_may_have_made() {
        let mut summing = Summing::both();
        summing.take(b"the content");
        let ours = summing.finish();
        let object = |md5| Object { size: 11, md5, crc32c: Some(ours.crc32c) };
        assert_eq!(ours.prove(&object(ours.md5)), Some(true));
        assert_eq!(ours.prove(&object(Some([7; 16]))), Some(false));
        assert_eq!(ours.prove(&object(None)), None, "the object is read");
        let fast = Sums { md5: None, ..ours };
        assert_eq!(fast.prove(&object(ours.md5)), None, "the file is read");
        // Of what the server made of our own bytes it is enough.
        assert_eq!(fast.agree(&object(Some([7; 16]))), Some(true));
    }
}
