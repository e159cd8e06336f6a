//! Previews of real and of hostile files.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod build;
mod hostile;
mod kinds;
mod mail;
mod word;
