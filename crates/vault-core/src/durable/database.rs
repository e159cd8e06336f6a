//! How the databases of this computer are opened: all of them alike, but for what they may lose.

use std::time::Duration;

/// How long a statement waits for that of another process.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(30);

/// What is there after a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Everything that was committed.
    Everything,
    /// A whole database, as it was a while ago: for what can be made again.
    AllButTheLast,
}

/// What every connection to an `SQLite` database sets, by name and value.
///
/// `fullfsync` and `checkpoint_fullfsync` make macOS write to the disk what it was told to flush, also when the log is copied
/// into the database; elsewhere they do nothing (<https://www.sqlite.org/pragma.html#pragma_fullfsync>).
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
