//! Filing: from the queue to the vault.
//!
//! [`Delivery`] takes a drop from the [`queue`](crate::queue) in batches, each through the same steps. The power may
//! fail after any of them:
//!
//! 1. *reconcile*: the vault is asked about what an earlier run began; what it has recorded is done;
//! 2. *locate*: content that is verifiably stored need not be stored again;
//! 3. *begin*: the events of files about to be sent are written as interrupted, and the queue notes the attempts;
//! 4. *store*: bytes, verified and durable;
//! 5. *record*: final events and records, in one step; then the queue notes that the files are done.
//!
//! The last three run in parallel for the files of a batch ([`moving`]).
//!
//! A failure of one file affects that file only: it waits for a retry, if the problem may pass, or needs attention. A
//! failure of the vault pauses the drop and keeps the queue, until a user cancels the drop.

mod attempt;
mod batch;
mod commit_batches;
mod context;
mod delivery;
mod moving;
mod provisional_count;
mod reconcile;
mod summary;

pub(crate) use context::FilingContext;
pub(crate) use delivery::Delivery;
pub use delivery::{Finished, Halt};
pub(crate) use reconcile::reconcile;

pub use crate::queue::{AtSource, ItemEvent, ItemState, Located, RemovedFiles, Unfiled, UnfiledFile};
