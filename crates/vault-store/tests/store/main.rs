//! The store's databases, from outside: the journal, the mirror, the outbox, search.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod cache_file;
mod common;
mod conformance;
mod fingerprints;
mod journal;
mod journal_file;
mod mirror;
mod outbox;
mod search;
