//! Reading stored content so that a wrong byte is never taken for the right one.

use std::io::{self, Read};

use crate::model::{BlobRef, ContentHasher};
use crate::ports::{BlobReader, PortError};
use crate::system_fault::SystemFault;

/// Why stored content cannot be given back.
#[derive(Debug, thiserror::Error)]
pub enum Unverified {
    /// The bytes are not those of the record.
    #[error("Verification failed: what is stored is not what was filed. Nothing was given back in its place.")]
    Damaged,
    /// There is nothing.
    #[error("Content missing: the vault has a record of it, but not the content.")]
    Missing,
    /// The vault could not be asked for the bytes, or for the rest of them.
    #[error("{0}")]
    Vault(PortError),
    /// The vault's bytes could not be read.
    #[error("Its content could not be read from the vault: {}", words(.0))]
    Unread(io::Error),
    /// The bytes could not be written.
    #[error("{}", SystemFault::of(.0).sentence())]
    Io(io::Error),
}

/// The reason and what to do, after a colon.
fn words(error: &io::Error) -> String {
    let fault = SystemFault::of(error);
    format!("{fault}. {}", fault.help())
}

impl From<io::Error> for Unverified {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Content being read; it counts only once [`finish`](Self::finish) has said so.
pub struct Verified {
    reader: BlobReader,
    hasher: ContentHasher,
    expected: BlobRef,
    read: u64,
}

impl Verified {
    /// Reads `blob` from `reader`.
    pub fn new(reader: BlobReader, blob: BlobRef) -> Self {
        Self { reader, hasher: ContentHasher::default(), expected: blob, read: 0 }
    }

    /// Reads the next bytes into `buffer`; 0 at the end.
    ///
    /// # Errors
    /// [`Unverified::Damaged`] as soon as there is more than there should be.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Unverified> {
        let length = loop {
            match self.reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reader of content can only fail as readers do; what a vault says is inside.
                Err(error) => return Err(error.downcast().map_or_else(Unverified::Unread, Unverified::Vault)),
                Ok(length) => break length,
            }
        };
        self.read += length as u64;
        if self.read > self.expected.size {
            return Err(Unverified::Damaged);
        }
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }

    /// Says whether everything that was read is the content.
    ///
    /// # Errors
    /// [`Unverified::Damaged`] if it is not.
    pub fn finish(self) -> Result<(), Unverified> {
        let whole = self.read == self.expected.size && self.hasher.finish() == self.expected.hash();
        if whole { Ok(()) } else { Err(Unverified::Damaged) }
    }
}
