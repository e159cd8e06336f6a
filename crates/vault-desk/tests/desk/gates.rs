//! Ports of the real vault with a gate before them, so that a test decides when something is slow, full or broken.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::watch;
use vault_core::Vault;
use vault_core::model::BlobRef;
use vault_core::ports::{
    BlobReader, Blobs, FileStamp, Fingerprint, Fingerprints, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch,
};

/// A gate that is open until somebody shuts it.
pub(crate) struct Gate {
    open: watch::Sender<bool>,
    waiting: watch::Sender<usize>,
}

impl Gate {
    fn new() -> Arc<Self> {
        Arc::new(Self { open: watch::Sender::new(true), waiting: watch::Sender::new(0) })
    }

    pub(crate) fn shut(&self) {
        self.open.send_replace(false);
    }

    pub(crate) fn open(&self) {
        self.open.send_replace(true);
    }

    /// Waits until something stands before the gate.
    pub(crate) async fn reached(&self) {
        let mut waiting = self.waiting.subscribe();
        let reached = waiting.wait_for(|count| *count > 0);
        tokio::time::timeout(crate::scene::LIMIT, reached).await.expect("something comes to the gate").expect("a gate");
    }

    async fn pass(&self) {
        self.waiting.send_modify(|count| *count += 1);
        let mut open = self.open.subscribe();
        open.wait_for(|open| *open).await.expect("a gate");
        self.waiting.send_modify(|count| *count -= 1);
    }
}

/// The gates before a vault.
#[derive(Clone)]
pub(crate) struct Gates {
    /// Before files are read.
    pub(crate) reading: Arc<Gate>,
    /// Before content is stored.
    pub(crate) storing: Arc<Gate>,
    /// What storing fails with, as on a full disk.
    pub(crate) fault: Arc<Mutex<Option<PortError>>>,
    /// Whether storing panics.
    pub(crate) panics: Arc<Mutex<bool>>,
}

impl Gates {
    /// Puts gates before the ports of this vault.
    pub(crate) fn before(vault: &mut Vault) -> Self {
        let gates = Self { reading: Gate::new(), storing: Gate::new(), fault: Arc::default(), panics: Arc::default() };
        vault.blobs = Arc::new(Gated { behind: Arc::clone(&vault.blobs), gates: gates.clone() });
        vault.fingerprints = Arc::new(Gated { behind: Arc::clone(&vault.fingerprints), gates: gates.clone() });
        gates
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
        self.gates.storing.pass().await;
        assert!(!*self.gates.panics.lock().expect("a flag"), "a fault in the program");
        let fault = self.gates.fault.lock().expect("a fault").clone();
        match fault {
            Some(fault) => Ok(batch.iter().map(|_| Err(PutFailure::Vault(fault.clone()))).collect()),
            None => self.behind.put(batch, watch).await,
        }
    }

    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        self.gates.storing.pass().await;
        self.behind.get(blob).await
    }

    async fn list(&self, after: Option<&str>, limit: usize) -> Result<Vec<ListedBlob>, PortError> {
        self.behind.list(after, limit).await
    }
}

#[async_trait]
impl Fingerprints for Gated<dyn Fingerprints> {
    async fn recall(
        &self,
        files: &[([u8; 16], FileStamp)],
    ) -> Result<Vec<Option<vault_core::model::FileHash>>, PortError> {
        self.gates.reading.pass().await;
        self.behind.recall(files).await
    }

    async fn remember(&self, read: &[Fingerprint]) -> Result<(), PortError> {
        self.behind.remember(read).await
    }
}
