//! The real program in a firm's vault, on two computers without a keychain: waiting edits, refusals, and their
//! messages.
//!
//! ```text
//! cargo xtask emulators     # in another terminal; set the environment that it prints
//! cargo test -p vault-cli --features emulators --test firm
//! ```

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod drops;
mod refused;
mod removed;
mod sealed;
mod waiting;
mod world;
