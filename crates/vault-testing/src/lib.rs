//! What the tests of several crates share.
//!
//! [`conformance`] holds one suite for each port: every implementation is held to the same promises, so that none can
//! drift from the others. [`tree`] makes folders full of everything that goes wrong with files, and reads folders back
//! for comparison. [`storage_server`] is Cloud Storage with every fault it can have, and [`line`](mod@line) the network before
//! it, or before any server: cut at a byte, or dead.

pub mod begun;
pub mod conformance;
pub mod line;
pub mod storage_server;
#[cfg(unix)]
pub mod tree;

pub use line::Line;
