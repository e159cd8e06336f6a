//! Writes a file with holes in place of zeros: the same bytes, without using disk space.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// The unit in which zeros are searched: the page size of most file systems. Only holes of whole pages save space.
const PAGE: usize = 4096;

/// The shortest hole, in bytes. Ordinary documents are full of short runs of zeros; a hole for each would fragment
/// them, which makes reading slower and saves almost nothing.
const SHORTEST: usize = 64 * 1024;

static ZEROS: [u8; SHORTEST] = [0; SHORTEST];

/// The output of a [`SparseWriter`].
pub trait Sparse: Write + Seek {
    /// Extends the file to this length; the rest reads as zeros.
    ///
    /// # Errors
    /// As the system reports them.
    fn grow(&mut self, length: u64) -> io::Result<()>;
}

impl Sparse for File {
    fn grow(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// Writes a new file sequentially, and leaves out long runs of zeros where the file system supports holes.
#[derive(Debug)]
pub struct SparseWriter<F> {
    file: F,
    /// Bytes received, written or not.
    at: u64,
    /// Trailing zeros that are not written yet.
    zeros: u64,
    /// Whether the file system supports holes.
    holes: bool,
}

impl<F: Sparse> SparseWriter<F> {
    /// Writes to a new, empty file.
    pub const fn new(file: F) -> Self {
        Self { file, at: 0, zeros: 0, holes: true }
    }

    /// Writes the next bytes.
    ///
    /// # Errors
    /// As the system reports them.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let zeros = self.zeros_at_the_beginning(bytes);
            self.zeros += zeros as u64;
            self.at += zeros as u64;
            bytes = &bytes[zeros..];
            let data = self.until_a_hole_may_begin(bytes);
            if data > 0 {
                self.fill()?;
                self.file.write_all(&bytes[..data])?;
                self.at += data as u64;
                bytes = &bytes[data..];
            }
        }
        Ok(())
    }

    /// Writes what is pending and returns the complete file.
    ///
    /// # Errors
    /// As the system reports them.
    pub fn finish(mut self) -> io::Result<F> {
        self.fill()?;
        Ok(self.file)
    }

    /// The number of leading zeros in `bytes`, in whole pages of the file as far as these are available.
    fn zeros_at_the_beginning(&self, bytes: &[u8]) -> usize {
        let mut end = 0;
        while end < bytes.len() {
            let page = &bytes[end..bytes.len().min(end + self.left_of_page(end))];
            if !is_zero(page) {
                break;
            }
            end += page.len();
        }
        end
    }

    /// The number of bytes before a run of zeros that is long enough for a hole, or that may continue in the next
    /// bytes.
    fn until_a_hole_may_begin(&self, bytes: &[u8]) -> usize {
        let (mut end, mut zeros_from) = (0, None);
        while end < bytes.len() {
            let page = &bytes[end..bytes.len().min(end + self.left_of_page(end))];
            match (is_zero(page), zeros_from) {
                (true, None) => zeros_from = Some(end),
                (true, Some(from)) if end + page.len() - from >= SHORTEST => return from,
                (true, Some(_)) => {}
                (false, _) => zeros_from = None,
            }
            end += page.len();
        }
        zeros_from.unwrap_or(end)
    }

    /// The number of bytes to the end of the page that contains the byte at `offset`.
    const fn left_of_page(&self, offset: usize) -> usize {
        // An offset within a page fits any integer.
        #[allow(clippy::cast_possible_truncation)]
        let within = (self.at % PAGE as u64) as usize + offset;
        PAGE - within % PAGE
    }

    /// Skips the trailing zeros, or writes them.
    fn fill(&mut self) -> io::Result<()> {
        if self.zeros >= SHORTEST as u64 && self.holes {
            // Only zeros that the file system fills in count as a hole: some handle a write past the end of a file
            // differently, and some refuse it.
            if self.file.grow(self.at).is_ok() {
                self.file.seek(SeekFrom::Start(self.at))?;
                self.zeros = 0;
            } else {
                self.holes = false;
            }
        }
        while self.zeros > 0 {
            let length = usize::try_from(self.zeros).map_or(SHORTEST, |zeros| zeros.min(SHORTEST));
            self.file.write_all(&ZEROS[..length])?;
            self.zeros -= length as u64;
        }
        Ok(())
    }
}

fn is_zero(bytes: &[u8]) -> bool {
    // This compiles to a memory comparison, the fastest way; most pages differ in their first byte.
    bytes.first().is_none_or(|first| *first == 0) && bytes == &ZEROS[..bytes.len()]
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// A file system in memory that counts written bytes.
    struct Counted {
        file: Cursor<Vec<u8>>,
        written: u64,
        takes_holes: bool,
    }

    impl Write for Counted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.written += bytes.len() as u64;
            self.file.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Counted {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.file.seek(to)
        }
    }

    impl Sparse for Counted {
        fn grow(&mut self, length: u64) -> io::Result<()> {
            if !self.takes_holes {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            self.file.get_mut().resize(usize::try_from(length).expect("small"), 0);
            Ok(())
        }
    }

    fn written(content: &[u8], piece: usize, takes_holes: bool) -> (Vec<u8>, u64) {
        let mut writer = SparseWriter::new(Counted { file: Cursor::default(), written: 0, takes_holes });
        for piece in content.chunks(piece) {
            writer.write(piece).expect("write");
        }
        let Counted { file, written, .. } = writer.finish().expect("finish");
        (file.into_inner(), written)
    }

    #[test]
    fn only_long_runs_of_zeros_are_left_out() {
        let page = |byte: u8, pages: usize| vec![byte; pages * PAGE];
        for piece in [7, 1000, PAGE, 65536, 1 << 20] {
            for (content, data) in [
                (page(0, 100), 0),
                ([page(1, 1), page(0, 100), page(2, 1)].concat(), 2 * PAGE),
                ([page(0, 100), page(2, 1)].concat(), PAGE),
                ([page(1, 1), page(0, 15), page(2, 1)].concat(), 17 * PAGE),
            ] {
                let (file, written) = written(&content, piece, true);
                assert!(file == content, "other bytes, in pieces of {piece}");
                assert_eq!(written, data as u64, "in pieces of {piece}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_bytes_are_the_same_whatever_they_are(
            runs in proptest::collection::vec((0_u8..3, 1_usize..200_000), 0..6),
            piece in 1_usize..300_000,
            takes_holes: bool,
        ) {
            let content: Vec<u8> = runs.iter().flat_map(|(byte, length)| std::iter::repeat_n(*byte, *length)).collect();
            let (file, written) = written(&content, piece, takes_holes);
            prop_assert!(file == content);
            prop_assert!(written <= content.len() as u64);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_hole_takes_no_room_on_the_disk() {
        use std::os::unix::fs::MetadataExt;
        let file = tempfile::tempfile().expect("file");
        let mut writer = SparseWriter::new(file);
        writer.write(b"begins").expect("write");
        for _ in 0..64 {
            writer.write(&vec![0; 1 << 20]).expect("write");
        }
        writer.write(b"ends").expect("write");
        let metadata = writer.finish().expect("finish").metadata().expect("metadata");
        assert_eq!(metadata.len(), 10 + (64 << 20));
        assert!(metadata.blocks() * 512 < 1 << 20, "{} blocks", metadata.blocks());
    }
}
