//! The MD5 of content, by its hash: what the server must say of an object that was there before.
//!
//! It costs four times what a SHA-256 does, so it is computed only where the server has an object, and kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use md5::{Digest as _, Md5 as Md5Hasher};
use tokio::sync::Semaphore;
use vault_core::intake::{Problem, Source};
use vault_core::model::{ContentMd5, FileHash};
use vault_core::ports::PutFailure;

use super::object::Md5;

/// More than are asked for again; about ten megabytes.
const MOST: usize = 200_000;

/// Read in pieces that fit into the second-level cache of a core.
const PIECE: usize = 256 << 10;

/// Files that are read at once.
const AT_ONCE: usize = 4;

/// Says whether to stop.
pub(super) type Stopped = Arc<dyn Fn() -> bool + Send + Sync>;

pub(super) struct Md5s {
    known: Mutex<HashMap<FileHash, Md5>>,
    computed: AtomicU64,
    reading: Semaphore,
}

impl Default for Md5s {
    fn default() -> Self {
        Self { known: Mutex::default(), computed: AtomicU64::default(), reading: Semaphore::new(AT_ONCE) }
    }
}

impl Md5s {
    pub(super) fn get(&self, hash: FileHash) -> Option<Md5> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&hash).copied()
    }

    /// Takes those that are kept elsewhere, in the same order.
    pub(super) fn take(&self, contents: &[FileHash], kept: &[Option<ContentMd5>]) {
        for (content, md5) in contents.iter().zip(kept) {
            if let Some(ContentMd5(md5)) = md5 {
                self.keep(*content, *md5);
            }
        }
    }

    pub(super) fn keep(&self, hash: FileHash, md5: Md5) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(hash, md5);
    }

    /// How many were computed of what was read on this computer.
    pub(super) fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// That of content which is in memory and has this hash.
    pub(super) fn of_bytes(&self, hash: FileHash, bytes: &[u8]) -> Md5 {
        self.computed.fetch_add(1, Ordering::Relaxed);
        let md5 = Md5Hasher::digest(bytes).into();
        self.keep(hash, md5);
        md5
    }

    /// That of a file, which is read for it as for an upload: with its SHA-256, and only if it is what it was.
    pub(super) async fn of_file(&self, source: &Source, stopped: &Stopped) -> Result<Md5, PutFailure> {
        let hash = source.expected.hash;
        let _turn = self.reading.acquire().await.map_err(|_| PutFailure::Stopped)?;
        // Of two files with the same content the second need not be read.
        if let Some(known) = self.get(hash) {
            return Ok(known);
        }
        self.computed.fetch_add(1, Ordering::Relaxed);
        let (source, stopped) = (source.clone(), Arc::clone(stopped));
        let read = tokio::task::spawn_blocking(move || read(&source, &*stopped)).await;
        let md5 = read.unwrap_or(Err(PutFailure::Source(Problem::Changed)))?;
        self.keep(hash, md5);
        Ok(md5)
    }
}

fn read(source: &Source, stopped: &dyn Fn() -> bool) -> Result<Md5, PutFailure> {
    let mut reader = source.open().map_err(PutFailure::Source)?;
    let (mut md5, mut buffer) = (Md5Hasher::new(), vec![0; PIECE]);
    loop {
        if stopped() {
            return Err(PutFailure::Stopped);
        }
        match reader.read(&mut buffer).map_err(PutFailure::Source)? {
            0 => break,
            length => md5.update(&buffer[..length]),
        }
        reader.let_go();
    }
    // It has hashed the same bytes.
    reader.finish().map_err(PutFailure::Source)?;
    Ok(md5.finalize().into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use vault_core::model::LastModified;
    use vault_core::ports::Reading;

    use super::*;

    #[tokio::test]
    async fn a_file_that_is_not_what_it_was_has_none() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.pdf");
        fs::write(&path, b"the content").expect("write");
        let modified = LastModified::from_system(fs::metadata(&path).expect("metadata").modified().expect("time"));
        let expected = Reading { size: 11, last_modified: modified, hash: FileHash::of(b"the content") };
        let source = Source { path: path.clone(), expected };
        let (md5s, on): (Md5s, Stopped) = (Md5s::default(), Arc::new(|| false));
        assert_eq!(md5s.of_file(&source, &(Arc::new(|| true) as Stopped)).await, Err(PutFailure::Stopped));
        // Other bytes under the same length and time.
        fs::write(&path, b"not content").expect("write");
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(modified.to_system().expect("time")))
            .expect("touch");
        assert_eq!(md5s.of_file(&source, &on).await, Err(PutFailure::Source(Problem::Changed)));
        assert_eq!((md5s.get(expected.hash), md5s.computed()), (None, 2));
        fs::write(&path, b"the content").expect("write");
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(modified.to_system().expect("time")))
            .expect("touch");
        let right: Md5 = Md5Hasher::digest(b"the content").into();
        for _ in 0..2 {
            assert_eq!(md5s.of_file(&source, &on).await, Ok(right));
        }
        assert_eq!(md5s.computed(), 3, "it is kept");
    }
}
