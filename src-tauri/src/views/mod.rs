//! What the window shows: values made for the page, with texts already readable and nothing in them that the page could
//! use to reach a file by itself. Times are milliseconds since 1970, sizes bytes.
//!
//! Each view is made from a value of the vault by taking that value apart, so that a new field there is a compile error
//! here; a change to a view changes the bindings, which a test compares.

mod document;
mod error;
mod event;
mod files;
mod firm;
mod history;
mod matters;
mod names;
mod queue;
mod reason;
mod restore;
mod search;
mod settings;
mod snapshot;
mod unreadable;
mod waiting;
mod work;

pub(crate) use document::*;
pub(crate) use error::*;
pub(crate) use event::*;
pub(crate) use files::*;
pub(crate) use firm::*;
pub(crate) use history::*;
pub(crate) use matters::*;
pub(crate) use names::*;
pub(crate) use queue::*;
pub(crate) use reason::*;
pub(crate) use restore::*;
pub(crate) use search::*;
pub(crate) use settings::*;
pub(crate) use snapshot::*;
pub(crate) use unreadable::*;
pub(crate) use waiting::*;
pub(crate) use work::*;
