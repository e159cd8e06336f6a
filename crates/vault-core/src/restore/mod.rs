//! Giving back: a drop, a folder or a matter, to disk, exactly as it was received.
//!
//! [`plan`] decides from the events which file goes where, as a value; `write` performs it inside the destination and
//! nowhere else, never over anything that is there, every byte verified on its way.

mod folder;
mod names;
mod place;
mod plan;
mod run;
mod verified;
mod write;

pub use names::{Flavor, Segment, safe_segment};
pub use plan::{RestoreFile, RestorePlan, plan};
pub use run::{Renamed, RestoreProblem, RestoreScope, Restored};
pub use verified::{Unverified, Verified};
