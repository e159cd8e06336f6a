//! This computer's queue: what the journal keeps about each drop, and every change of it.
//!
//! [`enqueue`] puts a drop into the journal. Its files then change as [`ItemState::next`] allows: while they are filed
//! ([`filing`](crate::filing)), and when the user retries or dismisses some ([`retry`]), names their new place
//! ([`locate`]), removes them ([`remove_files`]) or cancels the drop ([`cancel_drop`]). A file whose problem may pass
//! waits ([`wait`]). What is not filed can be listed without the vault ([`unfiled`]).
//!
//! Only the vault knows what became of a file that was begun: the queue asks it, through
//! [`reconcile`](crate::filing::reconcile), before it gives such a file up.

mod cancel_drop;
mod drop;
mod enqueue;
mod item;
mod locate;
mod noted;
mod of_vault;
mod pause;
mod queued;
mod remove_files;
mod retry;
mod state;
mod unfiled;
mod wait;

pub use drop::{DropPhase, JournaledDrop, LeftOutEntry, NewDrop};
pub(crate) use enqueue::enqueue;
pub use item::{Item, ItemUpdate, NewItem, Reading};
pub use locate::Located;
pub(crate) use noted::{is_stop_noted, stop_is_noted};
pub use pause::PauseReason;
pub(crate) use queued::QueuedDrop;
pub use remove_files::RemovedFiles;
pub(crate) use retry::Rereading;
pub use state::{ItemEvent, ItemState};
pub use unfiled::{AtSource, Unfiled, UnfiledFile};
pub(crate) use wait::LOCKED;

/// How many items one read of the queue returns.
const PAGE: usize = 2048;
