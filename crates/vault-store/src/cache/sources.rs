//! What was dropped: the sources of each drop, as readable paths.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqliteConnection;
use vault_core::model::{DropKey, MatterId, MetadataHash, UploadEvent};
use vault_core::ports::{Location, SourcePaths};

use crate::db::{Columns, Connections, ManyRows, head, limit, list};
use crate::error::Result;

static SOURCES: ManyRows = ManyRows::new("INSERT OR FAIL INTO sources (drop_key, place, path)", 3, "");

/// Writes a drop's sources instead of what was there.
pub(super) async fn replace(drop_key: i64, sources: &[String], connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("DELETE FROM sources WHERE drop_key = ?1").bind(drop_key).execute(&mut *connection).await?;
    let rows: Vec<(i64, &String)> = (0..).zip(sources).collect();
    SOURCES
        .write(connection, &rows, |values, (place, path)| {
            values.add(drop_key).add(*place).add(path.as_str());
        })
        .await
}

/// Where these events came from, as far as it is known.
pub(super) async fn of_events(db: &Connections, events: &[UploadEvent]) -> Result<SourcePaths> {
    let mut wanted: BTreeMap<DropKey, BTreeSet<i64>> = BTreeMap::new();
    for event in events {
        if let Some(source) = event.source {
            wanted.entry(event.drop_key()).or_default().insert(source.into());
        }
    }
    let mut paths = SourcePaths::default();
    for (drop, places) in wanted {
        let rows = sqlx::query(
            "SELECT s.place, s.path FROM json_each(?2) w CROSS JOIN sources s \
             ON s.drop_key = (SELECT d.key FROM drops d JOIN matter_keys k ON k.key = d.matter \
             WHERE d.id = ?1 AND k.id = ?3 AND d.user = ?4) AND s.place = w.value",
        )
        .bind(&drop.id.as_bytes()[..])
        .bind(list(places))
        .bind(drop.matter.as_str())
        .bind(drop.user.as_str())
        .fetch_all(&db.reading)
        .await?;
        for row in &rows {
            let mut columns = Columns::of(row);
            if let Some(source) = columns.source()? {
                paths.insert(drop.clone(), source, columns.next()?);
            }
        }
    }
    Ok(paths)
}

/// Where a record stood, each place once.
pub(super) async fn of_record(
    db: &Connections,
    matter: &MatterId,
    id: MetadataHash,
    most: usize,
) -> Result<Vec<Location>> {
    let rows = sqlx::query(
        "SELECT DISTINCT l.path, l.path_exact, s.path FROM records r JOIN events e ON e.record = r.key \
         JOIN locations l ON l.key = e.location \
         LEFT JOIN sources s ON s.drop_key = e.drop_key AND s.place = e.source \
         WHERE r.metadata_head = ?1 AND r.metadata_hash = ?2 \
         AND r.matter = (SELECT key FROM matter_keys WHERE id = ?3) AND e.kind IN (1, 3) \
         ORDER BY l.path, l.path_exact, s.path LIMIT ?4",
    )
    .bind(head(id.as_bytes()))
    .bind(&id.as_bytes()[..])
    .bind(matter.as_str())
    .bind(limit(most))
    .fetch_all(&db.reading)
    .await?;
    let location = |row| {
        let mut columns = Columns::of(row);
        Ok(Location { folder: columns.path()?, source: columns.next()? })
    };
    rows.iter().map(location).collect()
}
