//! Ports of the real vault with a gate before them, so that a test decides when something is slow, full or broken.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::watch;
use vault_core::model::{BlobRef, FileHash};
use vault_core::ports::{
    BlobReader, Blobs, FileStamp, Fingerprint, Fingerprints, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch,
};
use vault_core::{Vault, VaultParts};
use vault_testing::begun::Begun;

use crate::scene::LIMIT;
use crate::watched_queue::{QueueSignals, WatchedQueue};

/// Why content that is refused waits.
pub(crate) const STUCK: &str = "The storage does not take this file just now.";

/// A gate that is open until somebody shuts it.
pub(crate) struct Gate {
    /// How many may pass.
    open: watch::Sender<usize>,
    waiting: watch::Sender<usize>,
}

impl Gate {
    fn new() -> Arc<Self> {
        Arc::new(Self { open: watch::Sender::new(usize::MAX), waiting: watch::Sender::new(0) })
    }

    pub(crate) fn shut(&self) {
        self.open.send_replace(0);
    }

    pub(crate) fn open(&self) {
        self.open.send_replace(usize::MAX);
    }

    /// Lets so many pass a gate that is shut.
    pub(crate) fn let_through(&self, count: usize) {
        self.open.send_replace(count);
    }

    /// Waits until something stands before the gate.
    pub(crate) async fn reached(&self) {
        let mut waiting = self.waiting.subscribe();
        let reached = waiting.wait_for(|count| *count > 0);
        tokio::time::timeout(LIMIT, reached).await.expect("something comes to the gate").expect("a gate");
    }

    async fn pass(&self) {
        self.waiting.send_modify(|count| *count += 1);
        let mut open = self.open.subscribe();
        while !self.open.send_if_modified(pass_one) {
            open.wait_for(|open| *open > 0).await.expect("a gate");
        }
        self.waiting.send_modify(|count| *count -= 1);
    }
}

fn pass_one(open: &mut usize) -> bool {
    let passes = *open > 0;
    if passes && *open < usize::MAX {
        *open -= 1;
    }
    passes
}

/// The gates before a vault.
#[derive(Clone)]
pub(crate) struct Gates {
    /// Before files are read.
    pub(crate) reading: Arc<Gate>,
    /// Before content is stored.
    pub(crate) storing: Arc<Gate>,
    /// Before content is given out.
    pub(crate) giving: Arc<Gate>,
    /// What is read from the queue and written to it.
    pub(crate) queue: Arc<QueueSignals>,
    /// What storing fails with, as on a full disk.
    fault: Arc<Mutex<Option<PortError>>>,
    /// What of this content is not taken just now.
    stuck: Arc<Mutex<Option<FileHash>>>,
    /// Whether the next that is stored meets a fault in the program.
    panics: Arc<AtomicBool>,
    /// Who watches what is stored, or stands before the gate.
    watch: Arc<Mutex<Option<Arc<dyn PutWatch>>>>,
}

impl Gates {
    /// Puts gates before the ports of this vault.
    pub(crate) fn before(vault: &mut Vault) -> Self {
        let (fault, stuck, panics) = (Arc::default(), Arc::default(), Arc::default());
        let [reading, storing, giving] = [(); 3].map(|()| Gate::new());
        let queue = Arc::default();
        let gates = Self { reading, storing, giving, queue, fault, stuck, panics, watch: Arc::default() };
        let parts = vault.parts();
        let blobs = Arc::new(Gated { behind: Arc::clone(&parts.blobs), gates: gates.clone() });
        let fingerprints = Arc::new(Gated { behind: Arc::clone(&parts.fingerprints), gates: gates.clone() });
        let journal = WatchedQueue::before(Arc::clone(&parts.journal), Arc::clone(&gates.queue));
        *vault = Vault::new(VaultParts { blobs, fingerprints, journal, ..parts });
        gates
    }

    /// Opens all of them.
    pub(crate) fn open_all(&self) {
        self.reading.open();
        self.storing.open();
        self.giving.open();
    }

    /// Makes storing fail with this, or not any more.
    pub(crate) fn fail_with(&self, fault: Option<PortError>) {
        *self.fault.lock().expect("no panic") = fault;
    }

    /// Makes the storage take everything but this content.
    pub(crate) fn refuse(&self, content: Option<&[u8]>) {
        *self.stuck.lock().expect("no panic") = content.map(FileHash::of);
    }

    /// Waits until what stands before the gate to be stored is not wanted any more. Whoever stops it has read the reason
    /// in the queue just before.
    pub(crate) async fn stopped(&self) {
        let stopped = || self.watch.lock().expect("no panic").as_ref().is_some_and(|watch| watch.stop());
        self.queue.read_until(stopped).await;
    }

    /// Makes the next storing meet a fault in the program.
    pub(crate) fn panic_next(&self) {
        self.panics.store(true, Ordering::SeqCst);
    }
}

struct Gated<P: ?Sized> {
    gates: Gates,
    behind: Arc<P>,
}

#[async_trait]
impl Blobs for Gated<dyn Blobs> {
    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        self.behind.check(blobs).await
    }

    async fn put(&self, batch: Vec<Put>, watch: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        *self.gates.watch.lock().expect("no panic") = Some(Arc::clone(&watch));
        // What stands before the gate has begun.
        let begun = watch.begin(&(0..batch.len()).collect::<Vec<_>>()).await?;
        self.gates.storing.pass().await;
        assert!(!self.gates.panics.swap(false, Ordering::SeqCst), "a fault in the program, made by the test");
        let fault = self.gates.fault.lock().expect("no panic").clone();
        if let Some(fault) = fault {
            return Ok(batch.iter().map(|_| Err(PutFailure::Vault(fault.clone()))).collect());
        }
        let stuck = *self.gates.stuck.lock().expect("no panic");
        let mut stored: Vec<_> = batch.iter().map(|_| Err(PutFailure::Later(PortError::later(STUCK)))).collect();
        let (mut taken, mut indices) = (Vec::new(), Vec::new());
        for (at, put) in batch.into_iter().enumerate() {
            match (begun.get(at), Some(put.blob.hash()) == stuck) {
                (Some(true), false) => {
                    taken.push(put);
                    indices.push(at);
                }
                (Some(true), true) => {}
                _ => stored[at] = Err(PutFailure::Stopped),
            }
        }
        let results = self.behind.put(taken, Begun::behind(watch, indices.clone())).await?;
        indices.into_iter().zip(results).for_each(|(at, result)| stored[at] = result);
        Ok(stored)
    }

    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        self.gates.giving.pass().await;
        self.behind.get(blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError> {
        self.behind.list(after, limit).await
    }
}

#[async_trait]
impl Fingerprints for Gated<dyn Fingerprints> {
    async fn recall(&self, files: &[([u8; 16], FileStamp)]) -> Result<Vec<Option<FileHash>>, PortError> {
        self.gates.reading.pass().await;
        self.behind.recall(files).await
    }

    async fn remember(&self, read: &[Fingerprint]) -> Result<(), PortError> {
        self.behind.remember(read).await
    }
}
