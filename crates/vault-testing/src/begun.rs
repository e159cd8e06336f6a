//! For storage that wraps another one, and passes it smaller batches or something else.

use std::sync::Arc;

use async_trait::async_trait;
use vault_core::ports::{PortError, PutWatch, UploadSession};

/// Passes on the files that have started by their indices in the batch that the outer watch knows.
pub struct Begun {
    watch: Arc<dyn PutWatch>,
    indices: Vec<usize>,
}

impl Begun {
    /// The files at these indices of the batch have started.
    pub fn behind(watch: Arc<dyn PutWatch>, indices: Vec<usize>) -> Arc<Self> {
        Arc::new(Self { watch, indices })
    }
}

#[async_trait]
impl PutWatch for Begun {
    async fn begin(&self, indices: &[usize]) -> Result<Vec<bool>, PortError> {
        Ok(vec![true; indices.len()])
    }

    fn stored(&self, bytes: u64) {
        self.watch.stored(bytes);
    }

    fn file_stored(&self, index: usize) {
        self.watch.file_stored(self.indices[index]);
    }

    fn ended(&self, index: usize, durable: bool) {
        self.watch.ended(self.indices[index], durable);
    }

    fn stop(&self) -> bool {
        self.watch.stop()
    }

    fn session(&self, index: usize, session: &UploadSession) {
        self.watch.session(self.indices[index], session);
    }
}
