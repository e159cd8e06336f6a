//! `vault.db`: opening it, writing to it, and translating its errors.

mod error;
mod keys;
mod name_keys;
mod open;
mod write;

pub(crate) use error::{Result, fault, unreadable};
pub(crate) use keys::{bytes, limit, packed, signed, source_of, unsigned, with_wanted};
pub(crate) use open::{Db, open};
pub(crate) use write::{ROWS, Write};
