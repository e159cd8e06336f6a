//! Opening `vault.db`. A file that is damaged or of a newer version is refused before anything is written to it.

use std::path::Path;
use std::sync::Arc;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};
use vault_core::durable::{DATABASE_PATIENCE, Keeps, database_pragmas};
use vault_core::ports::{Clock, PortError};
use vault_core::reason::Reason;
use vault_core::{SystemFault, private};

use super::{Result, fault, name_keys};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// `user_version` of the schema that the migrations make.
const SCHEMA: i64 = 3;

/// The open database: one connection for writing, a few for concurrent reading.
pub(crate) struct Db {
    pub(crate) reading: SqlitePool,
    pub(crate) writing: SqlitePool,
    pub(crate) clock: Arc<dyn Clock>,
}

/// Opens the database, migrates it, or creates it.
///
/// # Errors
/// `Damaged` for a file that is not our database or has a newer version, and for a missing one while content exists
/// (`has_content`): a new one would not know that content.
pub(crate) async fn open(file: &Path, has_content: bool, clock: Arc<dyn Clock>) -> Result<Db> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(DATABASE_PATIENCE)
        .row_buffer_size(4096)
        .pragma("journal_size_limit", "67108864")
        .pragma("cache_size", "-16384")
        .pragma("wal_autocheckpoint", "4000");
    let pragmas = database_pragmas(Keeps::Everything).into_iter();
    let options = pragmas.fold(options, |options, (name, value)| options.pragma(name, value));
    private::no_database_in_the_way(file).map_err(|error| SystemFault::of(&error).port_error("open", file))?;
    let version = if file.exists() { version_of(file, &options).await? } else { 0 };
    if version > SCHEMA {
        return Err(PortError::damaged(Reason::VaultNewer { path: file.display().to_string() }));
    }
    if version == 0 && has_content {
        return Err(PortError::damaged(Reason::VaultFileMissing { path: file.display().to_string() }));
    }
    if version < SCHEMA {
        tracing::info!(from = version, to = SCHEMA, "the tables of the vault are migrated");
    }
    // SQLite would make it world-readable; its auxiliary files get the permissions of the database file.
    private::database(file).map_err(|error| SystemFault::of(&error).port_error("open", file))?;
    let options = options.create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    let writing = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
    let migrated = MIGRATIONS.run(&writing).await;
    migrated.map_err(|error| not_migrated(file, error))?;
    // If the drive does not support WAL, SQLite silently works without it, and readers would block writers.
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&writing).await.map_err(fault)?;
    if mode != "wal" {
        return Err(SystemFault::NoDatabase.port_error("use", file));
    }
    name_keys::bring_up_to_date(&writing).await?;
    // Each connection has its own page cache; readers need only a small one.
    let reading = options.create_if_missing(false).pragma("cache_size", "-4096");
    let reading = SqlitePoolOptions::new().max_connections(3).connect_lazy_with(reading);
    Ok(Db { reading, writing, clock })
}

/// The schema version of an existing file; 0 if it is empty.
async fn version_of(file: &Path, options: &SqliteConnectOptions) -> Result<i64> {
    let damaged = |error: sqlx::Error| match fault(error) {
        PortError::NeedsPerson { kind: vault_core::ports::Attention::Damaged, .. } => {
            PortError::damaged(Reason::VaultFileDamaged { path: file.display().to_string() })
        }
        other => other,
    };
    let mut connection = options.clone().connect().await.map_err(damaged)?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await.map_err(damaged)?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE tbl_name <> '_sqlx_migrations'")
        .fetch_one(&mut connection)
        .await
        .map_err(damaged)?;
    connection.close().await.map_err(damaged)?;
    if version == 0 && tables > 0 {
        return Err(PortError::damaged(Reason::NoVaultFile { path: file.display().to_string() }));
    }
    Ok(version)
}

fn not_migrated(file: &Path, error: sqlx::migrate::MigrateError) -> PortError {
    use sqlx::migrate::MigrateError::{Execute, ExecuteMigration, VersionMissing, VersionTooNew};
    match error {
        Execute(error) | ExecuteMigration(error, _) => fault(error),
        VersionMissing(_) | VersionTooNew(..) => {
            PortError::damaged(Reason::VaultNewer { path: file.display().to_string() })
        }
        other => PortError::damaged(format!(
            "{} does not fit this version of Strongroom ({other}). Put back the file from a backup.",
            file.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use vault_core::ports::SystemClock;

    use super::*;

    #[tokio::test]
    async fn every_connection_flushes_to_the_disk() {
        let home = tempfile::tempdir().expect("folder");
        let clock = Arc::new(SystemClock);
        let db = open(&home.path().join("vault.db"), false, clock).await.expect("open");
        for pool in [&db.writing, &db.reading] {
            for (pragma, expected) in
                [("synchronous", 2), ("fullfsync", 1), ("checkpoint_fullfsync", 1), ("foreign_keys", 1)]
            {
                let asked = sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"));
                let set: i64 = sqlx::query_scalar(asked).fetch_one(pool).await.expect("pragma");
                assert_eq!(set, expected, "{pragma}");
            }
        }
    }
}
