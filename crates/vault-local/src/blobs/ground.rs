//! The vault's folder of content.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vault_core::model::{StoragePath, TeamId};
use vault_core::ports::Clock;

use super::sys;
use crate::db::Result;
use crate::folder::{Folder, cannot};

/// The vault's folder, for working with its files.
pub(super) struct Ground {
    pub(super) folder: Folder,
    pub(super) team: TeamId,
    pub(super) clock: Arc<dyn Clock>,
}

impl Ground {
    pub(super) fn new(folder: Folder, team: TeamId, clock: Arc<dyn Clock>) -> Self {
        Self { folder, team, clock }
    }

    /// The path of a blob; the parts of a storage path cannot lead out of the folder.
    pub(super) fn path(&self, blob: &StoragePath) -> PathBuf {
        self.folder.root.join(blob.to_string())
    }

    /// Refuses content of `size` bytes, to be read from `source`, that would leave too little room for the database
    /// entries about it: without them the stored content is unusable.
    pub(super) fn room_for(&self, size: u64, source: &Path) -> Result<()> {
        // If the file system does not report its free space, writing will fail when it is full.
        let available = fs4::available_space(&self.folder.root).unwrap_or(u64::MAX);
        let fits = |room: u64| available >= room.saturating_add(RESERVE);
        // Holes of a sparse file take no room here either.
        if fits(size) || sys::takes(source).is_some_and(|takes| takes < size && fits(takes)) {
            return Ok(());
        }
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        Err(cannot("store a file in", &self.folder.root, &full))
    }
}

/// Distributes work on `count` items among the processors: each thread takes the next items until none are left, and
/// the results are returned in order. The results of a failed thread are absent.
pub(super) fn share<T: Send>(count: usize, work: impl Fn(usize, &mut Vec<u8>) -> T + Sync) -> Vec<Option<T>> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(count.div_ceil(SHARE));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        let mut made = Vec::new();
        let mut buffer = vec![0; BUFFER];
        loop {
            let first = next.fetch_add(SHARE, std::sync::atomic::Ordering::Relaxed);
            if first >= count {
                return made;
            }
            for at in first..(first + SHARE).min(count) {
                made.push((at, work(at, &mut buffer)));
            }
        }
    };
    let mut all: Vec<Option<T>> = std::iter::repeat_with(|| None).take(count).collect();
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        for (at, one) in run() {
            all[at] = Some(one);
        }
        for (at, one) in others.into_iter().filter_map(|thread| thread.join().ok()).flatten() {
            all[at] = Some(one);
        }
    });
    all
}

/// Reserved for the databases, in bytes: the records of one batch in each of them, and their logs.
const RESERVE: u64 = 4 << 20;

/// How many items a thread takes at once: large files must be distributed, and small ones must not contend for the
/// counter.
const SHARE: usize = 4;

/// Buffer size. A small file is one read and one write.
const BUFFER: usize = 1 << 20;
