//! Content as it arrives: hashed, and kept only on request.

use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::{GRANULARITY, Options};

/// Hashes and size of some content.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) md5: Option<[u8; 16]>,
    pub(super) crc32c: u32,
    pub(super) bytes: Option<bytes::Bytes>,
}

#[derive(Clone, Default)]
struct Hashes {
    size: u64,
    sha256: Sha256,
    md5: Option<Md5>,
    crc32c: u32,
}

/// Content that has partly arrived.
pub(super) struct Taken {
    now: Hashes,
    /// The state when the last whole block had arrived.
    block: Hashes,
    bytes: Option<Vec<u8>>,
}

impl Taken {
    pub(super) fn new(options: Options) -> Self {
        let now = Hashes { md5: options.md5.then(Md5::new), ..Hashes::default() };
        Self { block: now.clone(), now, bytes: options.keep.then(Vec::new) }
    }

    pub(super) fn size(&self) -> u64 {
        self.now.size
    }

    pub(super) fn take(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = usize::try_from(GRANULARITY - self.now.size % GRANULARITY).expect("256 KiB");
            let (now, rest) = bytes.split_at(room.min(bytes.len()));
            self.now.take(now);
            if let Some(kept) = &mut self.bytes {
                kept.extend_from_slice(now);
            }
            if self.now.size.is_multiple_of(GRANULARITY) {
                self.block = self.now.clone();
            }
            bytes = rest;
        }
    }

    /// Counts all received bytes, as after a complete chunk.
    pub(super) fn count_all(&mut self) {
        self.block = self.now.clone();
    }

    /// Discards the bytes after the last whole block.
    pub(super) fn only_whole_blocks(&mut self) {
        self.now = self.block.clone();
        if let Some(kept) = &mut self.bytes {
            kept.truncate(usize::try_from(self.now.size).expect("it is in memory"));
        }
    }

    pub(super) fn finish(self) -> Content {
        let Hashes { size, sha256, md5, crc32c } = self.now;
        Content {
            size,
            sha256: hex::encode(sha256.finalize()),
            md5: md5.map(|md5| md5.finalize().into()),
            crc32c,
            bytes: self.bytes.map(Into::into),
        }
    }
}

impl Hashes {
    fn take(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.sha256.update(bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
        self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
    }
}
