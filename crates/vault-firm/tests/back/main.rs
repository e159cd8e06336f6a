//! Downloads from a firm's storage: through the real client, from a strict server that returns wrong content, cuts it
//! short, or has nothing. The user learns which document is concerned, and no wrong content is left on the disk.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod checking;
mod jobs;
mod junk;
mod restoring;
mod single;
mod world;
