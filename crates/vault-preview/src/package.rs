//! The zip of a .docx or .odt, with limits on what its entries unpack to.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use crate::error::Stop;
use crate::limits;

/// A package, in memory.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Reads the list of entries.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Stop> {
        if claims_too_many_entries(bytes) {
            return Err(Stop::TooLarge);
        }
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| Stop::Broken("its package is damaged or incomplete"))?;
        Ok(Package { zip })
    }

    /// Reads an entry, within the limits; `None` if there is none of this name.
    ///
    /// The lengths in the package are only claims: the actual output counts. Exceeding a limit is an error of the
    /// reader, not its end, so that it cannot be taken for the whole.
    pub(crate) fn entry(&mut self, name: &str) -> Result<Option<impl BufRead>, Stop> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|_| Stop::Broken("a part of it can't be unpacked"))?;
        if entry.encrypted() {
            return Err(Stop::Broken("it is encrypted"));
        }
        let by_ratio = entry.compressed_size().saturating_mul(limits::UNPACKED_RATIO);
        let left = by_ratio.clamp(limits::UNPACKED_ALWAYS, limits::UNPACKED);
        Ok(Some(BufReader::new(Bounded { entry, left })))
    }
}

/// A zip with more entries than its end record can state needs a Zip64 end record, and the reader would allocate room
/// for as many as are claimed. No document has that many.
fn claims_too_many_entries(bytes: &[u8]) -> bool {
    let claims = |at: usize| {
        bytes.get(at + 32..at + 40).and_then(|entries| entries.try_into().ok()).map_or(0, u64::from_le_bytes)
    };
    memmem::find(bytes, b"PK\x06\x07").is_some()
        && memmem::find_iter(bytes, b"PK\x06\x06").any(|at| claims(at) > u64::from(u16::MAX))
}

/// A reader that fails once an entry exceeds its limit.
struct Bounded<R> {
    entry: R,
    left: u64,
}

/// The reader error for an entry that exceeds its limit.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks to too much")]
pub(crate) struct TooMuch;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.entry.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other(TooMuch))?;
        Ok(read)
    }
}

/// The meaning of a reader's error.
pub(crate) fn stopped_by(error: &io::Error) -> Stop {
    if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<TooMuch>) {
        Stop::TooLarge
    } else {
        Stop::Broken("a part of it is damaged")
    }
}
