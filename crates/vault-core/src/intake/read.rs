//! Fingerprinting on all cores. Each file is read once, unless this computer has read it before and it was not touched
//! since.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, Sender, select};
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;

use super::Problem;
use super::found::FoundFile;
use super::progress::IntakeProgress;
use super::source::{Fingerprinted, fingerprint};
use super::sys::{self, Kind, Stat};
use super::walk::Listed;
use crate::model::{FileHash, LastModified};
use crate::ports::{FileStamp, Fingerprint, Fingerprints, Reading};

/// The read size: fits into the second-level cache of a core.
pub(super) const BUFFER: usize = 256 * 1024;

/// The size, in bytes, from which a file is a job of its own, so that a batch with several does not keep one core busy
/// alone.
const LARGE: u64 = 4 * 1024 * 1024;

/// How many fingerprints are collected before they are written.
const REMEMBERED: usize = 4096;

/// The age, in nanoseconds, from which a change cannot have the same time as the next one. Two writes within one tick
/// of a file system's clock have the same time; the coarsest trusted clock ticks every 10 ms.
const SETTLED: i128 = 2_000_000_000;

/// What the workers share.
pub(super) struct Readers<'a> {
    pub(super) fingerprints: &'a Arc<dyn Fingerprints>,
    pub(super) progress: &'a IntakeProgress,
    pub(super) runtime: &'a Handle,
}

/// What one worker read.
#[derive(Debug, Default)]
pub(super) struct ReadFiles {
    pub(super) files: Vec<FoundFile>,
    pub(super) problems: Vec<(u32, Problem)>,
}

struct Worker<'a> {
    shared: &'a Readers<'a>,
    buffer: Vec<u8>,
    trusted: HashMap<u64, bool>,
    fresh: Vec<Fingerprint>,
    done: ReadFiles,
}

impl Readers<'_> {
    /// Works until there are neither batches nor large files left.
    pub(super) fn work(
        &self,
        batches: &Receiver<Vec<Listed>>,
        large: (Sender<Listed>, &Receiver<Listed>),
    ) -> ReadFiles {
        let (large_in, large_out) = large;
        let mut worker = Worker {
            shared: self,
            buffer: vec![0; BUFFER],
            trusted: HashMap::new(),
            fresh: Vec::new(),
            done: ReadFiles::default(),
        };
        loop {
            select! {
                recv(large_out) -> file => if let Ok(file) = file {
                    worker.read(&file);
                },
                recv(batches) -> batch => match batch {
                    Ok(batch) => worker.batch(batch, &large_in),
                    Err(_) => break,
                },
            }
        }
        drop(large_in);
        while let Ok(file) = large_out.recv() {
            worker.read(&file);
        }
        worker.remember();
        worker.done
    }
}

impl Worker<'_> {
    fn batch(&mut self, batch: Vec<Listed>, large: &Sender<Listed>) {
        let looked: Vec<_> = batch.iter().map(|file| self.look(file)).collect();
        let asked: Vec<_> = looked.iter().filter_map(|look| look.as_ref().ok()?.remembered_as).collect();
        let mut answers = self.recall(&asked).into_iter();
        for (file, look) in batch.into_iter().zip(looked) {
            if self.shared.progress.stopped() {
                return;
            }
            let look = match look {
                Ok(look) => look,
                Err(problem) => {
                    self.done.problems.push((file.entry, problem));
                    continue;
                }
            };
            let known = look.remembered_as.and_then(|_| answers.next().flatten());
            let Look { size, last_modified, .. } = look;
            self.shared.progress.add_sizes(size);
            match known {
                Some(hash) => self.found(&file, Reading { size, last_modified, hash }),
                None if size >= LARGE => drop(large.send(file)),
                None => self.read(&file),
            }
        }
    }

    fn look(&mut self, file: &Listed) -> Result<Look, Problem> {
        let path = file.path();
        let Stat { kind, stamp, last_modified, cloud_only } = sys::look(&path)?;
        match kind {
            _ if cloud_only => Err(Problem::CloudOnly),
            Kind::File => {
                let trusted =
                    *self.trusted.entry(stamp.device).or_insert_with(|| sys::keeps_change_times(&file.folder));
                let remembered_as = trusted.then(|| (path_key(file), stamp));
                Ok(Look { size: stamp.size, last_modified, remembered_as })
            }
            _ => Err(Problem::OtherKind),
        }
    }

    /// If the cache cannot be read, the files are read instead.
    fn recall(&self, asked: &[([u8; 16], FileStamp)]) -> Vec<Option<FileHash>> {
        if asked.is_empty() {
            return Vec::new();
        }
        let answer = self.shared.runtime.block_on(self.shared.fingerprints.recall(asked));
        answer.unwrap_or_else(|_| vec![None; asked.len()])
    }

    fn read(&mut self, file: &Listed) {
        if self.shared.progress.stopped() {
            return;
        }
        let begun = now_nanos();
        let progress = self.shared.progress;
        let mut seen = 0;
        let mut went_on = |bytes| {
            seen += bytes;
            progress.add_bytes_read(bytes);
            !progress.stopped()
        };
        match fingerprint(&file.path(), &mut self.buffer, &mut went_on) {
            Ok(None) => {}
            Ok(Some(Fingerprinted { reading, stamp })) => {
                let trusted = self.trusted.get(&stamp.device).copied().unwrap_or(false);
                let said = reading.size == stamp.size;
                // A drive that does not know the length reports no stamp that could detect a change of it.
                if said && trusted && stamp.changed.max(stamp.modified) + SETTLED < begun {
                    self.fresh.push(Fingerprint { path_key: path_key(file), stamp, hash: reading.hash });
                }
                if self.fresh.len() >= REMEMBERED {
                    self.remember();
                }
                progress.take_back_bytes_read(seen);
                progress.add_sizes(reading.size.saturating_sub(stamp.size));
                self.found(file, reading);
            }
            Err(problem) => {
                progress.take_back_bytes_read(seen);
                self.done.problems.push((file.entry, problem));
            }
        }
    }

    fn found(&mut self, file: &Listed, reading: Reading) {
        self.shared.progress.add_read(1, reading.size);
        self.done.files.push(FoundFile { entry: file.entry, reading });
    }

    fn remember(&mut self) {
        if !self.fresh.is_empty() {
            // As above: what is not remembered is read again next time.
            let kept = self.shared.runtime.block_on(self.shared.fingerprints.remember(&self.fresh));
            if let Err(error) = kept {
                tracing::debug!(files = self.fresh.len(), class = error.class(), "fingerprints are not kept");
            }
            self.fresh.clear();
        }
    }
}

struct Look {
    size: u64,
    last_modified: LastModified,
    /// The key to ask the cache for; `None` where its answer could not be trusted.
    remembered_as: Option<([u8; 16], FileStamp)>,
}

fn path_key(file: &Listed) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(file.folder.as_os_str().as_encoded_bytes());
    hasher.update(b"/");
    hasher.update(file.name.as_encoded_bytes());
    let hash: [u8; 32] = hasher.finalize().into();
    let mut key = [0; 16];
    key.copy_from_slice(&hash[..16]);
    key
}

fn now_nanos() -> i128 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
}
