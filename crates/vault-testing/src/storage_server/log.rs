//! The log of an outside observer.

use std::collections::HashMap;
use std::time::{Instant, SystemTime};

use super::faults::{Asked, Fault, Step};

/// An object that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finalised {
    /// Its path.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// When, by the clock of this computer.
    pub at: SystemTime,
    /// The number of the request that completed it.
    pub request: u64,
}

/// A violation of the protocol by the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// Sent bytes of an upload that were confirmed: object, offset of the bytes, how many were confirmed.
    Resent(String, u64, u64),
    /// Skipped bytes of an upload: object, offset of the bytes, how many were confirmed.
    Skipped(String, u64, u64),
    /// Sent a chunk that is no multiple of 256 KiB: object, length.
    Misaligned(String, u64),
    /// Sent more than announced, or ended before: object, announced, received.
    Length(String, u64, u64),
    /// Sent an object, or more of one, again after a failed request, without a query of what had arrived: object.
    Blind(String),
    /// Used a download token.
    DownloadToken(String),
    /// A request that is not part of this API.
    Malformed(String),
}

/// Everything that was observed.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// Objects that were stored, in order.
    pub finalised: Vec<Finalised>,
    /// Bytes of uploads received over the wire, also refused ones; for a small file also the multipart envelope.
    pub received: u64,
    /// Bytes of content sent over the wire.
    pub given: u64,
    /// Content that was confirmed, and then lost with its upload.
    pub forgotten: u64,
    /// Each request with its fault, and its time.
    pub asked: Vec<(Asked, Option<Fault>, Instant)>,
    /// Requests without a valid token.
    pub refused: usize,
    /// Violations of the protocol by the client.
    pub violations: Vec<Violation>,
}

impl Log {
    /// How many requests there were of this kind.
    pub fn count(&self, step: Step) -> usize {
        self.asked.iter().filter(|(asked, ..)| asked.step == step).count()
    }

    /// Requests that sent content of objects that were stored already: their objects, in order.
    pub fn sent_again(&self) -> Vec<&str> {
        let ended: HashMap<&str, u64> = self.finalised.iter().map(|object| (&*object.path, object.request)).collect();
        let sent = self.asked.iter().map(|(asked, ..)| asked);
        let sent = sent.filter(|asked| asked.step.has_content());
        sent.filter(|asked| ended.get(&*asked.path).is_some_and(|end| asked.number > *end))
            .map(|asked| &*asked.path)
            .collect()
    }

    /// The kinds of all requests, in order.
    pub fn steps(&self) -> Vec<Step> {
        self.asked.iter().map(|(asked, ..)| asked.step).collect()
    }

    /// The offsets of all chunks, in order.
    pub fn offsets(&self) -> Vec<u64> {
        let chunks = self.asked.iter().filter(|(asked, ..)| matches!(asked.step, Step::Upload | Step::Finalize));
        chunks.map(|(asked, ..)| asked.offset).collect()
    }
}
