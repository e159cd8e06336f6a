//! What goes wrong, and when.

use std::collections::{HashMap, VecDeque};

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// An object in one request.
    Multipart,
    /// An upload in chunks to begin.
    Start,
    /// A chunk that is not the last.
    Upload,
    /// The last chunk, or the end without one.
    Finalize,
    /// How far an upload is.
    Query,
    /// An upload to be given up.
    Cancel,
    /// An object's metadata.
    Metadata,
    /// An object's content.
    Media,
    /// Names.
    List,
}

impl Step {
    /// Whether it brings content.
    pub fn has_content(self) -> bool {
        matches!(self, Self::Multipart | Self::Upload | Self::Finalize)
    }
}

/// One request, as far as a fault may depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its number, from 0 on.
    pub number: u64,
    /// What it asks for.
    pub step: Step,
    /// The object; empty for a listing.
    pub path: String,
    /// Where a chunk, or the content that is asked for, begins, as the client says; 0 for the rest.
    pub offset: u64,
}

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers so, and does nothing.
    Answer(u16),
    /// Answers so with a Retry-After of so many seconds, and does nothing.
    RetryAfter(u16, u64),
    /// Does as asked, and closes the connection instead of answering.
    LoseReply,
    /// Closes the connection after so many bytes of the content, of whichever direction; before it does anything where
    /// there is no content.
    CutAt(u64),
    /// The same, but waits for ever.
    StallAt(u64),
    /// Waits so many milliseconds before it looks at the request.
    Pause(u64),
    /// Forgets all uploads first.
    Forget,
    /// Gives this bit of the content the wrong way round.
    FlipBit(u64),
    /// Gives so many bytes fewer, as if the content were shorter.
    Shorten(u64),
    /// Gives so many bytes more than there are.
    Lengthen(u64),
    /// Stores the content and tells other checksums.
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
