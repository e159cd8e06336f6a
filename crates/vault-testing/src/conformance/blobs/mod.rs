//! The contract of [`Blobs`].

mod listing;
mod storing;
mod tampering;

pub use listing::*;
pub use storing::*;
pub use tampering::*;

use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use vault_core::intake::{Problem, Source};
use vault_core::model::{BlobRef, FileHash, LastModified, MatterId, StoragePath, TeamId};
use vault_core::ports::{Blobs, Presence, Put, PutFailure, PutWatch, Reading, UploadSession};

use super::Keep;

/// Changes the storage behind the implementation's back: puts these bytes at a path, in place of whatever
/// is there, or removes what is there.
pub type Tamper = Box<dyn Fn(&str, Option<&[u8]>) + Send + Sync>;

/// An implementation under test that has stored nothing yet.
pub struct Subject {
    /// The implementation.
    pub blobs: Arc<dyn Blobs>,
    /// The same team's storage, as another program has it open.
    pub again: Arc<dyn Blobs>,
    /// The team whose storage it is.
    pub team: TeamId,
    /// How an administrator, or a broken disk, would change the storage.
    pub tamper: Tamper,
    /// Whether only an administrator can remove a file that occupies the path of content. Then it cannot be set
    /// aside, and storing the content is refused until the administrator removes it.
    pub immutable: bool,
    /// Keeps the folder or server of the implementation alive.
    pub keep: Keep,
}

/// Files to store, in a folder of their own.
struct Files {
    folder: tempfile::TempDir,
    team: TeamId,
}

impl Subject {
    fn files(&self) -> Files {
        Files { folder: tempfile::tempdir().expect("folder"), team: self.team.clone() }
    }

    async fn put(&self, puts: &[Put]) -> Vec<Result<(), PutFailure>> {
        self.blobs.put(puts.to_vec(), Arc::new(Watch::default())).await.expect("put")
    }

    /// Stores content whose path is occupied by something else.
    async fn heal(&self, put: &Put) {
        let place = put.blob.path.to_string();
        if self.immutable {
            let answers = self.put(std::slice::from_ref(put)).await;
            let refused = matches!(&answers[..], [Err(PutFailure::Source(Problem::Refused(_)))]);
            assert!(refused, "something else is at {place}, but: {answers:?}");
            let still = self.blobs.check(std::slice::from_ref(&put.blob)).await;
            assert_eq!(still, Ok(vec![Presence::Different]));
            (self.tamper)(&place, None);
        }
        assert_eq!(self.put(std::slice::from_ref(put)).await, [Ok(())]);
    }

    async fn read(&self, blob: &BlobRef) -> Option<Vec<u8>> {
        let reader = self.blobs.get(blob).await.expect("get")?;
        // Readers may block.
        let bytes = tokio::task::spawn_blocking(move || {
            let mut reader = reader;
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes).expect("read");
            bytes
        });
        Some(bytes.await.expect("read"))
    }
}

impl Files {
    /// Writes a file and promises its content.
    fn file(&self, name: &str, content: &[u8]) -> Put {
        self.file_to(&MatterId::general(), name, content)
    }

    fn file_to(&self, matter: &MatterId, name: &str, content: &[u8]) -> Put {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("write");
        let hash = FileHash::of(content);
        let size = content.len() as u64;
        let expected = Reading { size, last_modified: modified(&path), hash };
        let blob = BlobRef { path: StoragePath::new(&self.team, matter, hash, name), size };
        Put { blob, source: Source { path, expected }, resume: None, begun: false }
    }

    /// Changes the content of a file without changing its size or times.
    fn change(put: &Put) {
        let file = std::fs::File::options().write(true).open(&put.source.path).expect("open");
        let time = file.metadata().and_then(|metadata| metadata.modified()).expect("time");
        let content = vec![b'#'; usize::try_from(put.blob.size).expect("small")];
        std::fs::write(&put.source.path, content).expect("write");
        file.set_modified(time).expect("time");
    }
}

fn modified(path: &Path) -> LastModified {
    LastModified::from_system(path.metadata().and_then(|metadata| metadata.modified()).expect("time"))
}

/// Pseudo-random bytes that no other seed gives.
fn noise(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// Counts what is stored, and requests a stop when enough is.
#[derive(Default)]
struct Watch {
    stored: AtomicU64,
    files: Mutex<Vec<usize>>,
    stop_at: Option<u64>,
    asked: AtomicBool,
}

impl PutWatch for Watch {
    fn stored(&self, bytes: u64) {
        self.stored.fetch_add(bytes, Ordering::SeqCst);
    }

    fn file_stored(&self, index: usize) {
        self.files.lock().expect("no panic").push(index);
    }

    fn stop(&self) -> bool {
        let stop = self.stop_at.is_some_and(|enough| self.stored.load(Ordering::SeqCst) >= enough);
        self.asked.fetch_or(stop, Ordering::SeqCst);
        stop
    }

    fn session(&self, _index: usize, _session: &UploadSession) {}
}

/// Generates tests of one implementation from the suite; `$open` is an `async fn() -> Subject`.
#[macro_export]
macro_rules! blobs_conformance {
    ($open:path) => {
        $crate::conformance_tests!(
            $open, blobs:
            content_is_read_as_it_was_written,
            existing_content_counts_as_stored,
            a_source_that_changed_stores_nothing,
            an_unreadable_source_blocks_no_other,
            progress_counts_what_is_stored,
            progress_reports_each_stored_file,
            a_stop_leaves_nothing_incomplete,
            two_writers_of_the_same_content_store_it_once,
            junk_in_place_of_content_is_not_content,
            damage_is_found_and_repaired,
            deleted_content_is_missing,
            a_listing_contains_everything_once,
            a_listing_names_foreign_files,
        );
    };
}
