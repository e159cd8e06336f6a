//! The drops of the queue, with their counts.

use std::path::PathBuf;

use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};
use vault_core::model::{DropCounts, DropId, MatterId, PathText, Timestamp};
use vault_core::ports::{DropPhase, JournaledDrop, NewDrop, PortError};
use vault_core::queue::PauseReason;

use crate::db::{Columns, Connections, ManyRows, path};
use crate::error::{Result, StoreError};

static SOURCES: ManyRows = ManyRows::new("INSERT OR FAIL INTO sources (drop_key, place, path, path_exact)", 4, "");

/// SQL that reads drops, followed by a condition.
macro_rules! select_drops {
    ($($rest:literal),+) => {
        concat!(
            "SELECT key, id, matter, started, phase, finished, pause, paused, stored, skipped, given_up, left_out, bytes, ",
            "bytes_stored, waiting, attention, later, cancelled FROM drops ",
            $($rest),+
        )
    };
}

const fn phase_text(phase: DropPhase) -> &'static str {
    match phase {
        DropPhase::Preparing => "preparing",
        DropPhase::Filing => "filing",
        DropPhase::Finished => "finished",
        DropPhase::Cancelled => "cancelled",
    }
}

fn phase_of(text: &str) -> Result<DropPhase> {
    [DropPhase::Preparing, DropPhase::Filing, DropPhase::Finished, DropPhase::Cancelled]
        .into_iter()
        .find(|phase| phase_text(*phase) == text)
        .ok_or(StoreError::Unreadable("the phase of a drop"))
}

const fn pause_text(reason: &PauseReason) -> &'static str {
    match reason {
        PauseReason::ByUser => "by_user",
        PauseReason::Cancelling => "cancelling",
        PauseReason::AwaitingReview => "awaiting_review",
        PauseReason::Blocked(_) => "blocked",
    }
}

fn blocked_by(reason: &PauseReason) -> Option<&str> {
    match reason {
        PauseReason::Blocked(reason) => Some(reason),
        PauseReason::ByUser | PauseReason::Cancelling | PauseReason::AwaitingReview => None,
    }
}

/// Reads a reason as written by [`pause_text`] and [`blocked_by`].
fn pause_of(pause: Option<&str>, blocked_by: Option<String>) -> Result<Option<PauseReason>> {
    Ok(match pause {
        None => None,
        Some("by_user") => Some(PauseReason::ByUser),
        Some("cancelling") => Some(PauseReason::Cancelling),
        Some("awaiting_review") => Some(PauseReason::AwaitingReview),
        Some("blocked") => Some(PauseReason::Blocked(blocked_by.unwrap_or_default())),
        Some(_) => return Err(StoreError::Unreadable("why a drop is paused")),
    })
}

pub(super) async fn accept(db: &Connections, drop: &NewDrop) -> Result<()> {
    let mut write = db.write().await?;
    let key: Option<i64> = sqlx::query_scalar(
        "INSERT INTO drops (id, matter, started, phase) VALUES (?1, ?2, ?3, 'preparing') ON CONFLICT DO NOTHING \
         RETURNING key",
    )
    .bind(&drop.id.as_bytes()[..])
    .bind(drop.matter.as_str())
    .bind(drop.started.0)
    .fetch_optional(&mut *write)
    .await?;
    let Some(key) = key else {
        return Err(PortError::invalid(format!("Drop {} is in the queue already.", drop.id)).into());
    };
    let sources: Vec<(i64, PathText)> =
        (0..).zip(drop.sources.iter().map(|source| PathText::from_os(source.as_os_str()))).collect();
    SOURCES
        .write(&mut write, &sources, |values, (place, source)| {
            let (text, exact) = path(source);
            values.add(key).add(*place).add(text).add(exact);
        })
        .await?;
    write.commit().await
}

/// A drop's key and its state.
pub(super) async fn find(connection: &mut SqliteConnection, drop: DropId) -> Result<(i64, DropPhase)> {
    let found: Option<(i64, String)> = sqlx::query_as("SELECT key, phase FROM drops WHERE id = ?1")
        .bind(&drop.as_bytes()[..])
        .fetch_optional(connection)
        .await?;
    let Some((key, phase)) = found else {
        return Err(PortError::invalid(format!("There is no drop {drop} in the queue of this computer.")).into());
    };
    Ok((key, phase_of(&phase)?))
}

pub(super) async fn by_id(db: &Connections, drop: DropId) -> Result<Option<JournaledDrop>> {
    let row =
        sqlx::query(select_drops!("WHERE id = ?1")).bind(&drop.as_bytes()[..]).fetch_optional(&db.reading).await?;
    Ok(with_sources(db, row.into_iter().collect()).await?.pop())
}

pub(super) async fn unfinished(db: &Connections) -> Result<Vec<JournaledDrop>> {
    let rows = sqlx::query(select_drops!("WHERE phase IN ('preparing', 'filing') ORDER BY key"));
    with_sources(db, rows.fetch_all(&db.reading).await?).await
}

pub(super) async fn needing_attention(db: &Connections) -> Result<Vec<JournaledDrop>> {
    let rows = sqlx::query(select_drops!("WHERE phase = 'finished' AND attention > 0 ORDER BY key DESC"));
    with_sources(db, rows.fetch_all(&db.reading).await?).await
}

async fn with_sources(db: &Connections, rows: Vec<SqliteRow>) -> Result<Vec<JournaledDrop>> {
    let mut drops = Vec::with_capacity(rows.len());
    for row in rows {
        let mut columns = Columns::of(&row);
        let sources = sources(&db.reading, columns.next()?).await?;
        drops.push(read(columns, sources)?);
    }
    Ok(drops)
}

async fn sources(from: &SqlitePool, drop_key: i64) -> Result<Vec<PathBuf>> {
    let rows = sqlx::query("SELECT path, path_exact FROM sources WHERE drop_key = ?1 ORDER BY place")
        .bind(drop_key)
        .fetch_all(from)
        .await?;
    rows.iter().map(|row| Ok(PathBuf::from(Columns::of(row).path()?.to_os()))).collect()
}

/// The columns after the key.
fn read(mut columns: Columns<'_>, sources: Vec<PathBuf>) -> Result<JournaledDrop> {
    let id = DropId::from_bytes(columns.bytes()?);
    let matter = columns.id(MatterId::new)?;
    let started = Timestamp(columns.next()?);
    let phase = phase_of(columns.next()?)?;
    let finished = columns.next::<Option<i64>>()?.map(Timestamp);
    let paused = pause_of(columns.next::<Option<String>>()?.as_deref(), columns.next()?)?;
    let counts = DropCounts {
        stored: columns.count()?,
        skipped: columns.count()?,
        failed: columns.count()?,
        left_out: columns.count()?,
        bytes: columns.count()?,
        bytes_stored: columns.count()?,
    };
    let (waiting, attention, later, cancelled) =
        (columns.count()?, columns.count()?, columns.count()?, columns.count()?);
    // A file that needs the user counts as failed for now.
    let counts = DropCounts { failed: counts.failed + attention, ..counts };
    let new = NewDrop { id, matter, sources, started };
    Ok(JournaledDrop { new, phase, finished, counts, waiting, later, attention, cancelled, paused })
}

pub(super) async fn pause(db: &Connections, drop: DropId, reason: &PauseReason) -> Result<()> {
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    sqlx::query(
        "UPDATE drops SET pause = ?2, paused = ?3 WHERE key = ?1 AND phase IN ('preparing', 'filing') \
         AND pause IS NOT 'cancelling' AND (pause IS NOT 'by_user' OR ?4)",
    )
    .bind(key)
    .bind(pause_text(reason))
    .bind(blocked_by(reason))
    .bind(reason.is_by_user())
    .execute(&mut *write)
    .await?;
    write.commit().await
}

pub(super) async fn resume(db: &Connections, drop: DropId) -> Result<()> {
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    sqlx::query(
        "UPDATE drops SET pause = NULL, paused = NULL WHERE key = ?1 AND phase IN ('preparing', 'filing') \
         AND pause IS NOT 'cancelling'",
    )
    .bind(key)
    .execute(&mut *write)
    .await?;
    write.commit().await
}

pub(super) async fn clear_pause(db: &Connections, drop: DropId, reason: &PauseReason) -> Result<()> {
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    sqlx::query(
        "UPDATE drops SET pause = NULL, paused = NULL WHERE key = ?1 AND pause = ?2 AND paused IS ?3 \
         AND pause <> 'cancelling'",
    )
    .bind(key)
    .bind(pause_text(reason))
    .bind(blocked_by(reason))
    .execute(&mut *write)
    .await?;
    write.commit().await
}

pub(super) async fn close(db: &Connections, drop: DropId, phase: DropPhase, at: Timestamp) -> Result<DropCounts> {
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    let row = sqlx::query(
        "UPDATE drops SET phase = ?2, finished = ?3, pause = NULL, paused = NULL WHERE key = ?1 RETURNING id, matter, started, \
         phase, finished, pause, paused, stored, skipped, given_up, left_out, bytes, bytes_stored, waiting, attention, later, cancelled",
    )
    .bind(key)
    .bind(phase_text(phase))
    .bind(at.0)
    .fetch_one(&mut *write)
    .await?;
    let closed = read(Columns::of(&row), Vec::new())?;
    write.commit().await?;
    Ok(closed.counts)
}

pub(super) async fn reopen(db: &Connections, drop: DropId) -> Result<()> {
    let mut write = db.write().await?;
    let (key, phase) = find(&mut write, drop).await?;
    match phase {
        DropPhase::Filing => return write.commit().await,
        DropPhase::Finished => {}
        DropPhase::Preparing | DropPhase::Cancelled => {
            return Err(PortError::invalid(format!("Drop {drop} is not finished: it cannot be taken up again.")).into());
        }
    }
    sqlx::query("UPDATE drops SET phase = 'filing', finished = NULL WHERE key = ?1")
        .bind(key)
        .execute(&mut *write)
        .await?;
    write.commit().await
}
