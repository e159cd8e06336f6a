//! A drop's ordered lists: its sources and its folders.

use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};
use vault_core::model::{DropFolder, DropId, DropKey, DropSummary, LastModified, PathText};

use crate::db::{Db, ROWS, Result, Write, fault, source_of};

/// The dropped folders and files, as readable paths.
pub(super) async fn sources(connection: &mut SqliteConnection, drop: DropId) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT path FROM drop_source WHERE drop_id = ?1 ORDER BY seq")
        .bind(&drop.as_bytes()[..])
        .fetch_all(connection)
        .await
        .map_err(fault)
}

/// Replaces a drop's sources.
pub(super) async fn replace_sources(write: &mut Write, summary: &DropSummary) -> Result<()> {
    let id = &summary.id.as_bytes()[..];
    sqlx::query("DELETE FROM drop_source WHERE drop_id = ?1")
        .bind(id)
        .execute(write.connection())
        .await
        .map_err(fault)?;
    let sources: Vec<(i64, &String)> = (0..).zip(&summary.sources).collect();
    for chunk in sources.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO drop_source (drop_id, seq, path) ");
        query.push_values(chunk, |mut row, (seq, path)| {
            row.push_bind(id).push_bind(*seq).push_bind(*path);
        });
        query.build().execute(write.connection()).await.map_err(fault)?;
    }
    Ok(())
}

/// The folders of a drop, in the order they were written.
pub(super) async fn of(db: &Db, drop: &DropKey) -> Result<Vec<DropFolder>> {
    let mut snapshot = db.reading.begin().await.map_err(fault)?;
    let is_there: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM filed_drop WHERE id = ?1 AND matter_id = ?2 AND user_id = ?3)",
    )
    .bind(&drop.id.as_bytes()[..])
    .bind(drop.matter.as_str())
    .bind(drop.user.as_str())
    .fetch_one(&mut *snapshot)
    .await
    .map_err(fault)?;
    if is_there { read(&mut snapshot, drop.id).await } else { Ok(Vec::new()) }
}

/// The folders of a drop.
pub(super) async fn read(connection: &mut SqliteConnection, drop: DropId) -> Result<Vec<DropFolder>> {
    let rows =
        sqlx::query("SELECT path, exact, last_modified, source FROM drop_folder WHERE drop_id = ?1 ORDER BY seq")
            .bind(&drop.as_bytes()[..])
            .fetch_all(connection)
            .await
            .map_err(fault)?;
    rows.iter()
        .map(|row| {
            Ok(DropFolder {
                path: PathText::from_parts(row.try_get(0).map_err(fault)?, row.try_get(1).map_err(fault)?),
                source: source_of(row.try_get(3).map_err(fault)?)?,
                last_modified: LastModified(row.try_get(2).map_err(fault)?),
            })
        })
        .collect()
}

/// Replaces a drop's folders.
pub(super) async fn replace(write: &mut Write, drop: DropId, folders: &[DropFolder]) -> Result<()> {
    let id = &drop.as_bytes()[..];
    sqlx::query("DELETE FROM drop_folder WHERE drop_id = ?1")
        .bind(id)
        .execute(write.connection())
        .await
        .map_err(fault)?;
    let numbered: Vec<(i64, &DropFolder)> = (0..).zip(folders).collect();
    for chunk in numbered.chunks(ROWS) {
        let mut query =
            QueryBuilder::<Sqlite>::new("INSERT INTO drop_folder (drop_id, seq, path, exact, source, last_modified) ");
        query.push_values(chunk, |mut row, (seq, folder)| {
            row.push_bind(id)
                .push_bind(*seq)
                .push_bind(folder.path.text())
                .push_bind(folder.path.exact())
                .push_bind(folder.source)
                .push_bind(folder.last_modified.0);
        });
        query.build().execute(write.connection()).await.map_err(fault)?;
    }
    Ok(())
}
