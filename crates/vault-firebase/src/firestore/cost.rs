//! What the calls cost, counted as Firestore bills them (<https://firebase.google.com/docs/firestore/pricing>).

use std::sync::atomic::{AtomicU64, Ordering};

/// Billed operations since the vault was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Documents read; a query that finds nothing counts as one, and so does every thousand documents counted.
    pub reads: u64,
    /// Documents written.
    pub writes: u64,
}

#[derive(Default)]
pub(super) struct Counter {
    reads: AtomicU64,
    writes: AtomicU64,
}

impl Counter {
    pub(super) fn read(&self, documents: usize) {
        self.reads.fetch_add(documents.max(1) as u64, Ordering::Relaxed);
    }

    /// Counting costs one document read for every thousand that are counted.
    pub(super) fn counted(&self, documents: usize) {
        self.read(documents.div_ceil(1000));
    }

    pub(super) fn wrote(&self, documents: usize) {
        self.writes.fetch_add(documents as u64, Ordering::Relaxed);
    }

    pub(super) fn cost(&self) -> Cost {
        Cost { reads: self.reads.load(Ordering::Relaxed), writes: self.writes.load(Ordering::Relaxed) }
    }
}
