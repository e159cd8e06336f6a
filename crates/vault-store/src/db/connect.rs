//! Connections: one for writing, a few for concurrent reading.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use vault_core::durable::{DATABASE_PATIENCE, Keeps, database_pragmas};
use vault_core::{SystemFault, private};

use crate::error::Result;

/// The table version after these migrations: each sets `user_version` to its own number.
pub(crate) fn latest(migrations: &Migrator) -> i64 {
    migrations.iter().map(|step| step.version).max().unwrap_or(0)
}

/// How a database is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile {
    /// What survives a power cut.
    pub(crate) keeps: Keeps,
    /// Page cache of the writing connection and of each reading one, in KiB.
    pub(crate) write_cache: u32,
    pub(crate) read_cache: u32,
    /// Log size at which it is copied to the database file, in pages of 4 KiB.
    pub(crate) log_pages: u32,
    /// Maximum number of concurrent readers.
    pub(crate) readers: u32,
}

/// The options for opening a file.
pub(crate) fn connect_options(file: &Path, profile: Profile) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(DATABASE_PATIENCE);
    let pragmas = database_pragmas(profile.keeps).into_iter();
    pragmas
        .fold(options, |options, (name, value)| options.pragma(name, value))
        .pragma("journal_size_limit", (u64::from(profile.log_pages) * 4096).to_string())
        .pragma("wal_autocheckpoint", profile.log_pages.to_string())
        .statement_cache_capacity(256)
        // Each row is a message from the database's thread to ours; a buffer for a page lets neither wait for the
        // other.
        .row_buffer_size(4096)
        // Logged statements would contain no values, but logging is not needed.
        .disable_statement_logging()
}

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    /// `None` after a failed write: the next one opens a new connection.
    writing: Arc<Mutex<Option<SqliteConnection>>>,
    write_options: SqliteConnectOptions,
    pub(crate) reading: SqlitePool,
}

impl Connections {
    /// Opens or creates a file for writing; reading connections are opened on demand.
    pub(crate) async fn open(file: &Path, profile: Profile) -> Result<Self> {
        // SQLite would make it world-readable; its auxiliary files get the permissions of the database file.
        private::database(file).map_err(|error| SystemFault::of(&error).port_error("open", file))?;
        let options = connect_options(file, profile);
        let write_options = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .pragma("cache_size", format!("-{}", profile.write_cache));
        let mut writing = write_options.connect().await?;
        // If the drive does not support WAL, SQLite silently works without it, and readers would block writers.
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut writing).await?;
        if mode != "wal" {
            return Err(SystemFault::NoDatabase.port_error("use", file).into());
        }
        let reading = SqlitePoolOptions::new()
            .max_connections(profile.readers)
            .idle_timeout(None)
            .max_lifetime(None)
            // Connections to a file do not become stale.
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true).pragma("cache_size", format!("-{}", profile.read_cache)));
        Ok(Self { writing: Arc::new(Mutex::new(Some(writing))), write_options, reading })
    }

    /// Begins a write; waits for the previous one.
    pub(crate) async fn write(&self) -> Result<Write> {
        let mut home = Arc::clone(&self.writing).lock_owned().await;
        let connection = match home.take() {
            Some(connection) => connection,
            None => self.write_options.connect().await?,
        };
        let mut write = Write { connection, home };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *write).await?;
        Ok(write)
    }

    /// Migrates the tables: all steps or none, and one process at a time.
    pub(crate) async fn migrate(&self, migrations: &Migrator) -> Result<()> {
        let mut home = self.writing.lock().await;
        let mut connection = match home.take() {
            Some(connection) => connection,
            None => self.write_options.connect().await?,
        };
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        // The future of `run` is not `Send`.
        migrations.run_direct(None, &mut *transaction, false).await?;
        transaction.commit().await?;
        *home = Some(connection);
        Ok(())
    }

    /// Closes all connections of this process.
    pub(crate) async fn close(&self) -> Result<()> {
        self.reading.close().await;
        if let Some(mut connection) = self.writing.lock().await.take() {
            // A connection that has not written yet leaves the log to the readers, which may not remove it.
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(())
    }
}

/// A write in progress. Rolled back if dropped without a [`commit`](Self::commit).
///
/// A failed write discards its connection. Some errors, such as a full disk, make the database roll back the whole
/// transaction, which the connection does not notice: it would treat later statements as part of that transaction.
#[derive(Debug)]
pub(crate) struct Write {
    connection: SqliteConnection,
    home: OwnedMutexGuard<Option<SqliteConnection>>,
}

impl Write {
    /// Makes the write durable, as far as the database's profile does.
    pub(crate) async fn commit(self) -> Result<()> {
        let Self { mut connection, mut home } = self;
        sqlx::query("COMMIT").execute(&mut connection).await?;
        *home = Some(connection);
        Ok(())
    }
}

impl Deref for Write {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use vault_core::ports::{Attention, PortError};

    use super::*;
    use crate::error::Which;

    const PROFILE: Profile =
        Profile { keeps: Keeps::AllButTheLast, write_cache: 1024, read_cache: 1024, log_pages: 1000, readers: 1 };

    async fn opened() -> (tempfile::TempDir, Connections) {
        let home = tempfile::tempdir().expect("folder");
        let connections = Connections::open(&home.path().join("test.db"), PROFILE).await.expect("open");
        let mut write = connections.write().await.expect("write");
        sqlx::query("CREATE TABLE t (x BLOB NOT NULL) STRICT").execute(&mut *write).await.expect("table");
        write.commit().await.expect("commit");
        (home, connections)
    }

    async fn rows(connections: &Connections) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM t").fetch_one(&connections.reading).await.expect("count")
    }

    async fn fill(connections: &Connections) -> Result<()> {
        let mut write = connections.write().await?;
        for _ in 0..20 {
            sqlx::query("INSERT OR FAIL INTO t (x) VALUES (zeroblob(10000))").execute(&mut *write).await?;
        }
        write.commit().await
    }

    #[tokio::test]
    async fn after_a_full_disk_nothing_is_half_written_and_the_next_write_works() {
        let (_home, connections) = opened().await;
        let mut write = connections.write().await.expect("write");
        sqlx::query("PRAGMA max_page_count = 20").execute(&mut *write).await.expect("limit");
        write.commit().await.expect("commit");
        let full = fill(&connections).await.expect_err("no room").for_person(Which::Journal);
        let PortError::NeedsPerson { kind: Attention::NoRoom, message } = full else { panic!("{full}") };
        assert!(message.starts_with("The disk is full"), "{message}");
        assert_eq!(rows(&connections).await, 0);
        // The limit was a setting of the discarded connection: there is room again.
        fill(&connections).await.expect("room");
        assert_eq!(rows(&connections).await, 20);
    }

    #[tokio::test]
    async fn a_write_that_is_abandoned_never_happened() {
        let (_home, connections) = opened().await;
        for polls in 1..20 {
            let mut filling = std::pin::pin!(fill(&connections));
            for _ in 0..polls {
                let polled =
                    std::future::poll_fn(|context| Poll::Ready(filling.as_mut().poll(context).is_ready())).await;
                if polled {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        let before = rows(&connections).await;
        assert_eq!(before % 20, 0);
        fill(&connections).await.expect("write");
        assert_eq!(rows(&connections).await, before + 20);
    }

    #[tokio::test]
    async fn every_connection_flushes_to_the_disk() {
        for (keeps, synchronous) in [(Keeps::Everything, 2), (Keeps::AllButTheLast, 1)] {
            let home = tempfile::tempdir().expect("folder");
            let profile = Profile { keeps, ..PROFILE };
            let connections = Connections::open(&home.path().join("test.db"), profile).await.expect("open");
            let mut write = connections.write().await.expect("write");
            for (pragma, expected) in
                [("synchronous", synchronous), ("fullfsync", 1), ("checkpoint_fullfsync", 1), ("foreign_keys", 1)]
            {
                let asked = sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"));
                let set: i64 = sqlx::query_scalar(asked).fetch_one(&mut *write).await.expect("pragma");
                assert_eq!(set, expected, "{pragma}");
            }
        }
    }

    #[tokio::test]
    async fn writes_wait_for_each_other() {
        let (_home, connections) = opened().await;
        let mut writes = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let connections = connections.clone();
            writes.spawn(async move { fill(&connections).await });
        }
        for written in writes.join_all().await {
            written.expect("write");
        }
        assert_eq!(rows(&connections).await, 160);
    }
}
