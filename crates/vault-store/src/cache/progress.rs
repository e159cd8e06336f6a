//! The copy's cursor, and clearing the copy.

use sqlx::SqliteConnection;
use vault_core::ports::Cursor;

use crate::db::Connections;
use crate::error::Result;

pub(super) async fn cursor(db: &Connections) -> Result<Option<Cursor>> {
    let cursor: Option<String> = sqlx::query_scalar("SELECT cursor FROM progress").fetch_one(&db.reading).await?;
    Ok(cursor.map(Cursor))
}

pub(super) async fn set_cursor(cursor: &Cursor, connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("UPDATE progress SET cursor = ?1").bind(&cursor.0).execute(connection).await?;
    Ok(())
}

/// Empties every table but the fingerprints, which are not copied from the vault.
pub(super) async fn clear(db: &Connections) -> Result<()> {
    let mut write = db.write().await?;
    for statement in [
        "DELETE FROM placements",
        "DELETE FROM events",
        "DELETE FROM summaries",
        "DELETE FROM sources",
        "DELETE FROM drops",
        "DELETE FROM locations",
        "DELETE FROM origins",
        "DELETE FROM folders",
        "DELETE FROM records",
        "DELETE FROM places",
        "DELETE FROM matters",
        "DELETE FROM waiting_matters",
        "DELETE FROM waiting_clients",
        "DELETE FROM matter_keys",
        "DELETE FROM clients",
        "DELETE FROM people",
        "DELETE FROM unreadable",
        "INSERT INTO record_words (record_words) VALUES ('delete-all')",
        "INSERT INTO folder_words (folder_words) VALUES ('delete-all')",
        "UPDATE progress SET cursor = NULL",
    ] {
        sqlx::query(statement).execute(&mut *write).await?;
    }
    write.commit().await
}
