//! Upload events. One that was interrupted may become a success or a failure; nothing else about them ever changes.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    DeviceId, DropId, EventId, EventKind, LastModified, MatterId, TeamId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::EventsPage;

use super::drops::{self, Ended};
use super::keys::Keys;
use super::locations;
use super::matters::Filed;
use crate::db::{Columns, Connections, ManyRows, hex_list, limit, path, signed};
use crate::error::{Result, StoreError};

static EVENTS: ManyRows = ManyRows::new(
    "INSERT INTO events (drop_key, id, kind, timestamp, file_name, file_name_exact, location, file_hash, \
     metadata_hash, size, last_modified, origin, reason)",
    13,
    "ON CONFLICT (drop_key, id) DO UPDATE SET kind = excluded.kind, timestamp = excluded.timestamp, \
     file_name = excluded.file_name, file_name_exact = excluded.file_name_exact, location = excluded.location, \
     file_hash = excluded.file_hash, metadata_hash = excluded.metadata_hash, size = excluded.size, \
     last_modified = excluded.last_modified, origin = excluded.origin, reason = excluded.reason",
);

/// SQL that reads events, with a condition after it.
macro_rules! select_events {
    ($($rest:literal),+) => {
        concat!(
            "SELECT e.id, k.id, e.kind, e.timestamp, e.file_name, e.file_name_exact, l.path, l.path_exact, ",
            "e.file_hash, e.metadata_hash, e.size, e.last_modified, o.team, o.user, d.id, o.device, o.app_version, ",
            "e.reason FROM events e JOIN drops d ON d.key = e.drop_key JOIN origins o ON o.key = e.origin ",
            "JOIN matter_keys k ON k.key = o.matter JOIN locations l ON l.key = e.location ",
            $($rest),+
        )
    };
}
pub(super) use select_events;

const fn kind_code(kind: EventKind) -> i64 {
    match kind {
        EventKind::Interrupted => 0,
        EventKind::Success => 1,
        EventKind::Failed => 2,
        EventKind::Skipped => 3,
    }
}

fn kind_of(code: i64) -> Result<EventKind> {
    EventKind::ALL
        .into_iter()
        .find(|kind| kind_code(*kind) == code)
        .ok_or(StoreError::Unreadable("the kind of an event"))
}

pub(super) async fn put(
    events: &[&UploadEvent],
    keys: &mut Keys,
    filed: &mut Filed,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let mut by_drop: HashMap<DropId, Vec<&UploadEvent>> = HashMap::new();
    for &event in events {
        by_drop.entry(event.batch).or_default().push(event);
    }
    for (drop, events) in by_drop {
        let drop_key = drops::key_for_event(drop, events[0], keys, connection).await?;
        put_of_drop(drop_key, &events, keys, filed, connection).await?;
    }
    Ok(())
}

async fn put_of_drop(
    drop_key: i64,
    events: &[&UploadEvent],
    keys: &mut Keys,
    filed: &mut Filed,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let mut known = kinds_and_sizes(drop_key, events, connection).await?;
    let mut ended = Ended::default();
    let mut changed: Vec<&UploadEvent> = Vec::with_capacity(events.len());
    let mut at: HashMap<EventId, usize> = HashMap::with_capacity(events.len());
    for &event in events {
        let size = signed(event.size)?;
        match known.insert(event.id, (event.kind, size)) {
            Some((before, size_before)) if before.is_final() || !event.kind.is_final() => {
                known.insert(event.id, (before, size_before));
                continue;
            }
            Some((before, size_before)) => ended.count(before, size_before, -1),
            None => {}
        }
        ended.count(event.kind, size, 1);
        ended.began(event.timestamp);
        if event.kind.is_stored() {
            filed.stored(keys.matter(&event.matter, connection).await?, event.timestamp);
        }
        // Of an event that came twice in a page only the later form is written.
        if let Some(at) = at.get(&event.id) {
            changed[*at] = event;
        } else {
            at.insert(event.id, changed.len());
            changed.push(event);
        }
    }
    write(drop_key, &changed, keys, connection).await?;
    ended.write(drop_key, connection).await
}

async fn kinds_and_sizes(
    drop_key: i64,
    events: &[&UploadEvent],
    connection: &mut SqliteConnection,
) -> Result<HashMap<EventId, (EventKind, i64)>> {
    let rows = sqlx::query(
        "SELECT e.id, e.kind, e.size FROM json_each(?2) w CROSS JOIN events e \
         ON e.drop_key = ?1 AND e.id = unhex(w.value)",
    )
    .bind(drop_key)
    .bind(hex_list(events.iter().map(|event| &event.id.as_bytes()[..])))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            let id = EventId::from_bytes(columns.bytes()?);
            Ok((id, (kind_of(columns.next()?)?, columns.next()?)))
        })
        .collect()
}

async fn write(
    drop_key: i64,
    events: &[&UploadEvent],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let wanted: BTreeSet<_> = events.iter().map(|event| &event.folder_path).collect();
    let locations = locations::keys(&wanted, connection).await?;
    let mut rows = Vec::with_capacity(events.len());
    for &event in events {
        let origin = keys.origin(event, connection).await?;
        rows.push((event, locations[&event.folder_path], signed(event.size)?, origin));
    }
    EVENTS
        .write(connection, &rows, |values, (event, location, size, origin)| {
            let (name, exact) = path(&event.file_name);
            values.add(drop_key).add(&event.id.as_bytes()[..]).add(kind_code(event.kind)).add(event.timestamp.0);
            values.add(name).add(exact).add(*location);
            values.add(&event.file_hash.as_bytes()[..]).add(&event.metadata_hash.as_bytes()[..]);
            values.add(*size).add(event.last_modified.0).add(*origin).add(event.reason.as_deref());
        })
        .await
}

/// Reads a row of [`select_events`].
pub(super) fn read(row: &SqliteRow) -> Result<UploadEvent> {
    let mut columns = Columns::of(row);
    Ok(UploadEvent {
        id: EventId::from_bytes(columns.bytes()?),
        matter: columns.id(MatterId::new)?,
        kind: kind_of(columns.next()?)?,
        timestamp: Timestamp(columns.next()?),
        file_name: columns.path()?,
        folder_path: columns.path()?,
        file_hash: columns.file_hash()?,
        metadata_hash: columns.metadata_hash()?,
        size: columns.count()?,
        last_modified: LastModified(columns.next()?),
        team: columns.id(TeamId::new)?,
        user: columns.id(UserId::new)?,
        batch: DropId::from_bytes(columns.bytes()?),
        device: columns.id(DeviceId::new)?,
        app_version: columns.next()?,
        reason: columns.next()?,
    })
}

pub(super) async fn page(
    db: &Connections,
    drop: DropId,
    kind: Option<EventKind>,
    after: Option<EventId>,
    most: usize,
) -> Result<EventsPage> {
    let after = after.map_or(Vec::new(), |id| id.as_bytes().to_vec());
    let query = match kind {
        None => sqlx::query(select_events!(
            "WHERE e.drop_key = (SELECT key FROM drops WHERE id = ?1) AND e.id > ?2 ORDER BY e.id LIMIT ?3"
        )),
        Some(_) => sqlx::query(select_events!(
            "WHERE e.drop_key = (SELECT key FROM drops WHERE id = ?1) AND e.id > ?2 AND e.kind = ?4 \
             ORDER BY e.id LIMIT ?3"
        )),
    };
    let query = query.bind(&drop.as_bytes()[..]).bind(after).bind(limit(most.saturating_add(1)));
    let query = match kind {
        None => query,
        Some(kind) => query.bind(kind_code(kind)),
    };
    let rows = query.fetch_all(&db.reading).await?;
    let mut events: Vec<UploadEvent> = rows.iter().map(read).collect::<Result<_>>()?;
    let more = events.len() > most;
    events.truncate(most);
    let next = events.last().filter(|_| more).map(|event| event.id);
    Ok(EventsPage { events, next })
}
