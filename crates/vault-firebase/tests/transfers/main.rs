//! Uploads to and downloads from the firm's storage, over a network with all faults, against a strict
//! server. No emulator is needed.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod conformance;
mod continuing;
mod known;
mod middle;
mod neighbours;
mod network;
mod reading;
mod refusals;
mod seeded;
mod sources;
mod tokens;
mod world;
