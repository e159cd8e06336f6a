//! Reads a source file and checks that the bytes are the expected ones.
//!
//! Another program may write to a file while it is read. So a reading counts only if size, times and identity were the
//! same before the first byte and after the last. Bytes on their way to the vault are hashed again, because any program
//! can set a file's times back.
//!
//! Some drives do not know how long their files are: a mount of a cloud drive may report 0 for a document that it
//! generates when it is read. So a file is read to its end, whatever its reported length. One that delivers more is
//! filed as it was read, if two readings agree; one that delivers less is not, because it can't be known what is
//! missing.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::Problem;
use super::sys::{self, Kind, Stat};
use crate::model::{ContentHasher, FileHash};
use crate::ports::{FileStamp, Reading};

/// How often a changing file is read before it counts as a problem.
const READINGS: usize = 3;

/// The longest file that is read, in bytes: no storage takes a longer one. A file that reports more is not a document,
/// but for example the memory of the computer.
const LONGEST: u64 = 5 << 40;

/// How many bytes are read beyond the length that a file's drive reports: the file may be endless.
const BEYOND: u64 = 4 << 30;

/// A file as it was fingerprinted, to be read again for the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// The expected reading.
    pub expected: Reading,
}

/// A source file being read; [`finish`](Self::finish) checks whether the bytes were the expected ones.
#[derive(Debug)]
pub struct SourceReader {
    file: File,
    stamp: FileStamp,
    expected: Reading,
    hasher: ContentHasher,
    read: u64,
}

impl Source {
    /// Opens the file.
    ///
    /// # Errors
    /// [`Problem::Changed`] if its size or time differs from when it was fingerprinted; others as the system reports
    /// them.
    pub fn open(&self) -> Result<SourceReader, Problem> {
        let (file, stat) = open_regular(&self.path)?;
        // A file with a smaller reported size may deliver more, as it did when it was fingerprinted: reading it shows
        // that.
        if stat.stamp.size > self.expected.size || stat.last_modified != self.expected.last_modified {
            return Err(Problem::Changed);
        }
        let hasher = ContentHasher::default();
        Ok(SourceReader { file, stamp: stat.stamp, expected: self.expected, hasher, read: 0 })
    }
}

impl SourceReader {
    /// Reads the next bytes into `buffer`; 0 at the end.
    ///
    /// # Errors
    /// As [`other`](Self::other) as soon as the file is longer than expected; others as the system reports them.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Problem> {
        let length = read_once(&mut self.file, buffer)?;
        self.read += length as u64;
        if self.read > self.expected.size {
            return Err(self.other());
        }
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }

    /// Tells the system that the bytes read so far need not stay in its cache, so that a large upload does not evict
    /// everything else.
    pub fn let_go(&self) {
        sys::let_go(&self.file, self.read);
    }

    /// The problem when the bytes are not the expected ones: another program wrote to the file, or its drive delivers
    /// something else each time.
    pub fn other(&self) -> Problem {
        let said = self.stamp.size;
        if self.read > said && sys::stat(&self.file).is_ok_and(|now| now.stamp == self.stamp) {
            untrue(said, SOMETHING_ELSE)
        } else {
            Problem::Changed
        }
    }

    /// Checks whether all bytes read are the expected content.
    ///
    /// # Errors
    /// As [`other`](Self::other) if they are not: discard what was made of the bytes.
    pub fn finish(mut self) -> Result<(), Problem> {
        // The end is where reading returns nothing, whatever the reported length.
        let ended = read_once(&mut self.file, &mut [0])? == 0;
        let unchanged = ended && sys::stat(&self.file)?.stamp == self.stamp;
        let other = self.other();
        let whole = self.read == self.expected.size && self.hasher.finish() == self.expected.hash;
        if unchanged && whole { Ok(()) } else { Err(other) }
    }
}

/// A file as it was read.
pub(crate) struct Fingerprinted {
    pub(crate) reading: Reading,
    /// The stamp that the file system reported.
    pub(crate) stamp: FileStamp,
}

/// Reads and hashes a whole file; one that changes meanwhile, or whose drive does not know its length, is read again.
/// `went_on` gets the number of bytes as they are read and returns whether to continue; the result is `None` if it
/// returned `false`.
///
/// # Errors
/// [`Problem::Changed`] if it kept changing; [`Problem::SizeUntrue`] if it does not deliver what its drive reports;
/// others as the system reports them.
pub(crate) fn fingerprint(
    path: &Path,
    buffer: &mut [u8],
    went_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Option<Fingerprinted>, Problem> {
    let mut problem = Problem::Changed;
    // The last reading of a file that delivers more than its reported length.
    let mut longer: Option<Reading> = None;
    for _ in 0..READINGS {
        let (mut file, before) = open_regular(path)?;
        let Stat { stamp, last_modified, .. } = before;
        if stamp.size > LONGEST {
            return Err(untrue(stamp.size, "which is more than any document has"));
        }
        let (size, hash) = match read_to_end(&mut file, &stamp, buffer, went_on)? {
            Read::Whole { size, hash } if sys::stat(&file)?.stamp == stamp => (size, hash),
            Read::Whole { .. } | Read::Grew => {
                (problem, longer) = (Problem::Changed, None);
                continue;
            }
            Read::Endless => return Err(untrue(stamp.size, "but gives more and more, without an end")),
            Read::Stopped => return Ok(None),
        };
        let reading = Reading { size, last_modified, hash };
        match size.cmp(&stamp.size) {
            Ordering::Equal => return Ok(Some(Fingerprinted { reading, stamp })),
            Ordering::Greater if longer == Some(reading) => return Ok(Some(Fingerprinted { reading, stamp })),
            Ordering::Greater => {
                problem = untrue(stamp.size, SOMETHING_ELSE);
                longer = Some(reading);
            }
            Ordering::Less => {
                problem = untrue(stamp.size, &format!("but gives only {}", bytes(size)));
                longer = None;
            }
        }
    }
    Err(problem)
}

/// A file that is not as long as its drive reports, and differs each time.
const SOMETHING_ELSE: &str = "but gives more, and something else each time it is read";

/// The problem of a file whose drive reports a wrong length.
fn untrue(said: u64, but: &str) -> Problem {
    Problem::SizeUntrue(format!("The drive says that it has {}, {but}.", bytes(said)))
}

fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

/// The result of reading a file once.
enum Read {
    Whole {
        size: u64,
        hash: FileHash,
    },
    /// Another program wrote to it meanwhile.
    Grew,
    /// It keeps delivering bytes.
    Endless,
    Stopped,
}

/// Hashes everything up to the end of a file that had this stamp.
fn read_to_end(
    file: &mut File,
    stamp: &FileStamp,
    buffer: &mut [u8],
    went_on: &mut dyn FnMut(u64) -> bool,
) -> io::Result<Read> {
    let (mut size, mut hasher) = (0, ContentHasher::default());
    loop {
        let length = read_once(file, buffer)?;
        if length == 0 {
            return Ok(Read::Whole { size, hash: hasher.finish() });
        }
        size += length as u64;
        if size > stamp.size {
            // A file that another program keeps writing to has no end either.
            if sys::stat(file)?.stamp != *stamp {
                return Ok(Read::Grew);
            }
            if size - stamp.size > BEYOND {
                return Ok(Read::Endless);
            }
        }
        hasher.update(&buffer[..length]);
        if !went_on(length as u64) {
            return Ok(Read::Stopped);
        }
    }
}

fn read_once(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn open_regular(path: &Path) -> Result<(File, Stat), Problem> {
    let file = sys::open(path)?;
    let stat = sys::stat(&file)?;
    match stat.kind {
        _ if stat.cloud_only => Err(Problem::CloudOnly),
        Kind::File => Ok((file, stat)),
        _ => Err(Problem::OtherKind),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read_whole(path: &Path, went_on: &mut dyn FnMut(u64) -> bool) -> Result<Option<Fingerprinted>, Problem> {
        fingerprint(path, &mut [0; 7], went_on)
    }

    fn source(content: &[u8]) -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.pdf");
        fs::write(&path, content).expect("write");
        let whole = read_whole(&path, &mut |_| true).expect("fingerprint");
        let expected = whole.expect("never told to stop").reading;
        assert_eq!(expected.hash, FileHash::of(content));
        (folder, Source { path, expected })
    }

    fn read_all(source: &Source) -> Result<Vec<u8>, Problem> {
        let mut reader = source.open()?;
        let mut all = Vec::new();
        let mut buffer = [0; 16];
        loop {
            match reader.read(&mut buffer)? {
                0 => break,
                length => all.extend_from_slice(&buffer[..length]),
            }
        }
        reader.finish().map(|()| all)
    }

    #[test]
    fn an_unchanged_file_reads_as_promised() {
        for content in [&b""[..], b"x", &[7; 100]] {
            let (_folder, source) = source(content);
            assert_eq!(read_all(&source).as_deref(), Ok(content));
        }
    }

    #[test]
    fn new_bytes_under_the_old_size_and_time_are_noticed() {
        let (_folder, source) = source(b"the first text");
        let time = fs::metadata(&source.path).expect("metadata").modified().expect("time");
        fs::write(&source.path, b"another text!!").expect("write");
        File::options().write(true).open(&source.path).expect("open").set_modified(time).expect("touch");
        assert_eq!(read_all(&source), Err(Problem::Changed));
    }

    #[test]
    fn a_file_that_grew_shrank_or_went_is_noticed() {
        let (_folder, source) = source(b"the first text");
        fs::write(&source.path, b"short").expect("write");
        assert_eq!(read_all(&source), Err(Problem::Changed));
        fs::remove_file(&source.path).expect("remove");
        assert_eq!(read_all(&source), Err(Problem::Vanished));
        fs::create_dir(&source.path).expect("create");
        assert_eq!(read_all(&source), Err(Problem::OtherKind));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_truncated_while_it_is_read_is_never_finished() {
        let (_folder, source) = source(&[7; 100]);
        let mut reader = source.open().expect("open");
        reader.read(&mut [0; 16]).expect("read");
        File::options().write(true).open(&source.path).expect("open").set_len(20).expect("truncate");
        let mut buffer = [0; 64];
        while reader.read(&mut buffer).expect("read") > 0 {}
        assert_eq!(reader.finish(), Err(Problem::Changed));
    }

    /// Files in `/proc` report length 0, like those of some cloud drives.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_gives_more_than_its_drive_says_is_filed_as_it_is_read() {
        let path = PathBuf::from("/proc/version");
        let content = fs::read(&path).expect("a Linux");
        assert_eq!(fs::metadata(&path).expect("metadata").len(), 0);
        let read = read_whole(&path, &mut |_| true).expect("a document").expect("never told to stop");
        let expected = read.reading;
        assert_eq!((expected.size, expected.hash), (content.len() as u64, FileHash::of(&content)));
        let source = Source { path, expected };
        assert_eq!(read_all(&source).as_deref(), Ok(&content[..]));
        // The length is compared with what was read, not with what is reported.
        for size in [content.len() - 1, content.len() + 1] {
            let expected = Reading { size: size as u64, ..source.expected };
            let other = Source { expected, ..source.clone() };
            let problem = read_all(&other).expect_err("not what was read");
            assert_eq!(problem.code(), "size-untrue", "{size}: {problem}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_gives_less_than_its_drive_says_or_something_else_each_time_is_named_with_the_reason() {
        let problem = |path: &str| read_whole(Path::new(path), &mut |_| true).map(|_| ()).expect_err(path).to_string();
        // Every attribute in `/sys` reports the length of a page.
        let less = problem("/sys/class/net/lo/mtu");
        assert!(less.starts_with("The drive says that it has 4096 bytes, but gives only "), "{less}");
        assert!(!less.contains("Close the program"), "{less}");
        let other = problem("/proc/sys/kernel/random/uuid");
        assert!(other.starts_with("The drive says that it has 0 bytes, but gives more, and something else"), "{other}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_has_no_end_and_what_no_drive_holds_is_not_read_for_ever() {
        // The page map of a process: 8 bytes for each page of its address space, hundreds of gigabytes.
        let mut read = 0;
        let mut went_on = |bytes| {
            read += bytes;
            read < 1 << 20
        };
        let stopped = fingerprint(Path::new("/proc/self/pagemap"), &mut vec![0; 1 << 16], &mut went_on);
        assert!(matches!(stopped, Ok(None)), "told to stop");
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("memory");
        // Some file systems hold no such file.
        if File::create(&path).and_then(|file| file.set_len(LONGEST + 1)).is_ok() {
            let problem = read_whole(&path, &mut |_| true).map(|_| ()).expect_err("longer than any document");
            assert_eq!(problem.code(), "size-untrue");
        }
    }

    /// Whether the first bytes are in the system's cache; `None` where the file system can't report it, or holds
    /// everything in memory.
    #[cfg(target_os = "linux")]
    fn is_in_memory(file: &File) -> Option<bool> {
        use rustix::io::{Errno, ReadWriteFlags, preadv2};
        const TMPFS: i128 = 0x0102_1994;
        if i128::from(rustix::fs::fstatfs(file).expect("statfs").f_type) == TMPFS {
            return None;
        }
        let mut bytes = [0; 16];
        match preadv2(file, &mut [io::IoSliceMut::new(&mut bytes)], 0, ReadWriteFlags::NOWAIT) {
            Ok(_) => Some(true),
            Err(Errno::AGAIN) => Some(false),
            Err(_) => None,
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_was_let_go_is_not_kept_in_memory() {
        let (_folder, source) = source(&vec![7; 4 << 20]);
        // Dirty pages can't be evicted.
        File::open(&source.path).and_then(|file| file.sync_all()).expect("sync");
        let mut reader = source.open().expect("open");
        let mut buffer = vec![0; 1 << 20];
        while reader.read(&mut buffer).expect("read") > 0 {}
        let Some(true) = is_in_memory(&reader.file) else { return };
        reader.let_go();
        assert_eq!(is_in_memory(&reader.file), Some(false));
        assert_eq!(reader.finish(), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_file_is_not_followed() {
        let (folder, source) = source(b"text");
        let other = folder.path().join("other");
        fs::rename(&source.path, &other).expect("rename");
        std::os::unix::fs::symlink(&other, &source.path).expect("link");
        assert_eq!(read_all(&source), Err(Problem::OtherKind));
    }
}
