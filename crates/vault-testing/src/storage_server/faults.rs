//! Faults, and when they happen.

use std::collections::{HashMap, VecDeque};

/// The operation of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// An object in one request.
    Multipart,
    /// The start of an upload in chunks.
    Start,
    /// A chunk that is not the last.
    Upload,
    /// The last chunk, or an end without one.
    Finalize,
    /// A query of how far an upload is.
    Query,
    /// The cancellation of an upload.
    Cancel,
    /// An object's metadata.
    Metadata,
    /// An object's content.
    Media,
    /// Names.
    List,
}

impl Step {
    /// Whether it carries content.
    pub fn has_content(self) -> bool {
        matches!(self, Self::Multipart | Self::Upload | Self::Finalize)
    }
}

/// One request, as far as a fault may depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its number, from 0 on.
    pub number: u64,
    /// Its operation.
    pub step: Step,
    /// The object; empty for a listing.
    pub path: String,
    /// The offset of a chunk, or of the requested content, as the client states it; 0 for the rest.
    pub offset: u64,
}

/// A fault of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Responds with this status, and does nothing.
    Answer(u16),
    /// Responds with this status and a Retry-After of so many seconds, and does nothing.
    RetryAfter(u16, u64),
    /// Performs the request, and closes the connection instead of responding.
    LoseReply,
    /// Closes the connection after so many bytes of the content, in either direction; before it does anything if
    /// there is no content.
    CutAt(u64),
    /// The same, but waits forever.
    StallAt(u64),
    /// Waits so many milliseconds before it processes the request.
    Pause(u64),
    /// Forgets all uploads first.
    Forget,
    /// Flips this bit of the content.
    FlipBit(u64),
    /// Returns so many bytes fewer, as if the content were shorter.
    Shorten(u64),
    /// Returns so many bytes more than there are.
    Lengthen(u64),
    /// Stores the content and reports other checksums.
    WrongChecksums,
}

type Decide = Box<dyn FnMut(&Asked) -> Option<Fault> + Send>;

/// Which request gets which fault.
#[derive(Default)]
pub(super) struct Script {
    queued: HashMap<Step, VecDeque<Option<Fault>>>,
    decide: Option<Decide>,
}

impl Script {
    pub(super) fn next(&mut self, step: Step, fault: Option<Fault>) {
        self.queued.entry(step).or_default().push_back(fault);
    }

    pub(super) fn decide(&mut self, decide: Option<Decide>) {
        self.decide = decide;
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn fault(&mut self, asked: &Asked) -> Option<Fault> {
        match self.queued.get_mut(&asked.step).and_then(VecDeque::pop_front) {
            Some(said) => said,
            None => self.decide.as_mut().and_then(|decide| decide(asked)),
        }
    }
}
