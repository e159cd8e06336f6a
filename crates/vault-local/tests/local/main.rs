//! The embedded vault, from outside: what every vault does, and what only a folder on a disk meets.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod conformance;
mod files;
mod first_open;
#[cfg(target_os = "linux")]
mod no_room;
mod older;
mod stamps;
