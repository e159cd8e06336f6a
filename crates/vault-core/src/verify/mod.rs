//! Verification: is every recorded content stored, and is it what was filed?
//!
//! Records are processed in order, one *slice* at a time: several readers read and hash the contents of a slice in
//! parallel. Results count slice by slice, so that a verification that was stopped, or lost its connection, can
//! continue after the last complete one.

mod doubles;
mod faults;
mod read;

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use crate::model::{BlobRef, FileHash, MatterId, MetadataHash, MetadataRecord, StoragePath};
use crate::ports::PortError;
use crate::progress::Progress;
use crate::rate::Throttle;
use crate::vault::{Vault, VaultError};
pub use doubles::Double;
use doubles::Stored;
use faults::Faults;
use read::Slice;

/// How many records or blobs one query asks for.
const PAGE: usize = 4096;

/// The approximate number of contents in a slice.
const SLICE: usize = 256;

/// The approximate number of bytes in a slice: a stopped verification reads no more than that again.
const SLICE_BYTES: u64 = 256 << 20;

/// Stored content that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its expected path.
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

/// The last record whose content, like that of all records before it, is verified.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UpTo {
    /// The matter of the record.
    pub matter: MatterId,
    /// Which of its records.
    pub record: MetadataHash,
}

/// The result of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Records checked.
    pub records: u64,
    /// Distinct contents read and hashed.
    pub contents: u64,
    /// Their length in bytes.
    pub bytes: u64,
    /// Contents that are not stored.
    pub missing: Vec<Fault>,
    /// Contents that are stored, but differ from what was filed.
    pub damaged: Vec<Fault>,
    /// Stored objects with the content of no record: left by an interrupted filing, or put there by hand. They do no
    /// harm, and are used if the same content is filed again.
    pub orphaned: Vec<Orphan>,
    /// Contents that are stored more than once on the same side of a wall, according to the names of the objects. They
    /// do no harm, but take space. Copies at paths that no record has are not read. Empty if the verification was
    /// stopped.
    pub doubles: Vec<Double>,
    /// Whether it was stopped before it was done, by the user or by [`halt`](Self::halt).
    pub stopped: bool,
    /// Why it could not continue, if so.
    pub halt: Option<PortError>,
    /// How far it got; `None` before the first slice.
    pub up_to: Option<UpTo>,
}

impl Verification {
    /// Whether every record's content is stored as it was filed, as far as it was read.
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.damaged.is_empty()
    }
}

/// Options of a verification.
#[derive(Debug, Clone, Default)]
pub struct Checking {
    /// The reading speed limit.
    pub throttle: Throttle,
    /// Continues this verification and includes its results. Records that it covered are listed again, but no content
    /// is read again.
    pub earlier: Option<Verification>,
}

impl Vault {
    /// Reads and hashes all stored content and compares it with the records.
    ///
    /// # Errors
    /// [`VaultError`] if nothing can be read at all.
    pub async fn verify(&self, progress: Arc<Progress>) -> Result<Verification, VaultError> {
        self.verify_as(Checking::default(), progress).await
    }

    /// Like [`verify`](Self::verify), with options. If the storage becomes unreachable, the verification ends; the
    /// result says how far it got, and can be continued.
    ///
    /// # Errors
    /// As [`verify`](Self::verify).
    pub async fn verify_as(&self, how: Checking, progress: Arc<Progress>) -> Result<Verification, VaultError> {
        tracing::info!(continued = how.earlier.is_some(), "a check begins");
        let mut going = Going::from(how);
        let read = going.read_all(self, &progress).await;
        let ended = match read {
            Ok(()) => going.look_at_all(self, &progress).await,
            failed => failed,
        };
        going.found.halt = ended.err().or(going.found.halt);
        let found = going.finish(&progress);
        tracing::info!(
            contents = found.contents,
            missing = found.missing.len(),
            damaged = found.damaged.len(),
            stopped = found.stopped,
            halt = found.halt.as_ref().map_or("none", PortError::class),
            "a check ends"
        );
        match &found.halt {
            // There is no result but the error.
            Some(error) if found.up_to.is_none() && found.is_sound() => Err(error.clone().into()),
            _ => Ok(found),
        }
    }
}

/// A verification under way.
struct Going {
    found: Verification,
    faults: Faults,
    /// The paths that records have.
    seen: HashSet<[u8; 16]>,
    throttle: Throttle,
    /// Everything up to here was verified earlier.
    earlier: Option<UpTo>,
}

impl From<Checking> for Going {
    fn from(Checking { throttle, earlier }: Checking) -> Self {
        let mut found = earlier.unwrap_or_default();
        let faults = Faults::of(std::mem::take(&mut found.missing), std::mem::take(&mut found.damaged));
        // These objects may be needed by now, or be gone.
        found.orphaned.clear();
        found.doubles.clear();
        (found.stopped, found.halt) = (false, None);
        let earlier = found.up_to.clone();
        Self { found, faults, seen: HashSet::new(), throttle, earlier }
    }
}

impl Going {
    /// Reads the content of every record.
    async fn read_all(&mut self, vault: &Vault, progress: &Arc<Progress>) -> Result<(), PortError> {
        let mut after: Option<UpTo> = None;
        while !progress.stopped() && self.found.halt.is_none() {
            let from = after.as_ref().map(|UpTo { matter, record }| (matter, *record));
            let page = vault.records.all_records(from, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(place(last));
            let known = self.earlier.as_ref().map_or(0, |up_to| page.partition_point(|record| place(record) <= *up_to));
            let (known, fresh) = page.split_at(known);
            self.pass(known, progress);
            let slices = self.slices(fresh);
            let all = || slices.iter().flat_map(|(_, contents)| contents);
            progress.expect(all().count() as u64, all().map(|blob| blob.size).fold(0, u64::saturating_add));
            for (records, contents) in slices {
                self.read(vault, records, contents, progress).await;
                if progress.stopped() || self.found.halt.is_some() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Skips records that an earlier verification covered.
    fn pass(&mut self, records: &[MetadataRecord], progress: &Progress) {
        for record in records {
            if self.seen.insert(path_key(&record.storage_path.to_string())) {
                progress.expect(1, record.size);
                progress.add_files(1);
                progress.add_bytes(record.size);
            }
        }
    }

    /// Cuts records into slices, each with the contents that no earlier slice has.
    fn slices<'a>(&mut self, mut records: &'a [MetadataRecord]) -> Vec<(&'a [MetadataRecord], Vec<BlobRef>)> {
        let mut slices = Vec::new();
        while !records.is_empty() {
            let (mut contents, mut bytes, mut end) = (Vec::new(), 0, 0);
            while end < records.len() && contents.len() < SLICE && bytes < SLICE_BYTES {
                let MetadataRecord { storage_path: path, size, .. } = &records[end];
                if self.seen.insert(path_key(&path.to_string())) {
                    contents.push(BlobRef { path: path.clone(), size: *size });
                    bytes += size;
                }
                end += 1;
            }
            let (slice, rest) = records.split_at(end);
            slices.push((slice, contents));
            records = rest;
        }
        slices
    }

    /// Reads a slice, and counts it if it was read completely.
    async fn read(
        &mut self,
        vault: &Vault,
        records: &[MetadataRecord],
        contents: Vec<BlobRef>,
        progress: &Arc<Progress>,
    ) {
        let (count, bytes) =
            (contents.len() as u64, contents.iter().map(|blob| blob.size).fold(0, u64::saturating_add));
        let slice = Slice {
            store: Arc::clone(&vault.blobs),
            contents,
            progress: Arc::clone(progress),
            throttle: self.throttle.clone(),
            runtime: Handle::current(),
        };
        let reading = tokio::task::spawn_blocking(move || slice.read());
        let (ended, halt) = reading.await.expect("verifying does not panic");
        let whole = ended.len() as u64 == count && halt.is_none() && !progress.stopped();
        self.faults.add(ended);
        self.faults.name(records);
        self.found.halt = halt;
        if whole {
            self.found.records += records.len() as u64;
            self.found.contents += count;
            self.found.bytes += bytes;
            self.found.up_to = records.last().map(place);
        }
    }

    /// Lists all stored objects, to find those that no record needs, and those that are stored more than once.
    async fn look_at_all(&mut self, vault: &Vault, progress: &Progress) -> Result<(), PortError> {
        let mut after: Option<String> = None;
        let (mut stored, mut unneeded) = (Stored::default(), Vec::new());
        while !progress.stopped() && self.found.halt.is_none() {
            let page = vault.blobs.list(after.as_deref(), PAGE).await?;
            let Some(last) = page.last() else {
                self.found.doubles = stored.doubles(&*vault.mirror).await?;
                break;
            };
            let text = |path: &Result<StoragePath, String>| match path {
                Ok(path) => path.to_string(),
                Err(other) => other.clone(),
            };
            after = Some(text(&last.path));
            for blob in &page {
                if let Ok(path) = &blob.path {
                    stored.add(path, blob.size);
                }
                let path = text(&blob.path);
                if !self.seen.contains(&path_key(&path)) {
                    unneeded.push((blob.path.as_ref().ok().map(StoragePath::hash), Orphan { path, size: blob.size }));
                }
            }
        }
        self.found.orphaned = self.orphans(vault, unneeded).await?;
        Ok(())
    }

    /// The objects, among those at paths that no record has, that are not needed. An object with a record's hash in its
    /// name may be the only intact copy, if the record's own path holds nothing or something else.
    async fn orphans(
        &self,
        vault: &Vault,
        unneeded: Vec<(Option<FileHash>, Orphan)>,
    ) -> Result<Vec<Orphan>, PortError> {
        let contents: Vec<FileHash> = unneeded.iter().filter_map(|(content, _)| *content).collect();
        let known = vault.mirror.known(&contents).await?;
        let needed: HashSet<FileHash> = known.iter().map(|known| known.blob.hash()).collect();
        let orphans =
            unneeded.into_iter().filter(|(content, _)| content.is_none_or(|content| !needed.contains(&content)));
        Ok(orphans.map(|(_, orphan)| orphan).collect())
    }

    fn finish(mut self, progress: &Progress) -> Verification {
        (self.found.missing, self.found.damaged) = self.faults.lists();
        self.found.stopped = progress.stopped() || self.found.halt.is_some();
        self.found
    }
}

fn place(record: &MetadataRecord) -> UpTo {
    UpTo { matter: record.matter.clone(), record: record.metadata_hash }
}

fn path_key(path: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(path.as_bytes()).into();
    let mut key = [0; 16];
    key.copy_from_slice(&hash[..16]);
    key
}
