//! What the page may ask: each command sends a request on and hands a view of the answer back.

#[macro_use]
mod list;
pub(crate) mod document;
pub(crate) mod files;
pub(crate) mod filing;
pub(crate) mod firms;
pub(crate) mod history;
pub(crate) mod matters;
pub(crate) mod restore;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod snapshot;
pub(crate) mod waiting;
pub(crate) mod window;
