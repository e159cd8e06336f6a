//! Restoring as a whole.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use crossbeam_channel::unbounded;
use tokio::runtime::Handle;

use super::folder::Destination;
use super::place::is_no_room;
use super::plan::RestoreFile;
use super::scope::{Located, RestoreScope};
use super::verified::Unverified;
use super::write::{Writer, Written};
use crate::intake::{OwnFolders, is_link};
use crate::model::{BlobRef, MetadataHash, PathText, StoragePath};
use crate::ports::{Attention, Blobs, PortError};
use crate::progress::Progress;
use crate::vault::{Vault, VaultError};

/// Files given to a worker at once.
const CHUNK: usize = 64;

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
    /// [`VaultError`] if the vault cannot be read, or not any more, or the destination cannot be written at all, or is
    /// full: then what was restored until then stays, and the rest can be restored later. What concerns one file stands in
    /// [`Restored::problems`].
    pub async fn restore(
        &self,
        scope: &RestoreScope,
        destination: &Path,
        progress: Arc<Progress>,
    ) -> Result<Restored, VaultError> {
        let located = self.located(scope).await?;
        let (blobs, own) = (Arc::clone(&self.blobs), self.own.clone());
        let (runtime, destination) = (Handle::current(), destination.to_owned());
        let writing = tokio::task::spawn_blocking(move || {
            if OwnFolders::of(&own).would_hold(&destination) {
                let destination = destination.display();
                let message = format!("“{destination}” is part of the vault itself. Choose another folder.");
                return Err(PortError::invalid(message));
            }
            perform(&located, &*blobs, &destination, &progress, &runtime).map_err(|ended| match ended {
                Ended::Vault(error) => error,
                Ended::Io(error) => cannot_write(&destination, &error),
            })
        });
        Ok(writing.await.expect("restoring does not panic")?)
    }
}

fn cannot_write(destination: &Path, error: &io::Error) -> PortError {
    let destination = destination.display();
    match error.kind() {
        io::ErrorKind::WouldBlock => PortError::later(format!(
            "Another restore is writing to “{destination}” now. Wait for it to finish, or choose another folder."
        )),
        _ if is_no_room(error) => PortError::NeedsPerson {
            kind: Attention::NoRoom,
            message: format!(
                "There is no room left at “{destination}”. Make room and restore again: what is there already is left as \
                 it is."
            ),
        },
        _ => PortError::invalid(format!("“{destination}” cannot be restored to: {error}. Choose another folder.")),
    }
}

/// What ended a restore, because it is the same for all files that follow.
#[derive(Debug)]
pub(super) enum Ended {
    /// The vault cannot be asked any more.
    Vault(PortError),
    /// The destination cannot be written.
    Io(io::Error),
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Ended {
    /// What is the same for all files, of what happened to one.
    fn of(failure: &Unverified) -> Option<Self> {
        match failure {
            Unverified::Io(error) if is_no_room(error) => Some(Self::Io(error.kind().into())),
            Unverified::Vault(error) if !error.is_damage() => Some(Self::Vault(error.clone())),
            _ => None,
        }
    }
}

/// Files of one folder.
struct Job<'a> {
    folder: &'a PathText,
    files: &'a [RestoreFile],
}

fn perform(
    located: &Located,
    blobs: &dyn Blobs,
    destination: &Path,
    progress: &Progress,
    runtime: &Handle,
) -> Result<Restored, Ended> {
    let Located { plan, places, unknown } = located;
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
    let ended = OnceLock::new();
    let writer =
        Writer { destination: &destination, blobs, progress, runtime, numbers: AtomicU64::new(0), ended: &ended };
    thread::scope(|scope| {
        for _ in 0..blobs.readers() {
            scope.spawn(|| {
                for job in &todo {
                    let done = restore_job(&writer, &job, places);
                    add(&restored, done);
                }
            });
        }
    });
    let mut restored = restored.into_inner().unwrap_or_else(PoisonError::into_inner);
    for id in unknown {
        let reason = "There is no such document in the matter. List its folder again.".to_owned();
        restored.problems.push(RestoreProblem { path: PathText::plain(id.to_string()), reason });
    }
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
    let finished = destination.finish();
    match ended.into_inner() {
        Some(ended) => Err(ended),
        None => Ok(finished.map(|()| restored)?),
    }
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
        if writer.progress.stopped() || writer.ended.get().is_some() {
            done.stopped = true;
            break;
        }
        let written = match (&folder, places.get(&file.record)) {
            (Err(error), _) => Err(Unverified::Io(folder_error(error))),
            (Ok(_), None) => Err(Unverified::Missing),
            (Ok(folder), Some(path)) => writer.write(folder, file, &BlobRef { path: path.clone(), size: file.size }),
        };
        if let Some(ended) = written.as_ref().err().and_then(Ended::of) {
            // Said once.
            let _ = writer.ended.set(ended);
            break;
        }
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
