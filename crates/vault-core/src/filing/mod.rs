//! Filing: from the queue to the vault.
//!
//! [`enqueue`] puts a drop into the journal; [`Delivery`] takes it from there in pages, each through the same steps.
//! The power may fail after any of them:
//!
//! 1. *reconcile*: the vault is asked about what an earlier run began; what it has recorded is done;
//! 2. *locate*: content that is verifiably stored need not be stored again;
//! 3. *begin*: the events of files about to be sent are written as interrupted, and the queue notes the attempts;
//! 4. *store*: bytes, verified and durable;
//! 5. *record*: final events and records, in one step; then the queue notes that the files are done.
//!
//! The last three run in parallel for the files of a page ([`moving`]).
//!
//! A failure of one file affects that file only: it waits for a retry, if the problem may pass ([`wait`]), or needs
//! attention. The user can retry or dismiss it ([`retry`]), locate it ([`locate`]) or remove it ([`remove_files`]). A
//! failure of the vault pauses the drop and keeps the queue, until a user cancels the drop ([`cancel_drop`]). What is
//! not filed can be listed without the vault ([`unfiled`]).

mod attempt;
mod cancel_drop;
mod commit_batches;
mod delivery;
mod enqueue;
mod item;
mod locate;
mod moving;
mod noted;
mod page;
mod provisional_count;
mod reconcile;
mod remove_files;
mod retry;
mod summary;
mod unfiled;
mod wait;

pub(crate) use delivery::Delivery;
pub use delivery::{Finished, Halt};
pub(crate) use enqueue::enqueue;
pub use item::{ItemEvent, ItemState};
pub use locate::Located;
pub(crate) use noted::stop_is_noted;
pub use remove_files::RemovedFiles;
pub use unfiled::{AtSource, Unfiled, UnfiledFile};
