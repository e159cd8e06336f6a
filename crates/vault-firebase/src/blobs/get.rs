//! Reading content as it comes, for whoever reads in the ordinary, blocking way.

use std::io::{self, Read};

use bytes::{Buf as _, Bytes};
use tokio::sync::mpsc;
use vault_core::model::BlobRef;
use vault_core::ports::BlobReader;

use super::Answer;
use super::api::{Api, next_piece};

/// Pieces that may wait to be read; a piece is some tens of kilobytes.
const AHEAD: usize = 16;

struct Pieces {
    incoming: mpsc::Receiver<Result<Bytes, String>>,
    current: Bytes,
    /// Bytes that are still to come: without them the end is none.
    missing: u64,
}

/// Opens content; `None` if there is nothing.
pub(super) async fn open(api: &Api, blob: &BlobRef) -> Answer<Option<BlobReader>> {
    let Some(mut answer) = api.media(&blob.path.to_string()).await? else { return Ok(None) };
    let missing = answer.content_length().unwrap_or(blob.size);
    let standstill = api.waits.patience.standstill;
    let (sender, incoming) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        loop {
            let piece = match next_piece(&mut answer, standstill).await {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => return,
                Err(error) => Err(error.to_string()),
            };
            // Whoever read has gone away if nobody takes it.
            let failed = piece.is_err();
            if sender.send(piece).await.is_err() || failed {
                return;
            }
        }
    });
    Ok(Some(Box::new(Pieces { incoming, current: Bytes::new(), missing })))
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            match self.incoming.blocking_recv() {
                Some(Ok(piece)) => self.current = piece,
                Some(Err(error)) => return Err(io::Error::other(error)),
                None if self.missing > 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                None => return Ok(0),
            }
        }
        let length = self.current.len().min(buffer.len());
        self.current.copy_to_slice(&mut buffer[..length]);
        self.missing = self.missing.saturating_sub(length as u64);
        Ok(length)
    }
}
