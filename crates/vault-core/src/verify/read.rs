//! Reads and hashes contents, several in parallel.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use parking_lot::Mutex;
use tokio::runtime::Handle;

use crate::model::{BlobRef, StoragePath};
use crate::ports::{Blobs, PortError};
use crate::progress::Progress;
use crate::rate::Throttle;
use crate::restore::{Unverified, Verified, read_wherever};

/// The read size in bytes.
const BUFFER: usize = 256 * 1024;

/// The result of checking one content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Sound,
    Missing,
    Damaged,
}

/// Contents that are read together.
pub(super) struct Slice {
    pub(super) store: Arc<dyn Blobs>,
    pub(super) contents: Vec<BlobRef>,
    pub(super) progress: Arc<Progress>,
    pub(super) throttle: Throttle,
    pub(super) runtime: Handle,
}

/// Why checking a content did not complete.
enum Broken {
    Stopped,
    /// It affects all following contents.
    Vault(PortError),
}

impl Slice {
    /// Reads all contents; returns the completed results and, if the vault failed, why it stopped.
    pub(super) fn read(&self) -> (Vec<(StoragePath, Ended)>, Option<PortError>) {
        let next = AtomicUsize::new(0);
        let halt = OnceLock::new();
        let ended = Mutex::new(Vec::with_capacity(self.contents.len()));
        thread::scope(|scope| {
            for _ in 0..self.store.readers().min(self.contents.len()) {
                scope.spawn(|| {
                    let mut mine = self.one_after_the_other(&next, &halt);
                    ended.lock().append(&mut mine);
                });
            }
        });
        (ended.into_inner(), halt.into_inner())
    }

    fn one_after_the_other(&self, next: &AtomicUsize, halt: &OnceLock<PortError>) -> Vec<(StoragePath, Ended)> {
        let mut buffer = vec![0; BUFFER];
        let mut mine = Vec::new();
        while let Some(blob) = self.contents.get(next.fetch_add(1, Ordering::Relaxed)) {
            if self.progress.stopped() || halt.get().is_some() {
                break;
            }
            match self.check(blob, &mut buffer, halt) {
                Ok(ended) => mine.push((blob.path.clone(), ended)),
                Err(Broken::Stopped) => break,
                Err(Broken::Vault(error)) => {
                    let _ = halt.set(error);
                    break;
                }
            }
            self.progress.add_files(1);
        }
        mine
    }

    fn check(&self, blob: &BlobRef, buffer: &mut [u8], halt: &OnceLock<PortError>) -> Result<Ended, Broken> {
        let mut read_through = |mut content: Verified| -> Result<bool, Unverified> {
            loop {
                let length = match content.read(buffer)? {
                    0 => return content.finish().map(|()| true),
                    length => length as u64,
                };
                self.progress.add_bytes(length);
                self.throttle.pay(length, &self.progress);
                if self.progress.stopped() || halt.get().is_some() {
                    return Ok(false);
                }
            }
        };
        // Reads all bytes; none are kept.
        match read_wherever((&*self.store, &self.runtime), blob, u64::MAX, &mut read_through) {
            Ok(true) => Ok(Ended::Sound),
            Ok(false) => Err(Broken::Stopped),
            Err(Unverified::Missing) => Ok(Ended::Missing),
            // A failed request says nothing about the content.
            Err(Unverified::Vault(error)) if !error.is_damage() => Err(Broken::Vault(error)),
            // Unreadable content is as bad as damaged content.
            Err(Unverified::Damaged | Unverified::Vault(_) | Unverified::Unread(_) | Unverified::Io(_)) => {
                Ok(Ended::Damaged)
            }
        }
    }
}
