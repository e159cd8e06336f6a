//! The real program in a firm's vault, at two computers without a keychain: what waits, what is refused, and what is said of
//! it.
//!
//! ```text
//! cargo xtask emulators     # in another terminal; put what it prints into the environment
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
