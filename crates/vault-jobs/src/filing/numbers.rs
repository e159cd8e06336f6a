//! The numbers of a drop, from the vault's progress.

use vault_core::ProgressCounts;
use vault_core::intake::IntakeCounts;
use vault_core::ports::JournaledDrop;
use vault_core::preflight::Preflight;

use super::{FilingResult, Planned};
use crate::status::{JobStatus, Speed};

/// A drop that is being read.
pub(super) fn of_reading(status: &mut JobStatus, now: IntakeCounts, speed: Speed) {
    (status.files, status.files_done) = (now.found, now.read);
    (status.bytes, status.bytes_done) = (now.bytes, now.bytes_read);
    (status.rate, status.seconds_left) = speed;
}

/// A drop that is to be read, possibly again: earlier counts no longer apply.
pub(super) fn unread(status: &mut JobStatus) {
    (status.files, status.files_done, status.bytes, status.bytes_done) = (0, 0, 0, 0);
    status.preflight = None;
}

/// The numbers of a pre-flight.
pub(super) fn planned(preflight: &Preflight) -> Planned {
    // The root, for files dropped individually, is no folder of the drop.
    let folders = preflight.found.folders.iter().filter(|folder| folder.last_modified.is_some()).count() as u64;
    let same_names = preflight.same_names().len() as u64;
    Planned { counts: preflight.counts, folders, same_names, offline_estimate: preflight.offline_estimate }
}

/// A drop that is read.
pub(super) fn of_preflight(status: &mut JobStatus, planned: Planned) {
    let counts = planned.counts;
    status.files = counts.found - counts.left_out;
    status.files_done = status.files;
    (status.bytes, status.bytes_done) = (counts.bytes, counts.bytes);
    (status.rate, status.seconds_left) = (None, None);
    status.preflight = Some(planned);
    status.attention = counts.problems;
}

/// A drop that is to be filed as its pre-flight states: files were read, but none is filed yet.
pub(super) fn to_be_filed(status: &mut JobStatus) {
    let Some(Planned { counts, .. }) = status.preflight else { return };
    // Unreadable files have ended, as far as filing is concerned.
    (status.files, status.files_done) = (counts.found - counts.left_out, counts.problems);
    (status.bytes, status.bytes_done) = (counts.bytes_to_store, 0);
}

/// A drop in the queue, from the journal.
pub(super) fn of_drop(status: &mut JobStatus, drop: &JournaledDrop) {
    let counts = drop.counts;
    status.files_done = ended(drop);
    status.files = status.files_done + drop.waiting;
    status.bytes_done = counts.bytes_stored;
    status.bytes = match status.preflight {
        _ if drop.waiting == 0 => counts.bytes_stored,
        Some(planned) => planned.counts.bytes_to_store.max(counts.bytes_stored),
        None => 0,
    };
    (status.later, status.attention) = (drop.later, drop.attention);
    status.result = Some(
        FilingResult {
            stored: counts.stored,
            already: counts.skipped,
            failed: counts.failed,
            cancelled: drop.cancelled,
            left_out: counts.left_out,
            bytes: counts.bytes_stored,
        }
        .into(),
    );
}

/// A drop that is being filed: `before` and `now` are its states in the journal, and `counts` is the progress in between.
pub(super) fn of_filing(
    status: &mut JobStatus,
    before: &JournaledDrop,
    now: &JournaledDrop,
    counts: ProgressCounts,
    speed: Speed,
) {
    let bytes = status.bytes;
    of_drop(status, now);
    // The journal counts whole pages, the counters single files.
    let to_do = counts.files.saturating_sub(counts.files_done);
    if counts.files > 0 {
        status.files_done = status.files_done.max(status.files.saturating_sub(to_do));
    }
    let moved = before.counts.bytes_stored + counts.bytes_done;
    status.bytes = bytes;
    status.bytes_done = if bytes == 0 { moved } else { moved.min(bytes) };
    (status.rate, status.seconds_left) = speed;
}

/// Files that have ended.
fn ended(drop: &JournaledDrop) -> u64 {
    drop.counts.stored + drop.counts.skipped + drop.counts.failed
}
