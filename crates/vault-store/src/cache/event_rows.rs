//! Rows of upload events.

use std::collections::BTreeSet;

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    DeviceId, DropId, EventId, EventKind, LastModified, MatterId, TeamId, Timestamp, UploadEvent, UserId,
};

use super::keys::Keys;
use super::locations;
use crate::db::{Columns, ManyRows, head, path, signed};
use crate::error::{Result, StoreError};

static NEW: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO events (drop_key, id, kind, timestamp, file_name, file_name_exact, location, file_hash, \
     metadata_hash, size, last_modified, origin, reason, record, file_head, source)",
    16,
    "",
);

static CHANGED: ManyRows = ManyRows::new(
    "INSERT OR REPLACE INTO events (drop_key, id, kind, timestamp, file_name, file_name_exact, location, file_hash, \
     metadata_hash, size, last_modified, origin, reason, record, file_head, source)",
    16,
    "",
);

/// SQL that reads events, followed by a condition.
macro_rules! select_events {
    ($($rest:expr),+) => {
        concat!(
            "SELECT e.id, k.id, e.kind, e.timestamp, e.file_name, e.file_name_exact, l.path, l.path_exact, ",
            "e.file_hash, e.metadata_hash, e.size, e.last_modified, o.team, o.user, d.id, o.device, o.app_version, ",
            "e.reason, e.source FROM events e JOIN drops d ON d.key = e.drop_key JOIN origins o ON o.key = e.origin ",
            "JOIN matter_keys k ON k.key = o.matter JOIN locations l ON l.key = e.location ",
            $($rest),+
        )
    };
}
pub(super) use select_events;

pub(super) const fn kind_code(kind: EventKind) -> i64 {
    match kind {
        EventKind::Interrupted => 0,
        EventKind::Success => 1,
        EventKind::Failed => 2,
        EventKind::AlreadyStored => 3,
    }
}

pub(super) fn kind_of(code: i64) -> Result<EventKind> {
    EventKind::ALL
        .into_iter()
        .find(|kind| kind_code(*kind) == code)
        .ok_or(StoreError::Unreadable("the kind of an event"))
}

/// Adds new events.
pub(super) async fn add(
    drop_key: i64,
    events: &[&UploadEvent],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    write(&NEW, drop_key, events, keys, connection).await
}

/// Replaces existing events.
pub(super) async fn change(
    drop_key: i64,
    events: &[&UploadEvent],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    write(&CHANGED, drop_key, events, keys, connection).await
}

async fn write(
    statement: &ManyRows,
    drop_key: i64,
    events: &[&UploadEvent],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let wanted: BTreeSet<_> = events.iter().map(|event| &event.folder_path).collect();
    let locations = locations::keys(&wanted, connection).await?;
    let records = records_of(events, keys, connection).await?;
    let mut rows = Vec::with_capacity(events.len());
    for (&event, record) in events.iter().zip(records) {
        let origin = keys.origin(event, connection).await?;
        rows.push((event, locations[&event.folder_path], signed(event.size)?, origin, record));
    }
    statement
        .write(connection, &rows, |values, (event, location, size, origin, record)| {
            let (name, exact) = path(&event.file_name);
            values.add(drop_key).add(&event.id.as_bytes()[..]).add(kind_code(event.kind)).add(event.timestamp.0);
            values.add(name).add(exact).add(*location);
            values.add(&event.file_hash.as_bytes()[..]).add(&event.metadata_hash.as_bytes()[..]);
            values.add(*size).add(event.last_modified.0).add(*origin).add(event.reason.as_deref());
            values.add(*record).add(record.is_none().then(|| head(event.file_hash.as_bytes())));
            values.add(event.source.map(i64::from));
        })
        .await
}

/// The key of each event's record, if it exists.
async fn records_of(
    events: &[&UploadEvent],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<Vec<Option<i64>>> {
    let mut identities = Vec::with_capacity(events.len());
    for event in events {
        identities.push((keys.matter(&event.matter, connection).await?, event.metadata_hash));
    }
    let stored = events.iter().zip(&identities).filter(|(event, _)| event.kind.is_stored());
    keys.find_records(stored.map(|(_, identity)| *identity), connection).await?;
    Ok(identities.iter().zip(events).map(|(identity, event)| keys.record(identity, event.file_hash)).collect())
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
        source: columns.source()?,
    })
}
