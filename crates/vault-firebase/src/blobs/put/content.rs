//! Reading the content of an upload on a thread of its own.

use std::sync::{Arc, mpsc as blocking};

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;
use vault_core::intake::{Problem, Source, SourceReader};
use vault_core::ports::{PutFailure, PutWatch};

use super::super::sums::Sums;

/// Files up to this size are read whole.
pub(super) const WHOLE: u64 = 8 << 20;

/// Chunk size for larger files: a multiple of 256 KiB, as the server requires.
pub(super) const CHUNK: usize = 8 << 20;

/// Chunks of a file in memory: one being sent, one waiting, one being read.
pub(super) const CHUNKS_IN_MEMORY: u64 = 3;

/// Read size for content that is not retained.
const PIECE: usize = 256 << 10;

/// A chunk of a file.
pub(super) struct Chunk {
    /// Its offset.
    pub(super) at: u64,
    pub(super) bytes: Bytes,
    /// The checksum of the whole file, with the last chunk: present only if the file is unchanged.
    pub(super) last: Option<Sums>,
}

impl Chunk {
    pub(super) fn end(&self) -> u64 {
        self.at + self.bytes.len() as u64
    }
}

/// A file's chunks, read ahead.
pub(super) struct Chunks {
    incoming: mpsc::Receiver<Result<Chunk, PutFailure>>,
    used: blocking::Sender<BytesMut>,
}

impl Chunks {
    /// The next chunk; `None` after the last one, or after a failure.
    pub(super) async fn next(&mut self) -> Option<Result<Chunk, PutFailure>> {
        self.incoming.recv().await
    }

    /// Returns a used chunk so that its buffer can be reused.
    pub(super) fn give_back(&self, chunk: Chunk) {
        if let Ok(buffer) = chunk.bytes.try_into_mut() {
            // After the last chunk there is no receiver.
            let _ = self.used.send(buffer);
        }
    }
}

/// Reads a small file.
pub(super) fn whole(source: &Source) -> Result<(Bytes, Sums), Problem> {
    let size = usize::try_from(source.expected.size).map_err(|_| Problem::Changed)?;
    let mut reader = source.open()?;
    let mut bytes = vec![0; size];
    // One byte more than expected shows that the file grew.
    let mut sums = Sums::default();
    if fill(&mut reader, &mut bytes, &mut sums)? < size || reader.read(&mut [0])? > 0 {
        return Err(reader.other());
    }
    reader.finish()?;
    Ok((bytes.into(), sums))
}

/// Reads a file in chunks from `offset` on; the part before it is read, too, because it is part of the hash.
pub(super) fn chunks(source: Source, offset: u64, watch: Arc<dyn PutWatch>) -> Chunks {
    let (sender, incoming) = mpsc::channel(1);
    let (used, free) = blocking::channel();
    tokio::task::spawn_blocking(move || {
        if let Err(failure) = read(&source, offset, &*watch, &sender, &free) {
            // The receiver is gone if the upload has ended.
            let _ = sender.blocking_send(Err(failure));
        }
    });
    Chunks { incoming, used }
}

fn read(
    source: &Source,
    offset: u64,
    watch: &dyn PutWatch,
    sender: &mpsc::Sender<Result<Chunk, PutFailure>>,
    free: &blocking::Receiver<BytesMut>,
) -> Result<(), PutFailure> {
    let size = source.expected.size;
    let mut reader = source.open().map_err(PutFailure::Source)?;
    let mut sums = Sums::default();
    pass(&mut reader, offset, &mut sums, watch)?;
    let mut at = offset;
    loop {
        let length = usize::try_from(size - at).unwrap_or(CHUNK).min(CHUNK);
        let mut bytes = free.try_recv().unwrap_or_default();
        bytes.resize(length, 0);
        let whole = fill(&mut reader, &mut bytes, &mut sums).map_err(PutFailure::Source)?;
        if whole < length {
            return Err(PutFailure::Source(reader.other()));
        }
        reader.let_go();
        let last = at + length as u64 == size;
        if last {
            let grown = reader.read(&mut [0]).map_err(PutFailure::Source)? > 0;
            reader.finish().map_err(PutFailure::Source)?;
            if grown {
                return Err(PutFailure::Source(Problem::Changed));
            }
            let chunk = Chunk { at, bytes: bytes.freeze(), last: Some(sums) };
            let _ = sender.blocking_send(Ok(chunk));
            return Ok(());
        }
        if sender.blocking_send(Ok(Chunk { at, bytes: bytes.freeze(), last: None })).is_err() {
            return Ok(());
        }
        at += length as u64;
    }
}

/// Reads `length` bytes for the sums without retaining them.
fn pass(reader: &mut SourceReader, length: u64, sums: &mut Sums, watch: &dyn PutWatch) -> Result<(), PutFailure> {
    let mut left = length;
    let mut buffer = vec![0; PIECE];
    while left > 0 {
        if watch.stop() {
            return Err(PutFailure::Stopped);
        }
        let now = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let read = reader.read(&mut buffer[..now]).map_err(PutFailure::Source)?;
        if read == 0 {
            return Err(PutFailure::Source(reader.other()));
        }
        sums.take(&buffer[..read]);
        left -= read as u64;
        reader.let_go();
    }
    Ok(())
}

/// Reads until the buffer is full or the file ends; returns how much was read.
fn fill(reader: &mut SourceReader, buffer: &mut [u8], sums: &mut Sums) -> Result<usize, Problem> {
    let mut filled = 0;
    while filled < buffer.len() {
        // In pieces that fit into the second-level cache, where they are hashed and summed.
        let end = buffer.len().min(filled + PIECE);
        match reader.read(&mut buffer[filled..end])? {
            0 => break,
            length => {
                sums.take(&buffer[filled..filled + length]);
                filled += length;
            }
        }
    }
    Ok(filled)
}
