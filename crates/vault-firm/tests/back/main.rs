//! Content on its way back from a firm's storage: through the real client, from a strict server that gives it wrong, cuts it
//! short, or has nothing. Whoever asked is told, by name, and nothing that is not the document is left on the disk.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod checking;
mod giving;
mod jobs;
mod junk;
mod single;
mod world;
