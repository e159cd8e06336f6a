//! The real program, run on homes of its own: one test program for all of them, because each links everything.
//! What takes a firm's vault is in `firm` and `campaign`, killing it in `kills`.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may end by a panic")]

#[cfg(unix)]
mod beside;
#[cfg(target_os = "linux")]
mod checking;
#[cfg(target_os = "linux")]
mod clocks;
mod common;
mod diagnostics;
#[cfg(target_os = "linux")]
mod disk_full;
#[cfg(target_os = "linux")]
mod drives;
#[cfg(target_os = "linux")]
mod full_output;
mod help;
mod home;
mod in_the_way;
#[cfg(target_os = "linux")]
mod lengths;
mod lists;
mod login;
mod looking;
mod names;
#[cfg(target_os = "linux")]
mod nasty;
#[cfg(unix)]
mod no_file;
mod nothing_filed;
#[cfg(target_os = "linux")]
mod open_files;
#[cfg(target_os = "linux")]
mod own_folder;
#[cfg(target_os = "linux")]
mod printed;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod problems;
mod refusals;
mod road;
#[cfg(unix)]
mod single_files;
mod sources;
#[cfg(target_os = "linux")]
mod stopping;
#[cfg(unix)]
mod together;
#[cfg(unix)]
mod unfiled;
#[cfg(target_os = "linux")]
mod words;
