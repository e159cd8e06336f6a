//! Verifying: is everything that the records promise there, and is it what was filed?

use std::collections::{BTreeMap, HashSet};
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use crate::model::{BlobRef, MatterId, MetadataHash, MetadataRecord, StoragePath};
use crate::ports::{Blobs, PortError};
use crate::progress::Progress;
use crate::restore::{Unverified, Verified};
use crate::vault::{Vault, VaultError};

/// Records and blobs asked for at once.
const PAGE: usize = 4096;

/// Read in pieces of this many bytes.
const BUFFER: usize = 256 * 1024;

/// Stored content that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it should lie.
    pub path: StoragePath,
    /// The names of the documents that need it.
    pub documents: Vec<String>,
}

/// Something stored that no record refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Where it lies.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Records looked at.
    pub records: u64,
    /// Distinct contents read and hashed.
    pub contents: u64,
    /// Their length in bytes.
    pub bytes: u64,
    /// Contents that are not there.
    pub missing: Vec<Fault>,
    /// Contents that are there, but not as they were filed.
    pub damaged: Vec<Fault>,
    /// What is there, but not needed by any record: left by a filing that was interrupted, or put there by hand. It
    /// harms nothing, and is used if the same content is filed again.
    pub orphaned: Vec<Orphan>,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
}

impl Verification {
    /// Whether every record's content is there as it was filed.
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.damaged.is_empty()
    }
}

impl Vault {
    /// Reads and hashes all stored content and holds it against the records.
    ///
    /// # Errors
    /// [`VaultError`] if the records or the storage cannot be read at all.
    pub async fn verify(&self, progress: Arc<Progress>) -> Result<Verification, VaultError> {
        let mut found = Verification::default();
        let mut seen: HashSet<[u8; 16]> = HashSet::new();
        let mut faults = Faults::default();
        let mut after: Option<(MatterId, MetadataHash)> = None;
        while !progress.stopped() {
            let from = after.as_ref().map(|(matter, hash)| (matter, *hash));
            let page = self.records.all_records(from, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.matter.clone(), last.metadata_hash));
            found.records += page.len() as u64;
            let fresh: Vec<BlobRef> = page
                .iter()
                .filter(|record| seen.insert(path_key(&record.storage_path.to_string())))
                .map(|record| BlobRef { path: record.storage_path.clone(), size: record.size })
                .collect();
            progress.expect(fresh.len() as u64, fresh.iter().map(|blob| blob.size).sum());
            found.contents += fresh.len() as u64;
            found.bytes += fresh.iter().map(|blob| blob.size).sum::<u64>();
            faults.add(self.check_all(fresh, &progress).await);
            faults.name(&page);
        }
        self.find_orphans(&seen, &progress, &mut found).await?;
        found.missing = Faults::list(faults.missing);
        found.damaged = Faults::list(faults.damaged);
        found.stopped = progress.stopped();
        Ok(found)
    }

    async fn check_all(&self, blobs: Vec<BlobRef>, progress: &Arc<Progress>) -> Vec<(StoragePath, Ended)> {
        let store = Arc::clone(&self.blobs);
        let progress = Arc::clone(progress);
        let runtime = Handle::current();
        let checking = tokio::task::spawn_blocking(move || on_all_cores(&*store, &blobs, &progress, &runtime));
        checking.await.expect("verifying does not panic")
    }

    async fn find_orphans(
        &self,
        seen: &HashSet<[u8; 16]>,
        progress: &Progress,
        found: &mut Verification,
    ) -> Result<(), PortError> {
        let mut after: Option<String> = None;
        while !progress.stopped() {
            let page = self.blobs.list(after.as_deref(), PAGE).await?;
            let Some(last) = page.last() else { break };
            let text = |path: &Result<StoragePath, String>| match path {
                Ok(path) => path.to_string(),
                Err(other) => other.clone(),
            };
            after = Some(text(&last.path));
            for blob in &page {
                let path = text(&blob.path);
                if !seen.contains(&path_key(&path)) {
                    found.orphaned.push(Orphan { path, size: blob.size });
                }
            }
        }
        Ok(())
    }
}

/// How checking one content ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Sound,
    Missing,
    Damaged,
}

/// Names of the documents that need each faulty content.
#[derive(Default)]
struct Faults {
    missing: BTreeMap<StoragePath, Vec<String>>,
    damaged: BTreeMap<StoragePath, Vec<String>>,
}

impl Faults {
    fn add(&mut self, ended: Vec<(StoragePath, Ended)>) {
        for (path, ended) in ended {
            match ended {
                Ended::Sound => {}
                Ended::Missing => drop(self.missing.insert(path, Vec::new())),
                Ended::Damaged => drop(self.damaged.insert(path, Vec::new())),
            }
        }
    }

    fn name(&mut self, records: &[MetadataRecord]) {
        if self.missing.is_empty() && self.damaged.is_empty() {
            return;
        }
        for record in records {
            for faults in [&mut self.missing, &mut self.damaged] {
                if let Some(names) = faults.get_mut(&record.storage_path) {
                    names.push(record.original_name.clone());
                }
            }
        }
    }

    fn list(faults: BTreeMap<StoragePath, Vec<String>>) -> Vec<Fault> {
        faults.into_iter().map(|(path, documents)| Fault { path, documents }).collect()
    }
}

fn path_key(path: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(path.as_bytes()).into();
    let mut key = [0; 16];
    key.copy_from_slice(&hash[..16]);
    key
}

fn on_all_cores(
    store: &dyn Blobs,
    blobs: &[BlobRef],
    progress: &Progress,
    runtime: &Handle,
) -> Vec<(StoragePath, Ended)> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let ended = Mutex::new(Vec::with_capacity(blobs.len()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, NonZero::get) {
            scope.spawn(|| {
                let mut buffer = vec![0; BUFFER];
                let mut mine = Vec::new();
                while let Some(blob) = blobs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    if progress.stopped() {
                        break;
                    }
                    mine.push((blob.path.clone(), check(store, blob, &mut buffer, progress, runtime)));
                    progress.add_files(1);
                }
                ended.lock().unwrap_or_else(PoisonError::into_inner).append(&mut mine);
            });
        }
    });
    ended.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn check(store: &dyn Blobs, blob: &BlobRef, buffer: &mut [u8], progress: &Progress, runtime: &Handle) -> Ended {
    let mut read_through = || -> Result<(), Unverified> {
        let opened = runtime.block_on(store.get(blob)).map_err(std::io::Error::other)?;
        let mut content = Verified::new(opened.ok_or(Unverified::Missing)?, blob.clone());
        loop {
            match content.read(buffer)? {
                0 => return content.finish(),
                length => progress.add_bytes(length as u64),
            }
            if progress.stopped() {
                return Ok(());
            }
        }
    };
    match read_through() {
        Ok(()) => Ended::Sound,
        Err(Unverified::Missing) => Ended::Missing,
        // Content that cannot be read is as good as damaged to whoever needs it.
        Err(Unverified::Damaged | Unverified::Io(_)) => Ended::Damaged,
    }
}
