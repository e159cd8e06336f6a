//! What the tests of several crates share.
//!
//! [`conformance`] holds one suite for each port: every implementation has to keep the same contract, so that none can
//! drift from the others. [`tree`] makes folders with everything that goes wrong with files, and reads folders back
//! for comparison. [`storage_server`] is Cloud Storage with all its faults, and [`proxy`](mod@proxy) the network before
//! it, or before any server: cut at a byte, or hanging.

pub mod begun;
pub mod conformance;
pub mod proxy;
pub mod storage_server;
#[cfg(unix)]
pub mod tree;

pub use proxy::Proxy;
