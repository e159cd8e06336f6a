//! A real keychain, one that is locked, one that hangs, and none.
#![cfg(target_os = "linux")]

mod surroundings;
mod there;
mod trouble;
