//! Reports about files while they are stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::filing::provisional_count::ProvisionalCount;
use crate::ports::{PortError, PutWatch, UploadSession};
use crate::progress::Progress;

/// A report from the storage.
pub(super) enum Said {
    /// These files are about to be sent.
    Begin(Asked),
    /// This file needs no more work; whether it is verified and durable.
    Ended(usize, bool),
    /// The upload of this file reached this point.
    Session(usize, UploadSession),
}

/// Files that ask to begin, and where to send the answer.
pub(super) struct Asked {
    pub(super) indices: Vec<usize>,
    answer: oneshot::Sender<Result<Vec<bool>, PortError>>,
}

impl Asked {
    pub(super) fn answer(self, begun: Result<Vec<bool>, PortError>) {
        // The receiver may have been stopped.
        let _ = self.answer.send(begun);
    }

    /// Answers that none of them may begin.
    pub(super) fn refuse(self) {
        let none = vec![false; self.indices.len()];
        self.answer(Ok(none));
    }
}

pub(super) struct Watch {
    progress: Arc<Progress>,
    counted: Arc<ProvisionalCount>,
    /// Whether recording failed, so that no more files may be sent.
    over: Arc<AtomicBool>,
    /// The receiver lives as long as filing does.
    said: UnboundedSender<Said>,
}

impl Watch {
    pub(super) fn new(
        progress: Arc<Progress>,
        counted: Arc<ProvisionalCount>,
        over: Arc<AtomicBool>,
        said: UnboundedSender<Said>,
    ) -> Self {
        Self { progress, counted, over, said }
    }
}

#[async_trait]
impl PutWatch for Watch {
    async fn begin(&self, indices: &[usize]) -> Result<Vec<bool>, PortError> {
        let (answer, begun) = oneshot::channel();
        let _ = self.said.send(Said::Begin(Asked { indices: indices.to_vec(), answer }));
        // There is no answer if filing has ended.
        begun.await.unwrap_or_else(|_| Ok(vec![false; indices.len()]))
    }

    fn stored(&self, bytes: u64) {
        self.progress.add_bytes(bytes);
    }

    fn file_stored(&self, _index: usize) {
        self.counted.add(1);
    }

    fn ended(&self, index: usize, durable: bool) {
        let _ = self.said.send(Said::Ended(index, durable));
    }

    fn stop(&self) -> bool {
        self.progress.stopped() || self.over.load(Ordering::SeqCst)
    }

    fn session(&self, index: usize, session: &UploadSession) {
        let _ = self.said.send(Said::Session(index, session.clone()));
    }
}
