//! The sources of each drop, as readable paths.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqliteConnection;
use vault_core::model::{DropKey, MatterId, MetadataHash, UploadEvent};
use vault_core::ports::{Location, SourcePaths};

use crate::db::{Columns, Connections, ManyRows, head, limit, list};
use crate::error::Result;

static SOURCES: ManyRows = ManyRows::new("INSERT OR FAIL INTO sources (drop_key, place, path)", 3, "");

/// Replaces a drop's sources.
pub(super) async fn replace(drop_key: i64, sources: &[String], connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("DELETE FROM sources WHERE drop_key = ?1").bind(drop_key).execute(&mut *connection).await?;
    let rows: Vec<(i64, &String)> = (0..).zip(sources).collect();
    SOURCES
        .write(connection, &rows, |values, (place, path)| {
            values.add(drop_key).add(*place).add(path.as_str());
        })
        .await
}

/// The sources of these events, as far as known.
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

/// The source folders of each of these records, each once.
pub(super) async fn of_records(
    db: &Connections,
    records: &[(&MatterId, MetadataHash)],
    most: usize,
) -> Result<Vec<Vec<Location>>> {
    let wanted: Vec<_> =
        records.iter().map(|(matter, id)| (head(id.as_bytes()), matter.as_str(), id.to_string())).collect();
    let rows = sqlx::query(
        "SELECT record, path, path_exact, source FROM (\
         SELECT DISTINCT w.key AS record, l.path, l.path_exact, s.path AS source, \
         dense_rank() OVER (PARTITION BY w.key ORDER BY l.path, l.path_exact, s.path) AS place \
         FROM json_each(?1) w CROSS JOIN records r ON r.metadata_head = w.value ->> 0 \
         AND r.metadata_hash = unhex(w.value ->> 2) AND r.matter = (SELECT key FROM matter_keys WHERE id = w.value ->> 1) \
         JOIN events e ON e.record = r.key AND e.kind IN (1, 3) JOIN locations l ON l.key = e.location \
         LEFT JOIN sources s ON s.drop_key = e.drop_key AND s.place = e.source) \
         WHERE place <= ?2 ORDER BY record, place",
    )
    .bind(serde_json::json!(wanted).to_string())
    .bind(limit(most))
    .fetch_all(&db.reading)
    .await?;
    let mut locations = vec![Vec::new(); records.len()];
    for row in &rows {
        let mut columns = Columns::of(row);
        let record = usize::try_from(columns.next::<i64>()?).unwrap_or(usize::MAX);
        let location = Location { folder: columns.path()?, source: columns.next()? };
        if let Some(of_record) = locations.get_mut(record) {
            of_record.push(location);
        }
    }
    Ok(locations)
}
