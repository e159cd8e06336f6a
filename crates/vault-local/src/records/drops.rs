//! The summaries of drops.

use sqlx::{FromRow, SqliteConnection};
use vault_core::model::{
    DeviceId, DropCounts, DropFolder, DropId, DropKey, DropSummary, MatterId, Timestamp, UserId, untold_folders,
};
use vault_core::ports::PortError;

use super::{drop_folders, matters};
use crate::db::{Db, Result, Write, bytes, fault, limit, signed, unreadable, unsigned};

/// Writes a summary and its folders: before the drop is finished, lists that were empty; afterwards, only its counts,
/// and folders that could only be read later.
pub(super) async fn put(db: &Db, summary: &DropSummary, folders: &[DropFolder]) -> Result<()> {
    let mut write = db.write().await?;
    matters::require(&mut write, std::iter::once((&summary.matter, false))).await?;
    let standing = fetch(write.connection(), summary.id).await?;
    if standing.as_ref().is_some_and(|before| before.key() != summary.key()) {
        return Err(another(summary.id));
    }
    let mut told = drop_folders::read(write.connection(), summary.id).await?;
    let added = untold_folders(folders, &told);
    let summary = &standing.as_ref().map_or_else(|| summary.clone(), |before| told_again(before, summary));
    if standing.as_ref() == Some(summary) && added.is_empty() {
        return Ok(());
    }
    store(&mut write, summary).await?;
    if standing.is_none_or(|before| before.sources != summary.sources) {
        drop_folders::replace_sources(&mut write, summary).await?;
    }
    if !added.is_empty() {
        told.extend(added);
        drop_folders::replace(&mut write, summary.id, &told).await?;
    }
    write.commit().await
}

fn told_again(before: &DropSummary, summary: &DropSummary) -> DropSummary {
    let keeps_sources = before.finished.is_some() || !before.sources.is_empty();
    DropSummary {
        sources: if keeps_sources { before.sources.clone() } else { summary.sources.clone() },
        finished: before.finished.or(summary.finished),
        counts: summary.counts,
        ..before.clone()
    }
}

fn another(id: DropId) -> PortError {
    PortError::invalid(format!("The vault has another drop with the id {id}."))
}

async fn store(write: &mut Write, summary: &DropSummary) -> Result<()> {
    let DropSummary { id, matter, user, device, sources: _, started, finished, counts } = summary;
    let DropCounts { stored, skipped, failed, left_out, bytes, bytes_stored } = *counts;
    let revision = write.next_revision();
    sqlx::query(
        "INSERT INTO filed_drop (id, matter_id, user_id, device_id, started, finished, stored, skipped, failed, \
         left_out, bytes, bytes_stored, revision) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
         ON CONFLICT (id) DO UPDATE SET matter_id = excluded.matter_id, user_id = excluded.user_id, \
         device_id = excluded.device_id, started = excluded.started, finished = excluded.finished, \
         stored = excluded.stored, skipped = excluded.skipped, failed = excluded.failed, \
         left_out = excluded.left_out, bytes = excluded.bytes, bytes_stored = excluded.bytes_stored, \
         revision = excluded.revision",
    )
    .bind(&id.as_bytes()[..])
    .bind(matter.as_str())
    .bind(user.as_str())
    .bind(device.as_str())
    .bind(started.0)
    .bind(finished.map(|time| time.0))
    .bind(signed(stored)?)
    .bind(signed(skipped)?)
    .bind(signed(failed)?)
    .bind(signed(left_out)?)
    .bind(signed(bytes)?)
    .bind(signed(bytes_stored)?)
    .bind(revision)
    .execute(write.connection())
    .await
    .map_err(fault)?;
    Ok(())
}

/// The summary of a drop.
pub(super) async fn one(db: &Db, drop: &DropKey) -> Result<Option<DropSummary>> {
    let mut snapshot = db.reading.begin().await.map_err(fault)?;
    Ok(fetch(&mut snapshot, drop.id).await?.filter(|summary| summary.key() == *drop))
}

async fn fetch(connection: &mut SqliteConnection, id: DropId) -> Result<Option<DropSummary>> {
    let row = sqlx::query_as("SELECT * FROM filed_drop WHERE id = ?1")
        .bind(&id.as_bytes()[..])
        .fetch_optional(&mut *connection)
        .await
        .map_err(fault)?;
    let Some(row) = row else { return Ok(None) };
    let (_, mut summary) = read(row)?;
    summary.sources = drop_folders::sources(connection, id).await?;
    Ok(Some(summary))
}

/// Drops changed after a revision, each with its own.
pub(super) async fn changed(
    connection: &mut SqliteConnection,
    since: i64,
    rows: i64,
) -> Result<Vec<(i64, DropSummary)>> {
    let rows = sqlx::query_as("SELECT * FROM filed_drop WHERE revision > ?1 ORDER BY revision LIMIT ?2")
        .bind(since)
        .bind(rows)
        .fetch_all(&mut *connection)
        .await
        .map_err(fault)?;
    with_sources(rows, connection).await
}

/// The drops of a matter by id, those after `after`.
pub(super) async fn of_matter(
    db: &Db,
    matter: &MatterId,
    after: Option<DropId>,
    rows: usize,
) -> Result<Vec<DropSummary>> {
    let mut snapshot = db.reading.begin().await.map_err(fault)?;
    let rows = sqlx::query_as("SELECT * FROM filed_drop WHERE matter_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3")
        .bind(matter.as_str())
        .bind(after.map_or(Vec::new(), |id| id.as_bytes().to_vec()))
        .bind(limit(rows))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(fault)?;
    Ok(with_sources(rows, &mut snapshot).await?.into_iter().map(|(_, summary)| summary).collect())
}

async fn with_sources(rows: Vec<DropRow>, connection: &mut SqliteConnection) -> Result<Vec<(i64, DropSummary)>> {
    let mut drops = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    for (_, summary) in &mut drops {
        summary.sources = drop_folders::sources(connection, summary.id).await?;
    }
    Ok(drops)
}

/// A row of the table `filed_drop`; the sources need another query.
#[derive(FromRow)]
struct DropRow {
    id: Vec<u8>,
    matter_id: String,
    user_id: String,
    device_id: String,
    started: i64,
    finished: Option<i64>,
    stored: i64,
    skipped: i64,
    failed: i64,
    left_out: i64,
    bytes: i64,
    bytes_stored: i64,
    revision: i64,
}

fn read(row: DropRow) -> Result<(i64, DropSummary)> {
    let bad = |_| unreadable("an id of a drop");
    let counts = DropCounts {
        stored: unsigned(row.stored)?,
        skipped: unsigned(row.skipped)?,
        failed: unsigned(row.failed)?,
        left_out: unsigned(row.left_out)?,
        bytes: unsigned(row.bytes)?,
        bytes_stored: unsigned(row.bytes_stored)?,
    };
    let summary = DropSummary {
        id: DropId::from_bytes(bytes(&row.id)?),
        matter: MatterId::new(row.matter_id).map_err(bad)?,
        user: UserId::new(row.user_id).map_err(bad)?,
        device: DeviceId::new(row.device_id).map_err(bad)?,
        sources: Vec::new(),
        started: Timestamp(row.started),
        finished: row.finished.map(Timestamp),
        counts,
    };
    Ok((row.revision, summary))
}
