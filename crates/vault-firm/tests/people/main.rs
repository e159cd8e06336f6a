//! Users of a firm at work on the same matters, each on their own computer, against the Firebase emulators:
//!
//! ```text
//! cargo xtask emulators     # in another terminal
//! cargo test -p vault-firm --features emulators --test people
//! ```
//!
//! Every test makes a team of its own, so they run at the same time, and again.

#[path = "../../../vault-firebase/tests/emulators/world.rs"]
#[allow(dead_code, reason = "only a part of it is needed here")]
mod world;

mod computer;
mod first_copy;
mod forgetting;
mod leaving;
mod offline;
mod together;
