//! Divides the writes of a [`Batch`](super::batch::Batch) into commits that are written in parallel, because a remote vault takes a while to answer
//! each.

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::ports::{Outcome, PortError, Records};

/// A smaller batch is not divided, because each batch costs a round trip.
const LEAST: usize = 50;

/// How large batches are, and how many are written at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct CommitBatches {
    size: usize,
    at_once: usize,
}

impl CommitBatches {
    /// The batches for `events` events, written to `records`.
    pub(super) fn of(records: &dyn Records, events: usize) -> Self {
        let (limit, at_once) = (records.batch_limit().max(1), records.batches_at_once().max(1));
        Self { size: events.div_ceil(at_once).max(LEAST).min(limit), at_once }
    }

    /// Cuts events into batches of at most `size`.
    pub(super) fn divide<T>(self, events: &[T]) -> Vec<&[T]> {
        events.chunks(self.size).collect()
    }

    /// Like [`divide`](Self::divide), but keeps all outcomes of one record in one batch where they fit: two parallel
    /// batches that write to one record would conflict.
    pub(super) fn of_records(self, outcomes: &mut [Outcome]) -> Vec<&[Outcome]> {
        together(outcomes, self.size, |outcome| outcome.event.metadata_hash)
    }

    /// Writes the batches, some in parallel; after a failure no further batch is started.
    pub(super) async fn write<'a, T, F: Future<Output = Result<(), PortError>>>(
        self,
        batches: Vec<&'a [T]>,
        write: impl Fn(&'a [T]) -> F,
    ) -> Result<(), PortError> {
        let writing: Vec<F> = batches.into_iter().map(write).collect();
        stream::iter(writing).buffer_unordered(self.at_once).try_collect().await
    }
}

/// Sorts by key and divides into batches of at most `size` that don't split a key, unless one key alone exceeds it.
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
