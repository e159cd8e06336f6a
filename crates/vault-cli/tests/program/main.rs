//! The real program, run on separate homes: one test program for all of them, because each links everything.
//! Tests that need a firm's vault are in `firm` and `campaign`, those that kill it in `kills`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

mod browsing;
#[cfg(target_os = "linux")]
mod clocks;
mod common;
#[cfg(unix)]
mod concurrent_commands;
#[cfg(unix)]
mod concurrent_programs;
mod diagnostics;
#[cfg(target_os = "linux")]
mod disk_full;
#[cfg(target_os = "linux")]
mod drives;
#[cfg(target_os = "linux")]
mod error_messages;
#[cfg(target_os = "linux")]
mod full_output;
mod help;
mod home;
#[cfg(target_os = "linux")]
mod hostile_trees;
mod lists;
mod login;
mod names;
#[cfg(unix)]
mod not_a_file;
mod nothing_filed;
mod occupied_paths;
#[cfg(target_os = "linux")]
mod open_files;
#[cfg(target_os = "linux")]
mod own_folder;
#[cfg(unix)]
mod permissions;
#[cfg(unix)]
mod problems;
mod refusals;
mod round_trip;
#[cfg(unix)]
mod single_files;
mod sources;
#[cfg(target_os = "linux")]
mod stopping;
#[cfg(target_os = "linux")]
mod terminal_output;
#[cfg(unix)]
mod unfiled;
#[cfg(target_os = "linux")]
mod unknown_lengths;
#[cfg(target_os = "linux")]
mod verifying;
