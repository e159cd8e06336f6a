//! Reading the content of an upload.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream;
use md5::{Digest as _, Md5 as Hasher};
use reqwest::Body;
use tokio::sync::mpsc;
use vault_core::intake::{Problem, Source};
use vault_core::ports::{PutFailure, PutWatch};

use super::super::api::Content;
use super::super::object::Md5;

/// Files up to this many bytes are read whole.
pub(super) const WHOLE: u64 = 8 << 20;

/// How much of a larger file is read at a time.
const PIECE: usize = 256 << 10;

/// Reads a file that is small enough, and its MD5.
pub(super) fn whole(source: &Source) -> Result<(Bytes, Md5), Problem> {
    let mut bytes = Vec::with_capacity(usize::try_from(source.expected.size).unwrap_or_default());
    let md5 = each(source, |piece| {
        bytes.extend_from_slice(piece);
        true
    })?;
    Ok((bytes.into(), md5))
}

/// Reads a file for its MD5.
pub(super) fn md5_of(source: &Source) -> Result<Md5, Problem> {
    each(source, |_| true)
}

/// Reads a file piece by piece while `take` says to go on; an error says that what was taken must be thrown away.
fn each(source: &Source, mut take: impl FnMut(&[u8]) -> bool) -> Result<Md5, Problem> {
    let mut reader = source.open()?;
    let mut md5 = Hasher::new();
    let mut buffer = vec![0; PIECE];
    loop {
        let length = reader.read(&mut buffer)?;
        if length == 0 {
            break;
        }
        md5.update(&buffer[..length]);
        if !take(&buffer[..length]) {
            return Err(Problem::Changed);
        }
    }
    reader.finish()?;
    Ok(md5.finalize().into())
}

/// A file on its way in one request. It is sent once: what failed is sent again by whoever asked.
pub(super) struct Sending {
    source: Source,
    watch: Arc<dyn PutWatch>,
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Default)]
enum State {
    #[default]
    NotBegun,
    Begun,
    Whole(Md5),
    Failed(PutFailure),
}

type Piece = Result<Bytes, io::Error>;

impl Sending {
    pub(super) fn new(source: Source, watch: Arc<dyn PutWatch>) -> Self {
        Self { source, watch, state: Arc::default() }
    }

    /// The content, the first time it is asked for.
    pub(super) fn content(&self) -> Option<Content> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*state, State::NotBegun) {
            return None;
        }
        *state = State::Begun;
        let (source, watch, state) = (self.source.clone(), self.watch.clone(), self.state.clone());
        Some(Content::Stream(Box::new(move |head, tail| {
            let (sender, receiver) = mpsc::channel::<Piece>(4);
            tokio::task::spawn_blocking(move || {
                let ended = send(&source, &*watch, &sender, head);
                let failed = ended.is_err();
                *state.lock().unwrap_or_else(PoisonError::into_inner) = match ended {
                    Ok(md5) => State::Whole(md5),
                    Err(failure) => State::Failed(failure),
                };
                // An error ends the request before its last bytes, and the server throws the rest away.
                let last = if failed { Err(io::Error::other("the file is not what it was")) } else { Ok(tail) };
                let _ = sender.blocking_send(last);
            });
            let pieces = stream::unfold(receiver, async |mut receiver| {
                let piece = receiver.recv().await?;
                Some((piece, receiver))
            });
            Body::wrap_stream(pieces)
        })))
    }

    /// The MD5 of all that was sent, if it was all; or why it was not.
    pub(super) fn outcome(&self) -> Result<Option<Md5>, PutFailure> {
        match self.state.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            State::Whole(md5) => Ok(Some(md5)),
            State::Failed(failure) => Err(failure),
            State::NotBegun | State::Begun => Ok(None),
        }
    }
}

fn send(source: &Source, watch: &dyn PutWatch, sender: &mpsc::Sender<Piece>, head: Bytes) -> Result<Md5, PutFailure> {
    let (mut stopped, mut gone) = (false, sender.blocking_send(Ok(head)).is_err());
    let read = each(source, |piece| {
        stopped = watch.stop();
        gone = gone || (!stopped && sender.blocking_send(Ok(Bytes::copy_from_slice(piece))).is_err());
        if !stopped && !gone {
            watch.stored(piece.len() as u64);
        }
        !stopped && !gone
    });
    match read {
        Ok(md5) => Ok(md5),
        Err(_) if stopped => Err(PutFailure::Stopped),
        // The connection is gone; what the request answered tells more.
        Err(_) if gone => Err(PutFailure::Vault(super::super::failure::offline())),
        Err(problem) => Err(PutFailure::Source(problem)),
    }
}
