//! Entries excluded from a drop.

use sqlx::SqliteConnection;
use vault_core::model::DropId;
use vault_core::ports::LeftOutEntry;

use crate::db::{Columns, Connections, ManyRows, path, signed};
use crate::error::Result;

static LEFT_OUT: ManyRows =
    ManyRows::new("INSERT OR FAIL INTO left_out (drop_key, place, path, path_exact, reason)", 5, "");

/// Adds excluded entries to a drop, and to their count.
pub(super) async fn add(drop_key: i64, entries: &[LeftOutEntry], connection: &mut SqliteConnection) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let first: i64 = sqlx::query_scalar(
        "UPDATE drops SET left_out = left_out + ?2 WHERE key = ?1 \
         RETURNING (SELECT ifnull(max(place), -1) + 1 FROM left_out WHERE drop_key = ?1)",
    )
    .bind(drop_key)
    .bind(signed(entries.len() as u64)?)
    .fetch_one(&mut *connection)
    .await?;
    let numbered: Vec<(i64, &LeftOutEntry)> = (first..).zip(entries).collect();
    LEFT_OUT
        .write(connection, &numbered, |values, (place, entry)| {
            let (text, exact) = path(&entry.path);
            values.add(drop_key).add(*place).add(text).add(exact).add(entry.reason.as_str());
        })
        .await
}

pub(super) async fn of_drop(db: &Connections, drop: DropId) -> Result<Vec<LeftOutEntry>> {
    let rows = sqlx::query(
        "SELECT path, path_exact, reason FROM left_out \
         WHERE drop_key = (SELECT key FROM drops WHERE id = ?1) ORDER BY place",
    )
    .bind(&drop.as_bytes()[..])
    .fetch_all(&db.reading)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(LeftOutEntry { path: columns.path()?, reason: columns.next()? })
        })
        .collect()
}
