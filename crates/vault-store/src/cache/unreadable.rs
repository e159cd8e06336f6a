//! Documents that cannot be read.

use sqlx::SqliteConnection;
use vault_core::ports::{Change, Unreadable};

use crate::db::Connections;
use crate::error::Result;

/// Stores the unreadable documents of a page, and removes those that the page contains in readable form.
pub(super) async fn put(changes: &[Change], connection: &mut SqliteConnection) -> Result<()> {
    let any: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM unreadable)").fetch_one(&mut *connection).await?;
    if any {
        for change in changes {
            sqlx::query("DELETE FROM unreadable WHERE document = ?1")
                .bind(change.document())
                .execute(&mut *connection)
                .await?;
        }
    }
    for change in changes {
        if let Change::Unreadable(Unreadable { document, reason }) = change {
            sqlx::query("INSERT OR REPLACE INTO unreadable (document, reason) VALUES (?1, ?2)")
                .bind(document)
                .bind(reason)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

pub(super) async fn all(db: &Connections) -> Result<Vec<Unreadable>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT document, reason FROM unreadable ORDER BY document").fetch_all(&db.reading).await?;
    Ok(rows.into_iter().map(|(document, reason)| Unreadable { document, reason }).collect())
}
