//! The jobs before the real vault: real databases, real files.

mod faults;
mod gates;
mod lists;
mod problems;
mod restarts;
mod restore;
mod results;
mod road;
mod scene;
mod single;
mod stopping;
mod telling;
mod told;
mod verify;
mod watched_queue;
