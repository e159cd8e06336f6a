//! Reads stored content and verifies that every byte is right.

use std::io::{self, Read};

use crate::model::{BlobRef, ContentHasher, FileHash};
use crate::ports::{BlobReader, PortError};
use crate::system_fault::SystemFault;

/// Why stored content cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum Unverified {
    /// The bytes are not those of the record.
    #[error("Verification failed: what is stored is not what was filed. Nothing was given back in its place.")]
    Damaged,
    /// There is no content.
    #[error("Content missing: the vault has a record of it, but not the content.")]
    Missing,
    /// The vault could not be reached for the bytes, or for the rest of them.
    #[error("{0}")]
    Vault(PortError),
    /// The vault's bytes could not be read.
    #[error("Its content could not be read from the vault: {}", words(.0))]
    Unread(io::Error),
    /// The bytes could not be written.
    #[error("{}", SystemFault::of(.0).sentence())]
    Io(io::Error),
}

/// The reason and the remedy, after a colon.
fn words(error: &io::Error) -> String {
    let fault = SystemFault::of(error);
    format!("{fault}. {}", fault.help())
}

impl From<io::Error> for Unverified {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Content being read; it is valid only once [`finish`](Self::finish) returns `Ok`.
pub struct Verified {
    reader: BlobReader,
    hasher: ContentHasher,
    expected: FileHash,
    /// The exact number of bytes, if the record is trusted for it.
    size: Option<u64>,
    /// The largest number of bytes.
    longest: u64,
    read: u64,
}

impl Verified {
    /// Reads `blob` from `reader` and verifies its hash and size.
    pub fn new(reader: BlobReader, blob: &BlobRef) -> Self {
        Self { size: Some(blob.size), ..Self::up_to(reader, blob.hash(), blob.size) }
    }

    /// Reads content that is verified by its hash alone, because one of several records may have a false size. Reads at
    /// most `longest` bytes.
    pub fn up_to(reader: BlobReader, hash: FileHash, longest: u64) -> Self {
        Self { reader, hasher: ContentHasher::default(), expected: hash, size: None, longest, read: 0 }
    }

    /// Reads the next bytes into `buffer`; 0 at the end.
    ///
    /// # Errors
    /// [`Unverified::Damaged`] as soon as there are too many bytes.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Unverified> {
        let length = loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reader can only return I/O errors; a vault's [`PortError`] is inside.
                Err(error) => return Err(error.downcast().map_or_else(Unverified::Unread, Unverified::Vault)),
                Ok(length) => break length,
            }
        };
        self.read += length as u64;
        if self.read > self.longest {
            return Err(Unverified::Damaged);
        }
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }

    /// Checks that everything that was read is the content.
    ///
    /// # Errors
    /// [`Unverified::Damaged`] if it is not.
    pub fn finish(self) -> Result<(), Unverified> {
        let whole = self.size.is_none_or(|size| self.read == size) && self.hasher.finish() == self.expected;
        if whole { Ok(()) } else { Err(Unverified::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MatterId, StoragePath, TeamId};

    fn read(mut content: Verified) -> Result<(), Unverified> {
        while content.read(&mut [0; 4])? > 0 {}
        content.finish()
    }

    /// A colleague's record may have a false size for content that is right.
    #[test]
    fn content_of_any_size_is_known_by_its_hash() {
        let hash = FileHash::of(b"a contract");
        let path = StoragePath::new(&TeamId::new("t").expect("id"), &MatterId::general(), hash, "a.pdf");
        let bytes = |bytes: &'static [u8]| Box::new(bytes) as BlobReader;
        for (size, right) in [(10, true), (9, false), (11, false)] {
            let blob = BlobRef { path: path.clone(), size };
            assert_eq!(read(Verified::new(bytes(b"a contract"), &blob)).is_ok(), right, "{size}");
        }
        for (longest, right) in [(10, true), (9, false), (u64::MAX, true)] {
            assert_eq!(read(Verified::up_to(bytes(b"a contract"), hash, longest)).is_ok(), right, "{longest}");
        }
        assert!(matches!(read(Verified::up_to(bytes(b"another"), hash, 10)), Err(Unverified::Damaged)));
        // Reading stops as soon as the content is known to be too long.
        let mut endless = Verified::up_to(Box::new(std::io::repeat(7)), hash, 10);
        let read: Vec<_> = (0..3).map(|_| endless.read(&mut [0; 4]).is_ok()).collect();
        assert_eq!(read, [true, true, false]);
    }
}
