//! The numbers of a work, from the vault's progress.

use vault_core::intake::IntakeCounts;
use vault_core::ports::JournaledDrop;
use vault_core::preflight::Preflight;
use vault_core::restore::Restored;
use vault_core::{ProgressCounts, Verification};

use crate::work::{Planned, Work, WorkResult};

/// Bytes a second and seconds left, as far as known.
pub(crate) type Speed = (Option<u64>, Option<u64>);

/// A drop that is being read.
pub(crate) fn of_reading(work: &mut Work, now: IntakeCounts, speed: Speed) {
    (work.files, work.files_done) = (now.found, now.read);
    (work.bytes, work.bytes_done) = (now.bytes, now.bytes_read);
    (work.rate, work.seconds_left) = speed;
}

/// A drop that is to be read, possibly again: earlier counts no longer apply.
pub(crate) fn unread(work: &mut Work) {
    (work.files, work.files_done, work.bytes, work.bytes_done) = (0, 0, 0, 0);
    work.preflight = None;
}

/// The numbers of a pre-flight.
pub(crate) fn planned(preflight: &Preflight) -> Planned {
    // The root, for files dropped individually, is no folder of the drop.
    let folders = preflight.found.folders.iter().filter(|folder| folder.last_modified.is_some()).count() as u64;
    let same_names = preflight.same_names().len() as u64;
    Planned { counts: preflight.counts, folders, same_names, offline_estimate: preflight.offline_estimate }
}

/// A drop that is read.
pub(crate) fn of_preflight(work: &mut Work, planned: Planned) {
    let counts = planned.counts;
    work.files = counts.found - counts.left_out;
    work.files_done = work.files;
    (work.bytes, work.bytes_done) = (counts.bytes, counts.bytes);
    (work.rate, work.seconds_left) = (None, None);
    work.preflight = Some(planned);
    work.attention = counts.problems;
}

/// A drop that is to be filed as its pre-flight states: files were read, but none is filed yet.
pub(crate) fn to_be_filed(work: &mut Work) {
    let Some(Planned { counts, .. }) = work.preflight else { return };
    // Unreadable files have ended, as far as filing is concerned.
    (work.files, work.files_done) = (counts.found - counts.left_out, counts.problems);
    (work.bytes, work.bytes_done) = (counts.bytes_to_store, 0);
}

/// A drop in the queue, from the journal.
pub(crate) fn of_drop(work: &mut Work, drop: &JournaledDrop) {
    let counts = drop.counts;
    work.files_done = ended(drop);
    work.files = work.files_done + drop.waiting;
    work.bytes_done = counts.bytes_stored;
    work.bytes = match work.preflight {
        _ if drop.waiting == 0 => counts.bytes_stored,
        Some(planned) => planned.counts.bytes_to_store.max(counts.bytes_stored),
        None => 0,
    };
    (work.later, work.attention) = (drop.later, drop.attention);
    work.result = Some(WorkResult {
        stored: counts.stored,
        already: counts.skipped,
        failed: counts.failed,
        cancelled: drop.cancelled,
        left_out: counts.left_out,
        documents: 0,
        bytes: counts.bytes_stored,
    });
}

/// A drop that is being filed: `before` and `now` are its states in the journal, and `counts` is the progress in between.
pub(crate) fn of_filing(
    work: &mut Work,
    before: &JournaledDrop,
    now: &JournaledDrop,
    counts: ProgressCounts,
    speed: Speed,
) {
    let bytes = work.bytes;
    of_drop(work, now);
    // The journal counts whole pages, the counters single files.
    let to_do = counts.files.saturating_sub(counts.files_done);
    if counts.files > 0 {
        work.files_done = work.files_done.max(work.files.saturating_sub(to_do));
    }
    let moved = before.counts.bytes_stored + counts.bytes_done;
    work.bytes = bytes;
    work.bytes_done = if bytes == 0 { moved } else { moved.min(bytes) };
    (work.rate, work.seconds_left) = speed;
}

/// Files that have ended.
fn ended(drop: &JournaledDrop) -> u64 {
    drop.counts.stored + drop.counts.skipped + drop.counts.failed
}

/// A restore or a check in progress.
pub(crate) fn of_progress(work: &mut Work, counts: ProgressCounts, speed: Speed) {
    (work.files, work.files_done) = (counts.files, counts.files_done);
    (work.bytes, work.bytes_done) = (counts.bytes, counts.bytes_done);
    (work.rate, work.seconds_left) = speed;
}

/// The result of a restore.
pub(crate) fn of_restored(restored: &Restored) -> WorkResult {
    WorkResult {
        stored: restored.restored,
        already: restored.already_there,
        failed: restored.problems.len() as u64,
        cancelled: 0,
        left_out: 0,
        documents: restored.documents,
        bytes: restored.bytes,
    }
}

/// The result of a check.
pub(crate) fn of_verification(found: &Verification) -> WorkResult {
    let failed = (found.missing.len() + found.damaged.len()) as u64;
    WorkResult {
        stored: found.contents.saturating_sub(failed),
        already: 0,
        failed,
        cancelled: 0,
        left_out: 0,
        documents: 0,
        bytes: found.bytes,
    }
}
