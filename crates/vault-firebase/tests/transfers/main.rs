//! Uploads to and downloads from the firm's storage, over a network with all faults, against a strict
//! server. No emulator is needed.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod conformance;
mod interruptions;
mod known_content;
mod network;
mod reading;
mod refusals;
mod resuming;
mod seeded;
mod sources;
mod stalled_files;
mod tokens;
mod world;
