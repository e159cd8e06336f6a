//! Upload events: the audit trail.

use std::collections::{HashMap, HashSet};

use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};
use vault_core::model::{DropId, DropKey, EventId, EventKind, FileHash, MatterId, MetadataHash, TeamId, UploadEvent};
use vault_core::rules::{EventState, may_end_as};

use super::event_rows::{kind_number, kind_of, read, select_events};
use super::folders::Shared;
use crate::db::{Db, ROWS, Result, Write, bytes, fault, limit, packed, signed, unreadable, with_wanted};

/// Writes events that are missing or become final; the rest of an event never changes.
pub(super) async fn store(write: &mut Write, events: &[&UploadEvent]) -> Result<()> {
    let shared = Shared::of(write, events.iter().copied()).await?;
    let now = write.clock().0;
    for chunk in events.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO event (id, matter_id, drop_id, kind, timestamp, file_name, file_exact, folder, file_hash, \
             metadata_hash, size, last_modified, filer, reason, source, revision) ",
        );
        let rows = chunk
            .iter()
            .map(|event| Ok((*event, signed(event.size)?, write.next_revision())))
            .collect::<Result<Vec<_>>>()?;
        query.push_values(rows, |mut row, (event, size, revision)| {
            row.push_bind(&event.id.as_bytes()[..])
                .push_bind(event.matter.as_str())
                .push_bind(&event.batch.as_bytes()[..])
                .push_bind(kind_number(event.kind))
                .push_bind(now)
                .push_bind(event.file_name.text())
                .push_bind(event.file_name.exact())
                .push_bind(shared.folder(event))
                .push_bind(&event.file_hash.as_bytes()[..])
                .push_bind(&event.metadata_hash.as_bytes()[..])
                .push_bind(size)
                .push_bind(event.last_modified.0)
                .push_bind(shared.filer(event))
                .push_bind(event.reason.as_deref())
                .push_bind(event.source)
                .push_bind(revision);
        });
        query.push(
            " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, timestamp = excluded.timestamp, \
             reason = excluded.reason, revision = excluded.revision WHERE kind = 0 AND excluded.kind <> 0",
        );
        query.build().execute(write.connection()).await.map_err(fault)?;
    }
    Ok(())
}

/// What has to be done to end an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The event is not stored: it is written whole.
    New,
    /// The attempt has begun and may end like this.
    Begun,
    /// The event is stored in another form, which has to be examined.
    Doubtful,
}

/// What has to be done for each of these final events of one matter. One row answers for all: a row for each would cost
/// more than the check itself.
pub(super) async fn endings(write: &mut Write, matter: &MatterId, events: &[&UploadEvent]) -> Result<Vec<Ending>> {
    let mut keys = Vec::with_capacity(events.len() * 97);
    for event in events {
        keys.extend_from_slice(event.id.as_bytes());
        keys.extend_from_slice(event.batch.as_bytes());
        keys.extend_from_slice(event.file_hash.as_bytes());
        keys.extend_from_slice(event.metadata_hash.as_bytes());
        keys.push(u8::from(may_end_as(event.kind)));
    }
    let answer: Option<String> = sqlx::query_scalar(with_wanted!(
        "97",
        "SELECT group_concat(CASE WHEN id IS NULL THEN '+' WHEN kind = 0 AND matter_id = ?2 ",
        "AND key = CAST(id || drop_id || file_hash || metadata_hash || x'01' AS BLOB) THEN '=' ELSE '!' END, '' ",
        "ORDER BY n) FROM wanted LEFT JOIN event ON id = substr(key, 1, 16)"
    ))
    .bind(keys)
    .bind(matter.as_str())
    .fetch_one(write.connection())
    .await
    .map_err(fault)?;
    let endings: Vec<Ending> = answer
        .unwrap_or_default()
        .bytes()
        .map(|sign| match sign {
            b'+' => Ending::New,
            b'=' => Ending::Begun,
            _ => Ending::Doubtful,
        })
        .collect();
    if endings.len() == events.len() { Ok(endings) } else { Err(unreadable("events")) }
}

/// Ends begun attempts as successes.
pub(super) async fn succeed(write: &mut Write, events: &[&UploadEvent]) -> Result<()> {
    let now = write.clock().0;
    let first = write.next_revisions(events.len());
    sqlx::query(with_wanted!(
        "16",
        "UPDATE event SET kind = 1, timestamp = ?2, revision = ?3 + n FROM wanted WHERE id = wanted.key AND kind = 0"
    ))
    .bind(packed(events.iter().map(|event| event.id.as_bytes())))
    .bind(now)
    .bind(first)
    .execute(write.connection())
    .await
    .map_err(fault)?;
    Ok(())
}

/// The stored states of these events; missing ones are absent.
pub(super) async fn standing(write: &mut Write, ids: &[EventId]) -> Result<HashMap<EventId, EventState>> {
    let rows = sqlx::query(with_wanted!(
        "16",
        "SELECT id, kind, matter_id, drop_id, file_hash, metadata_hash FROM wanted CROSS JOIN event ON id = wanted.key"
    ))
    .bind(packed(ids.iter().map(EventId::as_bytes)))
    .fetch_all(write.connection())
    .await
    .map_err(fault)?;
    rows.iter()
        .map(|row| {
            let blob = |at: usize| row.try_get::<&[u8], _>(at).map_err(fault);
            let matter: String = row.try_get(2).map_err(fault)?;
            let standing = EventState {
                kind: kind_of(row.try_get(1).map_err(fault)?)?,
                matter: MatterId::new(matter).map_err(|_| unreadable("a matter's id"))?,
                batch: DropId::from_bytes(bytes(blob(3)?)?),
                file_hash: FileHash::from_bytes(bytes(blob(4)?)?),
                metadata_hash: MetadataHash::from_bytes(bytes(blob(5)?)?),
            };
            Ok((EventId::from_bytes(bytes(blob(0)?)?), standing))
        })
        .collect()
}

/// Which of these events are stored, in any form.
pub(super) async fn known(write: &mut Write, ids: &[EventId]) -> Result<HashSet<EventId>> {
    let rows: Vec<Vec<u8>> =
        sqlx::query_scalar(with_wanted!("16", "SELECT id FROM wanted CROSS JOIN event ON id = wanted.key"))
            .bind(packed(ids.iter().map(EventId::as_bytes)))
            .fetch_all(write.connection())
            .await
            .map_err(fault)?;
    rows.iter().map(|id| Ok(EventId::from_bytes(bytes(id)?))).collect()
}

/// The states of those events of a matter that exist.
pub(super) async fn kinds(db: &Db, matter: &MatterId, ids: &[EventId]) -> Result<Vec<Option<EventKind>>> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(with_wanted!(
        "16",
        "SELECT n, kind FROM wanted CROSS JOIN event ON id = wanted.key WHERE matter_id = ?2"
    ))
    .bind(packed(ids.iter().map(EventId::as_bytes)))
    .bind(matter.as_str())
    .fetch_all(&db.reading)
    .await
    .map_err(fault)?;
    let mut kinds = vec![None; ids.len()];
    for (n, kind) in rows {
        if let Some(slot) = usize::try_from(n).ok().and_then(|n| kinds.get_mut(n)) {
            *slot = Some(kind_of(kind)?);
        }
    }
    Ok(kinds)
}

/// No id sorts before this one.
const FIRST: EventId = EventId::from_bytes([0; 16]);

/// Events of a drop by id, those after `after`.
pub(super) async fn of_drop(
    db: &Db,
    team: &TeamId,
    drop: &DropKey,
    after: Option<EventId>,
    rows: usize,
) -> Result<Vec<UploadEvent>> {
    let query = select_events!(
        "WHERE drop_id = ?1 AND matter_id = ?4 AND user_id = ?5 AND event.id > ?2 ORDER BY event.id LIMIT ?3"
    );
    let rows = sqlx::query(query)
        .bind(&drop.id.as_bytes()[..])
        .bind(&after.unwrap_or(FIRST).as_bytes()[..])
        .bind(limit(rows))
        .bind(drop.matter.as_str())
        .bind(drop.user.as_str())
        .fetch_all(&db.reading)
        .await
        .map_err(fault)?;
    rows.iter().map(|row| Ok(read(row, team)?.1)).collect()
}

/// Events of a matter by id, those after `after`.
pub(super) async fn of_matter(
    db: &Db,
    team: &TeamId,
    matter: &MatterId,
    after: Option<EventId>,
    rows: usize,
) -> Result<Vec<UploadEvent>> {
    let rows = sqlx::query(select_events!("WHERE matter_id = ?1 AND event.id > ?2 ORDER BY event.id LIMIT ?3"))
        .bind(matter.as_str())
        .bind(&after.unwrap_or(FIRST).as_bytes()[..])
        .bind(limit(rows))
        .fetch_all(&db.reading)
        .await
        .map_err(fault)?;
    rows.iter().map(|row| Ok(read(row, team)?.1)).collect()
}

/// Events changed after a revision, each with its own.
pub(super) async fn changed(
    connection: &mut SqliteConnection,
    team: &TeamId,
    since: i64,
    rows: i64,
) -> Result<Vec<(i64, UploadEvent)>> {
    let rows = sqlx::query(select_events!("WHERE revision > ?1 ORDER BY revision LIMIT ?2"))
        .bind(since)
        .bind(rows)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    rows.iter().map(|row| read(row, team)).collect()
}
