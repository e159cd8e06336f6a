//! Shared by both databases: connections, multi-row statements, and value conversion.

mod connect;
mod rows;
mod values;
mod version;

pub(crate) use connect::{Connections, Profile, connect_options, latest};
pub(crate) use rows::{ManyRows, Values};
pub(crate) use values::{Columns, head, hex_list, limit, list, path, signed, sized, text_list};
pub use version::schema_version;
