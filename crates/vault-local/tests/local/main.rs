//! The embedded vault, from outside: the contract of every vault, and the cases of a folder on a disk.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod conformance;
mod files;
mod first_open;
#[cfg(target_os = "linux")]
mod full_disk;
mod older_vaults;
mod stamps;
