//! MD5s of content, by content hash: compared with the server's MD5 of an existing object.
//!
//! An MD5 takes four times as long as a SHA-256, so it is computed only where the server has an object, and then
//! stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashlink::LruCache;
use md5::{Digest as _, Md5 as Md5Hasher};
use parking_lot::Mutex;
use tokio::sync::Semaphore;
use vault_core::intake::{Problem, Source};
use vault_core::model::{ContentMd5, FileHash};
use vault_core::ports::PutFailure;

use super::object::Md5;

/// Maximum number of stored MD5s; about ten megabytes.
const MOST: usize = 200_000;

/// Read size, chosen to fit into a core's second-level cache.
const PIECE: usize = 256 << 10;

/// Files read concurrently.
const AT_ONCE: usize = 4;

/// Returns whether to stop.
pub(super) type Stopped = Arc<dyn Fn() -> bool + Send + Sync>;

pub(super) struct Md5s {
    known: Mutex<LruCache<FileHash, Md5>>,
    computed: AtomicU64,
    reading: Semaphore,
}

impl Default for Md5s {
    fn default() -> Self {
        let known = Mutex::new(LruCache::new(MOST));
        Self { known, computed: AtomicU64::default(), reading: Semaphore::new(AT_ONCE) }
    }
}

impl Md5s {
    pub(super) fn get(&self, hash: FileHash) -> Option<Md5> {
        self.known.lock().get(&hash).copied()
    }

    /// Adds MD5s stored elsewhere, in the same order.
    pub(super) fn take(&self, contents: &[FileHash], kept: &[Option<ContentMd5>]) {
        for (content, md5) in contents.iter().zip(kept) {
            if let Some(ContentMd5(md5)) = md5 {
                self.keep(*content, *md5);
            }
        }
    }

    pub(super) fn keep(&self, hash: FileHash, md5: Md5) {
        self.known.lock().insert(hash, md5);
    }

    /// How many MD5s were computed from local files.
    pub(super) fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The MD5 of in-memory content with this hash.
    pub(super) fn of_bytes(&self, hash: FileHash, bytes: &[u8]) -> Md5 {
        self.computed.fetch_add(1, Ordering::Relaxed);
        let md5 = Md5Hasher::digest(bytes).into();
        self.keep(hash, md5);
        md5
    }

    /// The MD5 of a file, which is read as for an upload: with its SHA-256, and only if it is unchanged.
    pub(super) async fn of_file(&self, source: &Source, stopped: &Stopped) -> Result<Md5, PutFailure> {
        let hash = source.expected.hash;
        let _turn = self.reading.acquire().await.map_err(|_| PutFailure::Stopped)?;
        // If two files have the same content, the second is not read.
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
    async fn a_changed_file_has_no_cached_md5() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.pdf");
        fs::write(&path, b"the content").expect("write");
        let modified = LastModified::from_system(fs::metadata(&path).expect("metadata").modified().expect("time"));
        let expected = Reading { size: 11, last_modified: modified, hash: FileHash::of(b"the content") };
        let source = Source { path: path.clone(), expected };
        let (md5s, on): (Md5s, Stopped) = (Md5s::default(), Arc::new(|| false));
        assert_eq!(md5s.of_file(&source, &(Arc::new(|| true) as Stopped)).await, Err(PutFailure::Stopped));
        // Other bytes with the same length and modified time.
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
