//! Reading the content of an upload, away from where the network is waited for.

use std::sync::{Arc, mpsc as blocking};

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;
use vault_core::intake::{Problem, Source, SourceReader};
use vault_core::ports::{PutFailure, PutWatch};

use super::super::sums::Sums;

/// Files up to this many bytes are read whole.
pub(super) const WHOLE: u64 = 8 << 20;

/// How much of a larger file is sent at a time: a multiple of 256 KiB, as the server wants it.
pub(super) const CHUNK: usize = 8 << 20;

/// Chunks of a file that are in memory: one is sent, one waits, and one is read.
pub(super) const CHUNKS_IN_MEMORY: u64 = 3;

/// How much is read at a time where it is not kept.
const PIECE: usize = 256 << 10;

/// A part of a file.
pub(super) struct Chunk {
    /// Where it begins.
    pub(super) at: u64,
    pub(super) bytes: Bytes,
    /// The checksum of the whole file, with the last part: it is given out only if all of the file is what it was.
    pub(super) last: Option<Sums>,
}

impl Chunk {
    pub(super) fn end(&self) -> u64 {
        self.at + self.bytes.len() as u64
    }
}

/// The parts of a file, as they are read.
pub(super) struct Chunks {
    incoming: mpsc::Receiver<Result<Chunk, PutFailure>>,
    used: blocking::Sender<BytesMut>,
}

impl Chunks {
    /// The next part; none after the last, or after a failure.
    pub(super) async fn next(&mut self) -> Option<Result<Chunk, PutFailure>> {
        self.incoming.recv().await
    }

    /// Takes a part back that is not needed any more: the memory is used again.
    pub(super) fn give_back(&self, chunk: Chunk) {
        if let Ok(buffer) = chunk.bytes.try_into_mut() {
            // Nobody reads any more once the last part is read.
            let _ = self.used.send(buffer);
        }
    }
}

/// Reads a file that is small enough.
pub(super) fn whole(source: &Source) -> Result<(Bytes, Sums), Problem> {
    let size = usize::try_from(source.expected.size).map_err(|_| Problem::Changed)?;
    let mut reader = source.open()?;
    let mut bytes = vec![0; size];
    // One byte more than there should be shows a file that grew.
    let mut sums = Sums::default();
    if fill(&mut reader, &mut bytes, &mut sums)? < size || reader.read(&mut [0])? > 0 {
        return Err(reader.other());
    }
    reader.finish()?;
    Ok((bytes.into(), sums))
}

/// Reads a file from `offset` on, in chunks; what stands before is read, too, because it counts.
pub(super) fn chunks(source: Source, offset: u64, watch: Arc<dyn PutWatch>) -> Chunks {
    let (sender, incoming) = mpsc::channel(1);
    let (used, free) = blocking::channel();
    tokio::task::spawn_blocking(move || {
        if let Err(failure) = read(&source, offset, &*watch, &sender, &free) {
            // Nobody takes it if the upload has ended otherwise.
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

/// Reads so many bytes without keeping them.
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

/// Reads until the buffer is full or the file is at its end; how much that was.
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
