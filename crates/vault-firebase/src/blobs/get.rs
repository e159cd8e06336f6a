//! Reading content as a stream, for blocking readers.
//!
//! A broken or stalled connection is resumed at its offset: received bytes are not requested again. The reader sees one
//! continuous stream and hashes all of it.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::{Buf as _, Bytes};
use tokio::sync::mpsc;
use vault_core::model::BlobRef;
use vault_core::ports::{BlobReader, PortError};

use super::Answer;
use super::api::{Api, Media, next_piece};
use super::failure::{offline, too_long};
use super::retry_policy::Repeats;

/// Pieces that may be buffered; a piece is some tens of kilobytes.
const AHEAD: usize = 16;

struct Pieces {
    incoming: mpsc::Receiver<Result<Bytes, PortError>>,
    current: Bytes,
    /// Whether the end was received: without it, a stream that stops is incomplete.
    ended: bool,
}

/// A download in progress.
struct Coming {
    api: Arc<Api>,
    path: String,
    answer: Media,
    /// Bytes received.
    at: u64,
    /// Total size, as the server states it.
    size: u64,
    repeats: Repeats,
}

/// Opens content; `None` if there is none. An object longer than `longest` is rejected before any of it is read.
pub(super) async fn open(api: &Arc<Api>, blob: &BlobRef, longest: u64) -> Answer<Option<BlobReader>> {
    let path = blob.path.to_string();
    let Some(answer) = api.media(&path, 0).await? else { return Ok(None) };
    let size = answer.left().unwrap_or(blob.size);
    if size > longest {
        return Err(too_long());
    }
    let mut coming = Coming { api: Arc::clone(api), path, answer, at: 0, size, repeats: Repeats::default() };
    let (sender, incoming) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        loop {
            let piece = coming.next().await;
            let more = matches!(&piece, Ok(bytes) if !bytes.is_empty());
            // If sending fails, the reader has gone away.
            if sender.send(piece).await.is_err() || !more {
                return;
            }
        }
    });
    Ok(Some(Box::new(Pieces { incoming, current: Bytes::new(), ended: false })))
}

impl Coming {
    /// The next piece; an empty one at the end.
    async fn next(&mut self) -> Answer<Bytes> {
        loop {
            let error = match next_piece(&mut self.answer.response, self.api.waits.retry_policy.standstill).await {
                Ok(Some(piece)) if piece.is_empty() => continue,
                Ok(Some(piece)) => {
                    self.at += piece.len() as u64;
                    self.repeats.got_on();
                    return Ok(piece);
                }
                Ok(None) if self.at >= self.size => return Ok(Bytes::new()),
                Ok(None) => offline(),
                Err(error) => error,
            };
            if !self.api.waits.again(&mut self.repeats, None).await {
                return Err(error);
            }
            // Objects cannot be replaced: the path still holds the same object, or none.
            self.answer = self.api.media(&self.path, self.at).await?.ok_or(error)?;
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() && !self.ended {
            match self.incoming.blocking_recv() {
                Some(Ok(piece)) => {
                    self.ended = piece.is_empty();
                    self.current = piece;
                }
                Some(Err(error)) => return Err(io::Error::other(error)),
                None => return Err(io::Error::other(offline())),
            }
        }
        let length = self.current.len().min(buffer.len());
        self.current.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}
