//! Filing: from the queue to the vault.
//!
//! [`enqueue`] puts a drop into the journal; [`Delivery`] takes it from there in pages, each through the same steps,
//! every one of which may be the last before the power goes:
//!
//! 1. *reconcile*: what an earlier run began is asked of the vault: done there means done here;
//! 2. *locate*: content that is verifiably stored need not be stored again;
//! 3. *begin*: the events of what is about to move are written as interrupted, and the queue notes the attempt;
//! 4. *store*: bytes, verified and durable;
//! 5. *record*: final events and records, in one step; then the queue notes that it is done.
//!
//! The last three go on beside each other, for the files of a page as their turns come ([`moving`]).
//!
//! A failure of one file is that file's: it waits by itself, where that heals ([`wait`]), or needs a person, who tries it
//! again, gives it up ([`retry`]), says where it stands now ([`locate`]) or takes it out ([`remove_files`]). A failure of the
//! vault pauses the drop and keeps the queue, until a person gives the drop up ([`cancel_drop`]).
//! What is not filed is listed without the vault ([`unfiled`]).

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
