//! Intake as a whole: one thread lists, all cores read.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{bounded, unbounded};
use tokio::runtime::Handle;

use super::found::{Found, FoundFile, ProblemFile};
use super::progress::IntakeProgress;
use super::read::{ReadFiles, Readers};
use super::walk::{Listed, Root, Walk, Walked};
use super::{LeftOutRules, OwnFolders, Problem};
use crate::ports::Fingerprints;

/// How many files a worker gets at once, so that one query asks the cache about all of them.
const BATCH: usize = 256;

/// How many batches may be queued; bounds the memory a drop of any size needs.
const WAITING: usize = 16;

/// What is left out of a drop.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// Names, according to the list.
    pub rules: LeftOutRules,
    /// The folders that hold the vault itself.
    pub protected_paths: Vec<PathBuf>,
}

/// Intake was stopped on request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped before everything was read")]
pub struct Stopped;

/// Reads everything at `sources` (absolute, see [`dropped_path`]) and returns what was found. Only reads.
///
/// # Errors
/// [`Stopped`] after [`IntakeProgress::stop`].
pub async fn scan_and_hash(
    sources: Vec<PathBuf>,
    left_out: LeftOut,
    fingerprints: Arc<dyn Fingerprints>,
    progress: Arc<IntakeProgress>,
) -> Result<Found, Stopped> {
    let roots = Root::of(&sources);
    let found = scan_and_hash_roots(roots, left_out, fingerprints, progress).await?;
    Ok(Found { sources, ..found })
}

/// Like [`scan_and_hash`], for given places in a drop.
///
/// # Errors
/// [`Stopped`] after [`IntakeProgress::stop`].
pub(crate) async fn scan_and_hash_roots(
    roots: Vec<Root>,
    left_out: LeftOut,
    fingerprints: Arc<dyn Fingerprints>,
    progress: Arc<IntakeProgress>,
) -> Result<Found, Stopped> {
    let runtime = Handle::current();
    let reading = tokio::task::spawn_blocking(move || {
        let found = read_everything(&roots, &left_out, &fingerprints, &progress, &runtime);
        if progress.stopped() { Err(Stopped) } else { Ok(found) }
    });
    // The task is never aborted, and a panic in it is one of this crate's own.
    reading.await.expect("intake does not panic")
}

fn read_everything(
    roots: &[Root],
    left_out: &LeftOut,
    fingerprints: &Arc<dyn Fingerprints>,
    progress: &IntakeProgress,
    runtime: &Handle,
) -> Found {
    let workers = thread::available_parallelism().map_or(2, NonZero::get);
    let (batch_in, batch_out) = bounded::<Vec<Listed>>(WAITING);
    let (large_in, large_out) = unbounded::<Listed>();
    let readers = Readers { fingerprints, progress, runtime };
    let (walked, read) = thread::scope(|scope| {
        let reading: Vec<_> = (0..workers)
            .map(|_| {
                let (batches, large) = (batch_out.clone(), (large_in.clone(), large_out.clone()));
                let readers = &readers;
                scope.spawn(move || readers.work(&batches, (large.0, &large.1)))
            })
            .collect();
        drop((batch_out, large_in));
        let walked = list_in_batches(roots, left_out, progress, &batch_in);
        drop(batch_in);
        let read: Vec<ReadFiles> = reading.into_iter().map(|worker| worker.join().expect("a reader's panic")).collect();
        (walked, read)
    });
    put_together(walked, read)
}

fn list_in_batches(
    roots: &[Root],
    left_out: &LeftOut,
    progress: &IntakeProgress,
    batches: &crossbeam_channel::Sender<Vec<Listed>>,
) -> Walked {
    let mut batch = Vec::with_capacity(BATCH);
    let mut hand_on = |file| {
        batch.push(file);
        batch.len() < BATCH || batches.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).is_ok()
    };
    let own = OwnFolders::of(&left_out.protected_paths);
    let walked = Walk::new(&left_out.rules, &own, progress, &mut hand_on).run(roots);
    let _ = batches.send(batch);
    progress.all_listed();
    walked
}

fn put_together(walked: Walked, read: Vec<ReadFiles>) -> Found {
    let Walked { folders, mut problems, left_out, listing } = walked;
    let mut files: Vec<FoundFile> = Vec::new();
    let count: usize = read.iter().map(|part| part.files.len()).sum();
    let mut unread: Vec<(u32, Problem)> = Vec::new();
    for mut part in read {
        if files.is_empty() {
            files = part.files;
            // Exactly, not twice as much: this is the largest allocation for a drop of a million files.
            files.reserve_exact(count - files.len());
            files.shrink_to(count);
        } else {
            files.append(&mut part.files);
        }
        unread.append(&mut part.problems);
    }
    files.sort_unstable_by_key(|file| file.entry);
    unread.sort_unstable_by_key(|(entry, _)| *entry);
    for (entry, problem) in unread {
        let folder = &folders[listing.folder(entry) as usize];
        let (source, name) = (folder.source, listing.name(entry));
        problems.push(ProblemFile { source, folder: folder.path.clone(), name, problem });
    }
    Found { sources: Vec::new(), folders, files, problems, left_out, listing }
}

/// The absolute form of a path that the user names: its parent folder is resolved, but if the path itself is a link, it
/// is not followed.
///
/// # Errors
/// As the system reports them, for example `NotFound`.
pub fn dropped_path(path: &std::path::Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let path = match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => parent.canonicalize()?.join(name),
        // `..` at the end, or the root of a drive.
        _ => absolute.canonicalize()?,
    };
    super::sys::look(&path)?;
    Ok(path)
}
