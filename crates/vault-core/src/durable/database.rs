//! How the databases of this computer are opened: all in the same way, except for what a power cut may lose.

use std::time::Duration;

/// How long a statement waits for another process.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(30);

/// What survives a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Everything that was committed.
    Everything,
    /// An intact database in an earlier state: for data that can be rebuilt.
    AllButTheLast,
}

/// The settings of every connection to an `SQLite` database, by name and value.
///
/// `fullfsync` and `checkpoint_fullfsync` make macOS write flushed data to the disk, also when the log is copied into
/// the database; on other systems they have no effect (<https://www.sqlite.org/pragma.html#pragma_fullfsync>).
pub const fn database_pragmas(keeps: Keeps) -> [(&'static str, &'static str); 5] {
    let synchronous = match keeps {
        Keeps::Everything => "FULL",
        Keeps::AllButTheLast => "NORMAL",
    };
    [
        ("foreign_keys", "ON"),
        ("synchronous", synchronous),
        ("fullfsync", "ON"),
        ("checkpoint_fullfsync", "ON"),
        ("temp_store", "MEMORY"),
    ]
}
