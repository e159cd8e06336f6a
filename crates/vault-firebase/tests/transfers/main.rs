//! Bytes on their way to the firm's storage and back, over a line that fails in every way, to a server that lets
//! nothing pass. No emulator is needed.

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
