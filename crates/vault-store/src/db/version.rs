//! The version of a database's tables, for diagnostics.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use vault_core::durable::DATABASE_PATIENCE;

/// The version of the tables in a file (`user_version`); `None` if it cannot be read. Changes nothing.
pub async fn schema_version(file: &Path) -> Option<i64> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).busy_timeout(DATABASE_PATIENCE);
    let mut connection = options.disable_statement_logging().connect().await.ok()?;
    let version = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await.ok();
    if connection.close().await.is_err() {
        tracing::debug!("a database is not closed cleanly");
    }
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_version_of_a_database_is_read_and_nothing_is_made() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        assert_eq!(schema_version(&file).await, None);
        assert!(!file.exists(), "asking makes no database");
        let journal = crate::JournalDb::open(&file).await.expect("open");
        assert!(schema_version(&file).await.is_some_and(|version| version > 0), "while it is open");
        journal.close_file().await.expect("close");
        assert!(schema_version(&file).await.is_some_and(|version| version > 0));
    }
}
