//! Faults on the main road, through the real vault of this computer: what happens to a file happens to that file, is
//! said, and nothing else is harmed.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod again;
mod attention;
mod blobs;
mod catching_up;
mod enqueueing;
mod giving_up;
mod line;
mod locate;
mod moving;
mod offline;
mod single;
mod sources;
mod stuck;
mod taken_out;
mod trees;
mod waiting;
mod watched;
mod world;
