//! A real keychain, one that is locked, one that hangs, and none.
#![cfg(target_os = "linux")]

mod available;
mod environment;
mod unavailable;
