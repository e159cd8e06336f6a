//! What is written of a page, divided into batches that are written at the same time: a vault that is elsewhere answers each
//! after a while.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::ports::{Outcome, PortError, Records};

/// A batch smaller than this is not divided: each costs a question and its answer.
const LEAST: usize = 50;

/// How large batches are, and how many are written at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommitBatches {
    size: usize,
    at_once: usize,
}

impl CommitBatches {
    /// For so many events, written to `records`.
    pub(super) fn of(records: &dyn Records, events: usize) -> Self {
        let (limit, at_once) = (records.batch_limit().max(1), records.batches_at_once().max(1));
        Self { size: events.div_ceil(at_once).max(LEAST).min(limit), at_once }
    }

    /// As many as fit into a batch, again and again.
    pub(super) fn divide<T>(self, events: &[T]) -> Vec<&[T]> {
        events.chunks(self.size).collect()
    }

    /// The same, with all outcomes of one record in one batch, as far as they fit: two batches that write to one record are in
    /// each other's way.
    pub(super) fn of_records(self, outcomes: &mut [Outcome]) -> Vec<&[Outcome]> {
        together(outcomes, self.size, |outcome| outcome.event.metadata_hash)
    }

    /// Writes these batches, some at a time; what follows one that fails is not begun.
    pub(super) async fn write<'a, T, F: Future<Output = Result<(), PortError>>>(
        self,
        batches: Vec<&'a [T]>,
        write: impl Fn(&'a [T]) -> F,
    ) -> Result<(), PortError> {
        let writing: Vec<F> = batches.into_iter().map(write).collect();
        stream::iter(writing).buffer_unordered(self.at_once).try_collect().await
    }
}

/// Sorts by key, and divides into batches of at most `size` of which none begins within what has one key, unless that is larger.
fn together<T, K: Ord>(all: &mut [T], size: usize, key: impl Fn(&T) -> K) -> Vec<&[T]> {
    all.sort_by_key(&key);
    let (mut batches, mut rest, mut taken) = (Vec::new(), &*all, 0);
    for group in all.chunk_by(|one, other| key(one) == key(other)) {
        if taken > 0 && taken + group.len() > size {
            let (batch, others) = rest.split_at(taken);
            batches.push(batch);
            (rest, taken) = (others, 0);
        }
        taken += group.len();
    }
    batches.push(rest);
    batches.into_iter().flat_map(|batch| batch.chunks(size)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everything_is_in_one_batch_and_nothing_is_torn_that_fits(
            mut keys in proptest::collection::vec(0_u8..40, 0..200),
            size in 1_usize..60,
        ) {
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            let batches = together(&mut keys, size, |key| *key);
            prop_assert_eq!(batches.concat(), sorted);
            prop_assert!(batches.iter().all(|batch| (1..=size).contains(&batch.len())));
            for pair in batches.windows(2) {
                let torn = pair[0].last() == pair[1].first();
                prop_assert!(!torn || pair[0].iter().all(|key| Some(key) == pair[1].first()));
            }
        }
    }
}
