//! Restoring a drop, a folder, a matter or single documents to disk, exactly as they were received.
//!
//! [`plan`] decides where each received file goes, as a value. How the drive at the destination handles names is found
//! by trying (`trial`), and the plan is adapted to it (`fit`). `write` performs it inside the destination only, never
//! overwrites anything, and verifies every byte. Files that were never filed are copied in the same way, from where
//! they were dropped ([`originals`]).

mod destination;
mod disk;
mod drive;
mod drive_names;
mod fit;
mod folders;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzed;
mod mark;
mod names;
mod originals;
mod perform;
mod place;
mod plan;
mod run;
mod scope;
mod single;
#[cfg(test)]
mod tests;
mod times;
mod tops;
mod trees;
mod trial;
mod verified;
mod way;
mod wherever;
mod write;

pub use mark::Origin;
pub use names::{Flavor, Segment, safe_segment};
pub use plan::{RenamedTop, RestoreFile, RestorePlan, plan};
pub use run::{OtherTime, Renamed, RestoreProblem, Restored};
pub use scope::RestoreScope;
pub(crate) use tops::{Kind, Taken};
pub use trees::Received;
pub use verified::{Unverified, Verified};
pub(crate) use wherever::read_wherever;
