//! Faults on the main road, through the real vault of this computer: what happens to a file happens to that file, is
//! said, and nothing else is harmed.

#![cfg(unix)]

mod again;
mod blobs;
mod sources;
mod world;
