//! Copies files that were never filed from where they were dropped to a folder: with their folders, names and times,
//! like a restore from the vault.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use super::names::Flavor;
use super::plan::plan;
use super::run::{RestoreProblem, Restored, write_located};
use super::scope::Located;
use super::trees::Received;
use crate::intake::{Problem, Source, SourceReader, modified_now, read_again};
use crate::model::{BlobRef, FileHash, StoragePath};
use crate::ports::{BlobReader, Blobs, ListedBlob, PortError, Presence, Put, PutFailure, PutWatch};
use crate::progress::Progress;
use crate::queue::{AtSource, NewItem, Reading, Unfiled, UnfiledFile};
use crate::restore::Origin;
use crate::vault::{Vault, VaultError};

/// Where each content is on this computer.
#[derive(Default)]
struct Originals(BTreeMap<FileHash, Vec<(PathBuf, Reading)>>);

impl Vault {
    /// Copies unfiled files into `destination`, with their names, folders and times. Nothing is overwritten, and every
    /// byte is compared with what was dropped. A file that could not be read when it was dropped is copied as it is
    /// now. Sends no request.
    ///
    /// # Errors
    /// As [`restore`](Self::restore). A file that has changed or is gone is listed in [`Restored::problems`].
    pub async fn copy_unfiled(
        &self,
        unfiled: Vec<Unfiled>,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        let (mut originals, mut received, mut problems) = (Originals::default(), Vec::new(), Vec::new());
        for Unfiled { drop, files, folders } in unfiled {
            let reading = tokio::task::spawn_blocking(move || Ready::of(files));
            let ready = reading.await.map_err(|error| PortError::later(format!("Reading failed: {error}.")))?;
            let Ready { files, places, problems: more } = ready;
            for (place, read) in places {
                originals.0.entry(read.hash).or_default().push((place, read));
            }
            received.push(self.received_unfiled(&drop, files, folders).await?);
            problems.extend(more);
        }
        let team = self.identity.person().await?.team;
        let places: HashMap<_, _> = received
            .iter()
            .flat_map(|Received { events, .. }| events)
            .map(|event| {
                let name = event.file_name.text();
                let path = StoragePath::new(&team, &event.matter, event.file_hash, name);
                (event.metadata_hash, BlobRef { path, size: event.size })
            })
            .collect();
        let mut plan = plan(&received, Flavor::here());
        for path in std::mem::take(&mut plan.refused) {
            let reason = "Its path would lead out of the folder you copy to. Copy it by hand.".to_owned();
            problems.push(RestoreProblem { path, reason });
        }
        let located = Located { plan, places, unknown: Vec::new() };
        // They are the user's own files: no mark is added.
        let blobs: Arc<dyn Blobs> = Arc::new(originals);
        let mut copied = write_located(self, blobs, Origin::Trusted, located, destination, progress).await?;
        copied.problems.extend(problems);
        copied.problems.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(copied)
    }
}

/// What can be copied, from where, and why the rest can't.
#[derive(Default)]
struct Ready {
    files: Vec<NewItem>,
    places: Vec<(PathBuf, Reading)>,
    problems: Vec<RestoreProblem>,
}

impl Ready {
    fn of(files: Vec<UnfiledFile>) -> Self {
        let mut ready = Self::default();
        for UnfiledFile { mut file, place, now } in files {
            let path = file.folder.join(&file.name);
            let read = match (now, file.read) {
                (AtSource::Unchanged, Some(read)) => Ok(read),
                (AtSource::NeverRead, _) | (AtSource::Unchanged, None) => {
                    read_again(&place).map_err(|problem| problem.to_string())
                }
                (AtSource::Changed, _) => Err(CHANGED.to_owned()),
                (AtSource::Missing, _) => Err(Problem::Vanished.to_string()),
                (AtSource::FolderNeverRead, _) => Err(UNREAD_FOLDER.to_owned()),
            };
            match read {
                Ok(read) => {
                    file.read = Some(read);
                    ready.places.push((place, read));
                    ready.files.push(file);
                }
                Err(reason) => ready.problems.push(RestoreProblem { path, reason }),
            }
        }
        ready
    }
}

const CHANGED: &str =
    "It is not what was dropped any more, or cannot be read. Look at it where it stands, and copy it by hand.";

const UNREAD_FOLDER: &str = "This folder could not be read, so it is not known what is in it. Copy it by hand.";

/// The error of a file whose bytes are not those that were dropped: it affects no other file.
fn of_this_file(problem: &Problem) -> PortError {
    match problem {
        Problem::Changed => PortError::damaged(CHANGED),
        other => PortError::damaged(other.to_string()),
    }
}

/// Reads an original; at its end, checks that the bytes were the expected ones.
struct Original {
    reader: Option<SourceReader>,
}

impl Read for Original {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(reader) = &mut self.reader else { return Ok(0) };
        let failed = |problem: Problem| io::Error::other(of_this_file(&problem));
        let length = reader.read(buffer).map_err(failed)?;
        if length == 0
            && !buffer.is_empty()
            && let Some(reader) = self.reader.take()
        {
            reader.finish().map_err(failed)?;
        }
        Ok(length)
    }
}

#[async_trait]
impl Blobs for Originals {
    async fn get(&self, blob: &BlobRef) -> Result<Option<BlobReader>, PortError> {
        let mut problem = Problem::Vanished;
        for (path, read) in self.0.get(&blob.hash()).into_iter().flatten() {
            // Its bytes decide; a different time does not matter.
            let last_modified = modified_now(path).unwrap_or(read.last_modified);
            let source = Source { path: path.clone(), expected: Reading { last_modified, ..*read } };
            match source.open() {
                Ok(reader) => return Ok(Some(Box::new(Original { reader: Some(reader) }))),
                Err(why) => problem = why,
            }
        }
        Err(of_this_file(&problem))
    }

    async fn check(&self, blobs: &[BlobRef]) -> Result<Vec<Presence>, PortError> {
        let there =
            |blob: &BlobRef| if self.0.contains_key(&blob.hash()) { Presence::Verified } else { Presence::Missing };
        Ok(blobs.iter().map(there).collect())
    }

    async fn put(&self, _: Vec<Put>, _: Arc<dyn PutWatch>) -> Result<Vec<Result<(), PutFailure>>, PortError> {
        Err(PortError::invalid("Nothing is filed to where files were dropped from."))
    }

    async fn list(&self, _: Option<&str>, _: usize) -> Result<Vec<ListedBlob>, PortError> {
        Ok(Vec::new())
    }
}
