//! A desk before the real vault: real databases, real files.

mod faults;
mod gates;
mod giving;
mod lists;
mod problems;
mod restarts;
mod road;
mod scene;
mod single;
mod stopping;
mod telling;
mod told;
