//! Restoring as a whole.

use std::collections::HashMap;
use std::io;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::unbounded;
use tokio::runtime::Handle;

use super::folder::Destination;
use super::names::Flavor;
use super::plan::{RestoreFile, RestorePlan, plan};
use super::verified::Unverified;
use super::write::{Writer, Written};
use crate::intake::is_link;
use crate::model::{BlobRef, DropFolder, DropId, MatterId, MetadataHash, PathText, StoragePath, UploadEvent};
use crate::ports::{Blobs, PortError};
use crate::progress::Progress;
use crate::vault::{Vault, VaultError};

/// Events and records asked for at once.
const PAGE: usize = 4096;

/// Files given to a worker at once.
const CHUNK: usize = 64;

/// What to give back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreScope {
    /// Everything one drop stored.
    Drop(DropId),
    /// Everything in a matter.
    Matter(MatterId),
    /// Everything in a matter that was received in this folder or below it; a path as it is shown.
    Folder(MatterId, String),
}

/// A file that could not have the name it was received under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Where it stood when it was received.
    pub from: PathText,
    /// Where it stands now, in the destination.
    pub to: PathText,
}

/// A file that was not given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreProblem {
    /// Where it stood when it was received.
    pub path: PathText,
    /// Why, as a sentence for a person.
    pub reason: String,
}

/// What a restore did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files written.
    pub restored: u64,
    /// Files that were there already, byte for byte.
    pub already_there: u64,
    /// Length of both in bytes.
    pub bytes: u64,
    /// Files under another name.
    pub renamed: Vec<Renamed>,
    /// Files not given back.
    pub problems: Vec<RestoreProblem>,
    /// Whether it was stopped before it was done.
    pub stopped: bool,
}

impl Vault {
    /// Writes what `scope` names into `destination`: names byte for byte, folders, times to the millisecond, every
    /// location of a duplicate. Nothing that is there is written over; a file that is there already, byte for byte, is
    /// left and counted, so that a restore can be repeated after it was interrupted.
    ///
    /// # Errors
    /// [`VaultError`] if the vault cannot be read or the destination cannot be written at all. What concerns one file
    /// stands in [`Restored::problems`].
    pub async fn restore(
        &self,
        scope: &RestoreScope,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        let (events, folders) = self.received(scope).await?;
        let plan = plan(&events, &folders, Flavor::here());
        drop((events, folders));
        let places = self.places(scope, &plan).await?;
        let blobs = Arc::clone(&self.blobs);
        let (runtime, destination) = (Handle::current(), destination.to_owned());
        let writing = tokio::task::spawn_blocking(move || {
            perform(&plan, &places, &*blobs, &destination, &progress, &runtime)
                .map_err(|error| cannot_write(&destination, &error))
        });
        Ok(writing.await.expect("restoring does not panic")?)
    }

    /// The events and folders of `scope`, in the order of filing.
    async fn received(&self, scope: &RestoreScope) -> Result<(Vec<UploadEvent>, Vec<DropFolder>), PortError> {
        let mut events: Vec<UploadEvent> = Vec::new();
        loop {
            let after = events.last().map(|event| event.id);
            let page = match scope {
                RestoreScope::Drop(id) => self.records.events_of_drop(*id, after, PAGE).await?,
                RestoreScope::Matter(matter) | RestoreScope::Folder(matter, _) => {
                    self.records.events_of_matter(matter, after, PAGE).await?
                }
            };
            let full = page.len() == PAGE;
            events.extend(page);
            if !full {
                break;
            }
        }
        let mut drops: Vec<DropId> = events.iter().map(|event| event.batch).collect();
        drops.extend(if let RestoreScope::Drop(id) = scope { Some(*id) } else { None });
        drops.sort_unstable();
        drops.dedup();
        let mut folders = Vec::new();
        for id in drops {
            folders.extend(self.records.folders_of_drop(id).await?);
        }
        if let RestoreScope::Folder(_, path) = scope {
            events.retain(|event| is_within(event.folder_path.text(), path));
            folders.retain(|folder| is_within(folder.path.text(), path));
        }
        Ok((events, folders))
    }

    /// Where the content of each record of the plan lies.
    async fn places(
        &self,
        scope: &RestoreScope,
        plan: &RestorePlan,
    ) -> Result<HashMap<MetadataHash, StoragePath>, PortError> {
        let mut wanted: Vec<MetadataHash> = plan.files.values().flatten().map(|file| file.record).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let matter = match scope {
            RestoreScope::Matter(matter) | RestoreScope::Folder(matter, _) => matter.clone(),
            RestoreScope::Drop(id) => match self.records.events_of_drop(*id, None, 1).await?.pop() {
                Some(event) => event.matter,
                None => return Ok(HashMap::new()),
            },
        };
        let mut places = HashMap::with_capacity(wanted.len());
        for ids in wanted.chunks(PAGE) {
            let records = self.records.records_of(&matter, ids).await?;
            places.extend(records.into_iter().map(|record| (record.metadata_hash, record.storage_path)));
        }
        Ok(places)
    }
}

fn is_within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_matches('/');
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn cannot_write(destination: &Path, error: &io::Error) -> PortError {
    let destination = destination.display();
    match error.kind() {
        io::ErrorKind::WouldBlock => PortError::later(format!(
            "Another restore is writing to “{destination}” now. Wait for it to finish, or choose another folder."
        )),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            PortError::later(format!("There is no room left at “{destination}”. Make room and restore again."))
        }
        _ => PortError::invalid(format!("“{destination}” cannot be restored to: {error}. Choose another folder.")),
    }
}

/// Files of one folder.
struct Job<'a> {
    folder: &'a PathText,
    files: &'a [RestoreFile],
}

fn perform(
    plan: &RestorePlan,
    places: &HashMap<MetadataHash, StoragePath>,
    blobs: &dyn Blobs,
    destination: &Path,
    progress: &Progress,
    runtime: &Handle,
) -> io::Result<Restored> {
    let files = plan.files.values().flatten();
    let (count, bytes) = files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.size));
    progress.expect(count, bytes);
    let destination = Destination::open(destination)?;
    for folder in plan.folders.keys() {
        // Files in a folder that cannot be made are reported one by one below.
        let _ = destination.folder(folder);
    }
    let restored = Mutex::new(Restored::default());
    let (jobs, todo) = unbounded();
    for (folder, files) in &plan.files {
        for files in files.chunks(CHUNK) {
            let _ = jobs.send(Job { folder, files });
        }
    }
    drop(jobs);
    let writer = Writer { destination: &destination, blobs, progress, runtime, numbers: AtomicU64::new(0) };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, NonZero::get) {
            scope.spawn(|| {
                for job in &todo {
                    let done = restore_job(&writer, &job, places);
                    add(&restored, done);
                }
            });
        }
    });
    let mut restored = restored.into_inner().unwrap_or_else(PoisonError::into_inner);
    for path in &plan.refused {
        let reason = "Its path would lead out of the folder you restore to. It stays in the vault.".to_owned();
        restored.problems.push(RestoreProblem { path: path.clone(), reason });
    }
    restored.problems.sort_by(|a, b| a.path.cmp(&b.path));
    restored.renamed.sort_by(|a, b| a.from.cmp(&b.from));
    for (folder, time) in plan.folders.iter().rev() {
        // A time is not worth losing the rest for; a folder that could not be made has its files among the problems.
        let _ = destination.set_time(folder, *time);
    }
    destination.finish()?;
    Ok(restored)
}

fn add(total: &Mutex<Restored>, part: Restored) {
    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
    total.restored += part.restored;
    total.already_there += part.already_there;
    total.bytes += part.bytes;
    total.renamed.extend(part.renamed);
    total.problems.extend(part.problems);
    total.stopped |= part.stopped;
}

/// Why a folder could not be made or opened, for each of its files.
fn folder_error(error: &io::Error) -> io::Error {
    let sentence = if error.kind() == io::ErrorKind::NotADirectory || is_link(error) {
        "A link or a file stands in the place of its folder, and nothing is written through it. Move that away, or \
         restore to another folder."
            .to_owned()
    } else {
        format!("Its folder could not be made: {error}")
    };
    io::Error::new(error.kind(), sentence)
}

fn restore_job(writer: &Writer<'_>, job: &Job<'_>, places: &HashMap<MetadataHash, StoragePath>) -> Restored {
    let mut done = Restored::default();
    let folder = writer.destination.folder(job.folder);
    for file in job.files {
        if writer.progress.stopped() {
            done.stopped = true;
            break;
        }
        let written = match (&folder, places.get(&file.record)) {
            (Err(error), _) => Err(Unverified::Io(folder_error(error))),
            (Ok(_), None) => Err(Unverified::Missing),
            (Ok(folder), Some(path)) => writer.write(folder, file, &BlobRef { path: path.clone(), size: file.size }),
        };
        writer.progress.add_files(1);
        let name = match written {
            Ok(Written::As(name)) => {
                done.restored += 1;
                name
            }
            Ok(Written::AlreadyThere(name)) => {
                done.already_there += 1;
                name
            }
            Ok(Written::Stopped) => {
                done.stopped = true;
                break;
            }
            Err(error) => {
                let path = file.received_as.clone();
                done.problems.push(RestoreProblem { path, reason: error.to_string() });
                continue;
            }
        };
        done.bytes += file.size;
        let to = job.folder.join(&name);
        if to != file.received_as {
            done.renamed.push(Renamed { from: file.received_as.clone(), to });
        }
    }
    done
}
