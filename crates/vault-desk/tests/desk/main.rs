//! A desk before the real vault: real databases, real files.

mod faults;
mod gates;
mod lists;
mod problems;
mod restarts;
mod restore_verify;
mod road;
mod scene;
mod single;
mod stopping;
mod telling;
mod told;
