//! The counts of a pre-flight, corrected by the result of filing.

use vault_core::ports::JournaledDrop;
use vault_core::preflight::PreflightCounts;

/// The counts of a pre-flight after filing: every file is counted by its outcome; one that is still to be done, or was
/// removed meanwhile, as it was planned. `found = new + already_stored + repeated + left_out + problems` still holds,
/// and once nothing waits, `new` is the number stored, `already_stored + repeated` skipped, and `problems` failed.
pub(crate) fn as_it_turned_out(planned: PreflightCounts, drop: &JournaledDrop) -> PreflightCounts {
    let done = drop.counts;
    let not_filed = drop.waiting + drop.cancelled;
    let filed_or_not = done.stored + done.skipped + not_filed;
    let failed_since = done.failed.saturating_sub(planned.problems);
    // A file that failed may have been the first of its content; then the next one with it is stored instead.
    let new = planned.new.saturating_sub(failed_since).clamp(done.stored, done.stored + not_filed);
    let already_stored = planned.already_stored.min(filed_or_not - new);
    PreflightCounts {
        found: filed_or_not + done.failed + done.left_out,
        new,
        already_stored,
        repeated: filed_or_not - new - already_stored,
        left_out: done.left_out,
        problems: done.failed,
        bytes: planned.bytes,
        bytes_to_store: planned.bytes_to_store,
    }
}

#[cfg(test)]
mod tests {
    use vault_core::model::{DropCounts, DropId, MatterId, Timestamp};
    use vault_core::ports::{DropPhase, NewDrop};

    use super::*;

    fn planned(new: u64, already_stored: u64, repeated: u64, problems: u64) -> PreflightCounts {
        let found = new + already_stored + repeated + problems;
        PreflightCounts { found, new, already_stored, repeated, problems, ..PreflightCounts::default() }
    }

    fn drop(stored: u64, skipped: u64, failed: u64, waiting: u64) -> JournaledDrop {
        let id = DropId::from_bytes([0; 16]);
        let new = NewDrop { id, matter: MatterId::general(), sources: Vec::new(), started: Timestamp(0) };
        let counts = DropCounts { stored, skipped, failed, ..DropCounts::default() };
        let phase = DropPhase::Filing;
        let (later, cancelled, finished, paused) = (0, 0, None, None);
        JournaledDrop { new, phase, finished, counts, waiting, later, attention: failed, cancelled, paused }
    }

    fn parts(counts: PreflightCounts) -> [u64; 4] {
        let PreflightCounts { found, new, already_stored, repeated, left_out, problems, .. } = counts;
        assert_eq!(found, new + already_stored + repeated + left_out + problems);
        [new, already_stored, repeated, problems]
    }

    #[test]
    fn a_cancelled_file_stays_as_planned() {
        let cancelled_drop = JournaledDrop { cancelled: 4, ..drop(3, 2, 0, 0) };
        assert_eq!(parts(as_it_turned_out(planned(5, 3, 1, 0), &cancelled_drop)), [5, 3, 1, 0]);
    }

    #[test]
    fn a_file_that_went_as_planned_stays_as_planned() {
        assert_eq!(parts(as_it_turned_out(planned(5, 3, 2, 1), &drop(5, 5, 1, 0))), [5, 3, 2, 1]);
    }

    #[test]
    fn a_repeated_file_takes_the_place_of_the_first_that_failed() {
        assert_eq!(parts(as_it_turned_out(planned(1, 0, 2, 0), &drop(1, 1, 1, 0))), [1, 0, 1, 1]);
    }

    #[test]
    fn a_new_file_that_failed_is_a_problem() {
        assert_eq!(parts(as_it_turned_out(planned(2, 1, 0, 0), &drop(1, 1, 1, 0))), [1, 1, 0, 1]);
    }

    #[test]
    fn a_waiting_file_stays_where_it_was_planned() {
        assert_eq!(parts(as_it_turned_out(planned(5, 3, 2, 0), &drop(1, 0, 0, 9))), [5, 3, 2, 0]);
        assert_eq!(parts(as_it_turned_out(planned(5, 3, 2, 0), &drop(1, 2, 1, 6))), [4, 3, 2, 1]);
    }

    #[test]
    fn every_outcome_adds_up() {
        for (stored, skipped, failed, waiting) in shares(6) {
            parts(as_it_turned_out(planned(3, 1, 1, 1), &drop(stored, skipped, failed, waiting)));
        }
    }

    /// All ways to split `all` into four parts.
    fn shares(all: u64) -> impl Iterator<Item = (u64, u64, u64, u64)> {
        (0..=all).flat_map(move |a| {
            (0..=all - a).flat_map(move |b| (0..=all - a - b).map(move |c| (a, b, c, all - a - b - c)))
        })
    }
}
