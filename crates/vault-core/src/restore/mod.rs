//! Giving back: a drop, a folder, a matter or single documents, to disk, exactly as it was received.
//!
//! [`plan`] decides from what was received which file goes where, as a value. What names the drive at the destination takes is found
//! by trying (`trial`), and the plan fitted to it (`fit`). `write` performs it inside the destination and nowhere else, never
//! over anything that is there, every byte verified on its way. What was never filed is copied in the same way, from where it was
//! dropped ([`originals`]).

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
