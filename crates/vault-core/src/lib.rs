//! What a vault is and does.
//!
//! A user drops folders onto a matter. From there every file takes the same path:
//!
//! ```text
//! drop ─► scan ─► fingerprint ─► pre-flight ─► enqueue ─► deliver ─► record ─► mirror
//!         [intake]               [preflight]   [queue]     [filing]           [browse]
//! ```
//!
//! and leaves the vault through [`restore`]. [`model`] holds the values, [`ports`] what the vault needs from outside.
//! The only I/O in this crate is reading the files that the user drops, and writing those that the user restores.

mod browse;
mod clock_behind;
mod deceptive;
pub mod durable;
pub mod filing;
mod free_name;
pub mod intake;
mod log_id;
mod matters;
pub mod model;
pub mod open_files;
mod pace;
mod parts;
pub mod ports;
pub mod preflight;
pub mod private;
mod progress;
pub mod queue;
pub mod rate;
pub mod reason;
pub mod restore;
pub mod rules;
mod same_names;
pub mod small_file;
mod sparse;
mod system_fault;
pub mod text_file;
mod vault;
mod verify;
mod waiting;

pub use clock_behind::ClockBehind;
pub use deceptive::{deceptive_in, is_deceptive};
pub use free_name::{FreeName, give_free_name};
pub use log_id::log_id;
pub use pace::{Pace, ProgressSample};
pub use parts::VaultParts;
pub use progress::{Progress, ProgressCounts};
pub use same_names::{Alike, SameName};
pub use sparse::{Sparse, SparseWriter};
pub use system_fault::SystemFault;
pub use vault::{Vault, VaultError};
pub use verify::{Checking, Double, Fault, Orphan, UpTo, Verification};
pub use waiting::{Keep, Sending};
