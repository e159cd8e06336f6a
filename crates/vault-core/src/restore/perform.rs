//! Performs the plan of a restore, with as many workers as the vault serves contents in parallel.

use std::collections::HashMap;
use std::io;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;
use std::thread;

use crossbeam_channel::unbounded;
use parking_lot::Mutex;
use tokio::runtime::Handle;

use super::destination::Destination;
use super::drive::DriveFolder;
use super::fit::fit;
use super::mark::Mark;
use super::plan::{RestoreFile, RestorePlan};
use super::run::{OtherTime, Renamed, RestoreProblem, Restored};
use super::scope::Located;
use super::times;
use super::verified::Unverified;
use super::write::{Writer, Written};
use crate::durable::Policy;
use crate::model::{BlobRef, LastModified, MetadataHash, PathText};
use crate::ports::{Blobs, PortError};
use crate::progress::Progress;
use crate::reason::Reason;
use crate::system_fault::SystemFault;

/// How many files a worker gets at once.
const CHUNK: usize = 64;

/// Why a restore ended early: a failure that affects all remaining files, too.
#[derive(Debug)]
pub(super) enum Ended {
    /// The vault can no longer be reached.
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
    /// The part of a file's failure that affects all files, if any.
    fn of(failure: &Unverified) -> Option<Self> {
        match failure {
            Unverified::Io(error) if SystemFault::of(error).is_no_room() => Some(Self::Io(error.kind().into())),
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

/// How files are written.
pub(super) struct How {
    /// The mark for restored files; `None` for no mark.
    pub(super) mark: Option<Mark>,
    pub(super) policy: Policy,
}

/// Writes a plan to a destination.
pub(super) fn perform<F: DriveFolder>(
    located: Located,
    blobs: &dyn Blobs,
    (destination, how): (&Destination<F>, How),
    progress: &Progress,
    runtime: &Handle,
) -> Result<Restored, Ended> {
    let Located { plan, places, unknown } = located;
    let files = plan.files.values().flatten();
    let (count, bytes) = files.fold((0, 0), |(count, bytes), file| (count + 1, u64::saturating_add(bytes, file.size)));
    progress.expect(count, bytes);
    let fitted = fit(plan, destination.names());
    let plan = &fitted.plan;
    let (folders, problems) = make_folders(plan, destination)?;
    let renamed = fitted.renamed.clone();
    let restored = Mutex::new(Restored { folders, renamed, problems, ..Restored::default() });
    let (jobs, todo) = unbounded();
    for (folder, files) in &plan.files {
        for files in files.chunks(CHUNK) {
            let _ = jobs.send(Job { folder, files });
        }
    }
    drop(jobs);
    let (ended, numbers, unmarked) = (OnceLock::new(), AtomicU64::new(0), AtomicU64::new(0));
    let (fitted, How { mark, policy }) = (&fitted, how);
    let writer =
        Writer { destination, fitted, blobs, progress, runtime, numbers, policy, mark, unmarked, ended: &ended };
    thread::scope(|scope| {
        for _ in 0..blobs.readers() {
            scope.spawn(|| {
                for job in &todo {
                    let done = restore_job(&writer, &job, &places);
                    add(&restored, done);
                }
            });
        }
    });
    let mut restored = restored.into_inner();
    restored.documents = plan.documents();
    restored.unmarked = writer.unmarked.into_inner();
    for id in unknown {
        let reason = "There is no such document in the matter. List its folder again.".to_owned();
        restored.problems.push(RestoreProblem { path: PathText::plain(id.to_string()), reason });
    }
    for path in &plan.refused {
        let reason = "Its path would lead out of the folder you restore to. It stays in the vault.".to_owned();
        restored.problems.push(RestoreProblem { path: path.clone(), reason });
    }
    restored.problems.sort_by(|a, b| a.path.cmp(&b.path));
    restored.renamed.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    restored.other_times.sort_by(|a, b| a.path.cmp(&b.path));
    for (folder, time) in plan.folders.iter().rev() {
        // A wrong folder time is no reason to fail; if the folder could not be made, its files are among the problems.
        if let Err(error) = destination.set_time(folder, *time) {
            tracing::debug!(kind = ?error.kind(), "the time of a folder is not set");
        }
    }
    match ended.into_inner() {
        Some(ended) => Err(ended),
        None => Ok(restored),
    }
}

/// Makes the folders of a plan. Returns how many exist now, and a problem for each that could not be made.
///
/// # Errors
/// [`Ended`] if there is no room.
fn make_folders<F: DriveFolder>(
    plan: &RestorePlan,
    destination: &Destination<F>,
) -> Result<(u64, Vec<RestoreProblem>), Ended> {
    let (mut made, mut problems) = (0, Vec::new());
    for folder in plan.folders.keys() {
        let Err(error) = destination.folder(folder) else {
            made += 1;
            continue;
        };
        let failure = no_folder(&error);
        if let Some(ended) = Ended::of(&failure) {
            return Err(ended);
        }
        // Otherwise each file in it has its own problem.
        if !plan.has_files_in(folder) {
            problems.push(RestoreProblem { path: folder.clone(), reason: failure.to_string() });
        }
    }
    Ok((made, problems))
}

fn add(total: &Mutex<Restored>, part: Restored) {
    let mut total = total.lock();
    total.restored += part.restored;
    total.already_there += part.already_there;
    total.bytes += part.bytes;
    total.renamed.extend(part.renamed);
    total.other_times.extend(part.other_times);
    total.problems.extend(part.problems);
    total.stopped |= part.stopped;
}

/// The failure of each file in a folder that could not be made or opened.
fn no_folder(error: &io::Error) -> Unverified {
    let reason = match SystemFault::of(error) {
        SystemFault::NotAFolder | SystemFault::Link => Reason::FolderTaken.to_string(),
        fault => format!("Its folder could not be made: {fault}. {}", fault.help()),
    };
    if SystemFault::of(error).is_no_room() {
        return Unverified::Io(error.kind().into());
    }
    Unverified::Io(io::Error::other(PortError::invalid(reason)))
}

fn restore_job<F: DriveFolder>(
    writer: &Writer<'_, F>,
    job: &Job<'_>,
    places: &HashMap<MetadataHash, BlobRef>,
) -> Restored {
    let (mut done, mut timed) = (Restored::default(), Vec::new());
    let folder = writer.destination.folder(job.folder);
    for file in job.files {
        if writer.progress.stopped() || writer.ended.get().is_some() {
            done.stopped = true;
            break;
        }
        let written = match (&folder, places.get(&file.record)) {
            (Err(error), _) => Err(no_folder(error)),
            (Ok(_), None) => Err(Unverified::Missing),
            // An event and a record may disagree about the size; one of them can be false.
            (Ok(folder), Some(blob)) => {
                let size = blob.size.max(file.size);
                writer.write(job.folder, folder, file, &BlobRef { size, path: blob.path.clone() })
            }
        };
        if let Some(ended) = written.as_ref().err().and_then(Ended::of) {
            // It is reported once.
            let _ = writer.ended.set(ended);
            break;
        }
        writer.progress.add_files(1);
        let (name, time) = match written {
            Ok(Written::As(name, time)) => {
                done.restored += 1;
                timed.push((name.clone(), time));
                (name, time)
            }
            Ok(Written::AlreadyThere(name, time)) => {
                done.already_there += 1;
                (name, time)
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
        done.bytes = done.bytes.saturating_add(file.size);
        note(&mut done, file, job.folder.join(&name), time);
    }
    if let Ok(folder) = &folder {
        times::hold(folder, &timed);
    }
    done
}

/// Records differences from what was received.
fn note(done: &mut Restored, file: &RestoreFile, to: PathText, time: LastModified) {
    if to != file.expected_as {
        done.renamed.push(Renamed { from: file.received_as.clone(), to, source: file.source.clone() });
    }
    if times::is_other(time, file.last_modified) {
        let path = file.received_as.clone();
        done.other_times.push(OtherTime { path, received: file.last_modified, restored: time });
    }
}
