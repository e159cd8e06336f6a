//! Connections: one that writes, a few that read beside it.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Sqlite, Transaction};

use crate::error::Result;

/// How long a statement waits for that of another process.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a call waits for the calls before it: the longest of them puts a million files into the queue.
const QUEUE: Duration = Duration::from_mins(5);

/// How a database is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile {
    /// `FULL`: what was written is there after a power cut. `OFF`: it need not be.
    pub(crate) synchronous: SqliteSynchronous,
    /// Memory for the pages of the connection that writes, and of each one that reads, in KiB.
    pub(crate) write_cache: u32,
    pub(crate) read_cache: u32,
    /// Pages of 4 KiB in the log before they are copied to the database file.
    pub(crate) log_pages: u32,
    /// How many connections read at the same time.
    pub(crate) readers: u32,
}

/// The way a file is opened.
pub(crate) fn connect_options(file: &Path, profile: Profile) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .synchronous(profile.synchronous)
        // A file system that loses what it was told to keep is asked harder (macOS only; elsewhere this does nothing).
        .pragma("fullfsync", if profile.synchronous == SqliteSynchronous::Full { "ON" } else { "OFF" })
        .pragma("temp_store", "memory")
        .pragma("journal_size_limit", (u64::from(profile.log_pages) * 4096).to_string())
        .pragma("wal_autocheckpoint", profile.log_pages.to_string())
        // Each row is a message from SQLite's thread to ours; with room for a page of them neither waits for the other.
        .row_buffer_size(4096)
        // Statements carry no values in logs, but they need no log at all.
        .disable_statement_logging()
}

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    pub(crate) writing: SqlitePool,
    pub(crate) reading: SqlitePool,
}

impl Connections {
    /// Connections to a file, which is made if it is missing. Nothing is opened before it is needed.
    pub(crate) fn new(file: &Path, profile: Profile) -> Self {
        let pool = || {
            SqlitePoolOptions::new()
                .acquire_timeout(QUEUE)
                .idle_timeout(None)
                .max_lifetime(None)
                // A connection to a file does not go stale.
                .test_before_acquire(false)
        };
        let options = connect_options(file, profile);
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .pragma("cache_size", format!("-{}", profile.write_cache));
        let reading = options.read_only(true).pragma("cache_size", format!("-{}", profile.read_cache));
        Self {
            writing: pool().max_connections(1).connect_lazy_with(writing),
            reading: pool().max_connections(profile.readers).connect_lazy_with(reading),
        }
    }

    /// Begins a write; waits for the one before it. Dropped without a commit, it never happened.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.writing.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Closes all connections. What other processes have open stays open.
    pub(crate) async fn close(&self) {
        self.reading.close().await;
        self.writing.close().await;
    }
}

/// Brings the tables up to date: all steps or none, and one process at a time.
pub(crate) async fn migrate(connections: &Connections, migrations: &Migrator) -> Result<()> {
    let mut transaction = connections.write().await?;
    // `run` itself gives a future that cannot be sent between threads.
    migrations.run_direct(None, &mut *transaction, false).await?;
    transaction.commit().await?;
    Ok(())
}
