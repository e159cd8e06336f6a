//! Drops: those with a summary, and those known only from their events, because they are in progress or were
//! interrupted.

use std::collections::HashSet;

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    DeviceId, DropCounts, DropId, DropKey, DropSummary, EventKind, MatterId, Timestamp, UploadEvent, UserId,
};
use vault_core::ports::{Change, DropEntry, DropsPage};

use super::keys::Keys;
use super::sources;
use crate::db::{Columns, Connections, limit, signed};
use crate::error::{Result, StoreError};

/// What a batch of events adds to the event counts of a drop.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ended {
    stored: i64,
    skipped: i64,
    failed: i64,
    bytes: i64,
    bytes_stored: i64,
    first: Option<i64>,
}

impl Ended {
    /// Adds an event (`by` 1), or removes its previous kind (-1).
    pub(super) fn count(&mut self, kind: EventKind, size: i64, by: i64) {
        self.bytes = self.bytes.saturating_add(size.saturating_mul(by));
        match kind {
            EventKind::Interrupted => {}
            EventKind::Success => {
                self.stored += by;
                self.bytes_stored = self.bytes_stored.saturating_add(size.saturating_mul(by));
            }
            EventKind::Failed => self.failed += by,
            EventKind::AlreadyStored => self.skipped += by,
        }
    }

    /// Records the time of an event.
    pub(super) fn began(&mut self, at: Timestamp) {
        self.first = Some(self.first.map_or(at.0, |first| first.min(at.0)));
    }

    pub(super) async fn write(self, drop_key: i64, connection: &mut SqliteConnection) -> Result<()> {
        if self == Self::default() {
            return Ok(());
        }
        sqlx::query(
            "UPDATE drops SET stored = stored + ?2, skipped = skipped + ?3, failed = failed + ?4, \
             bytes = min(bytes + ?5, 4611686018427387904), bytes_stored = min(bytes_stored + ?6, 4611686018427387904), \
             started = min(started, ifnull(?7, started)) \
             WHERE key = ?1",
        )
        .bind(drop_key)
        .bind(self.stored)
        .bind(self.skipped)
        .bind(self.failed)
        .bind(self.bytes)
        .bind(self.bytes_stored)
        .bind(self.first)
        .execute(connection)
        .await?;
        Ok(())
    }
}

/// SQL for the key of the drop with the id `?1`. Of several it is the first: later ones copied its id.
macro_rules! first_drop {
    () => {
        "(SELECT key FROM drops WHERE id = ?1 ORDER BY started, key LIMIT 1)"
    };
}
pub(super) use first_drop;

async fn key(
    drop: &DropKey,
    (device, started): (&DeviceId, Timestamp),
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<i64> {
    let matter = keys.matter(&drop.matter, connection).await?;
    let known: Option<i64> = sqlx::query_scalar("SELECT key FROM drops WHERE id = ?1 AND matter = ?2 AND user = ?3")
        .bind(&drop.id.as_bytes()[..])
        .bind(matter)
        .bind(drop.user.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(key) = known {
        return Ok(key);
    }
    let made = sqlx::query_scalar(
        "INSERT INTO drops (id, matter, user, device, started) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING key",
    )
    .bind(&drop.id.as_bytes()[..])
    .bind(matter)
    .bind(drop.user.as_str())
    .bind(device.as_str())
    .bind(started.0);
    Ok(made.fetch_one(connection).await?)
}

/// The key of an event's drop.
pub(super) async fn key_for_event(
    drop: &DropKey,
    event: &UploadEvent,
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<i64> {
    key(drop, (&event.device, event.timestamp), keys, connection).await
}

/// Assigns keys to the drops in these changes, in order: that is the order of the history.
pub(super) async fn meet(changes: &[Change], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    let mut met = HashSet::new();
    for change in changes {
        match change {
            Change::Event(event) if met.insert(event.drop_key()) => {
                key_for_event(&event.drop_key(), event, keys, connection).await?;
            }
            Change::Drop(drop) if met.insert(drop.key()) => {
                key(&drop.key(), (&drop.device, drop.started), keys, connection).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) async fn put(drops: &[&DropSummary], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    for drop in drops {
        let DropSummary { id, matter, user, device, sources: from, started, finished, counts } = drop;
        let drop_key = key(&drop.key(), (device, *started), keys, connection).await?;
        let matter = keys.matter(matter, connection).await?;
        sqlx::query("UPDATE drops SET started = ?2 WHERE key = ?1 AND started > ?2")
            .bind(drop_key)
            .bind(started.0)
            .execute(&mut *connection)
            .await?;
        sqlx::query(
            "INSERT OR REPLACE INTO summaries (drop_key, matter, user, device, started, finished, stored, skipped, \
             failed, left_out, bytes, bytes_stored) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )
        .bind(drop_key)
        .bind(matter)
        .bind(user.as_str())
        .bind(device.as_str())
        .bind(started.0)
        .bind(finished.map(|at| at.0))
        .bind(signed(counts.stored)?)
        .bind(signed(counts.skipped)?)
        .bind(signed(counts.failed)?)
        .bind(signed(counts.left_out)?)
        .bind(signed(counts.bytes)?)
        .bind(signed(counts.bytes_stored)?)
        .execute(&mut *connection)
        .await?;
        sources::replace(drop_key, from, connection).await?;
        set_aside(*id, connection).await?;
    }
    Ok(())
}

/// Sets aside all but the first of several drops with one id: they are shown nowhere, but reported.
async fn set_aside(id: DropId, connection: &mut SqliteConnection) -> Result<()> {
    let others: Vec<String> = sqlx::query_scalar(concat!(
        "SELECT k.id FROM drops d JOIN matter_keys k ON k.key = d.matter JOIN summaries s ON s.drop_key = d.key ",
        "WHERE d.id = ?1 AND d.key <> ",
        first_drop!()
    ))
    .bind(&id.as_bytes()[..])
    .fetch_all(&mut *connection)
    .await?;
    for matter in others {
        let document = format!("matters/{matter}/drops/{id}");
        let reason = format!(
            "The drop {id} of the matter {matter} has the id of an earlier drop. It was not written by Strongroom; ask \
             your administrator."
        );
        sqlx::query("INSERT OR REPLACE INTO unreadable (document, reason) VALUES (?1, ?2)")
            .bind(document)
            .bind(reason)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// SQL for the files of the drop `d` whose transfer was interrupted and for which no other event ends an attempt at the
/// same file. Such an event has the same content, even if the file changed since: a change ends an attempt, too.
macro_rules! interrupted {
    () => {
        concat!(
            "(SELECT count(*) FROM (SELECT DISTINCT e.location, e.file_name, e.file_name_exact FROM (",
            "SELECT *, ifnull(file_head, (SELECT file_head FROM records WHERE key = events.record)) AS content ",
            "FROM events WHERE drop_key = d.key AND kind = 0) e ",
            "WHERE NOT EXISTS (SELECT 1 FROM events o WHERE o.file_head = e.content AND ",
            interrupted!("o"),
            ") AND NOT EXISTS (SELECT 1 FROM records r JOIN events o ON o.record = r.key WHERE r.file_head = e.content AND ",
            interrupted!("o"),
            ")))"
        )
    };
    ($other:literal) => {
        concat!(
            $other, ".drop_key = e.drop_key AND ", $other, ".kind <> 0 AND ", $other, ".location = e.location AND ",
            $other, ".file_name = e.file_name AND ", $other, ".file_name_exact IS e.file_name_exact"
        )
    };
}

/// SQL that tests whether the drop `d` is the first of its id.
macro_rules! is_first {
    () => {
        "NOT EXISTS (SELECT 1 FROM drops o WHERE o.id = d.id AND (o.started, o.key) < (d.started, d.key))"
    };
}

/// SQL that reads drops, followed by a condition.
macro_rules! select_drops {
    ($($rest:expr),+) => {
        concat!(
            "SELECT d.id, k.id, ifnull(s.user, d.user), ifnull(s.device, d.device), ",
            "(SELECT json_group_array(path ORDER BY place) FROM sources WHERE drop_key = d.key), ",
            "ifnull(s.started, d.started), s.finished, ",
            // Until filing ends, the events are more current.
            "ifnull(e.stored, d.stored), ifnull(e.skipped, d.skipped), ifnull(e.failed, d.failed), ",
            "ifnull(e.left_out, 0), ifnull(e.bytes, d.bytes), ifnull(e.bytes_stored, d.bytes_stored), ",
            interrupted!(),
            " ",
            "FROM drops d JOIN matter_keys k ON k.key = d.matter LEFT JOIN summaries s ON s.drop_key = d.key ",
            "LEFT JOIN summaries e ON e.drop_key = d.key AND e.finished IS NOT NULL ",
            $($rest),+
        )
    };
}

fn read(row: &SqliteRow) -> Result<DropEntry> {
    let mut columns = Columns::of(row);
    let summary = DropSummary {
        id: DropId::from_bytes(columns.bytes()?),
        matter: columns.id(MatterId::new)?,
        user: columns.id(UserId::new)?,
        device: columns.id(DeviceId::new)?,
        sources: serde_json::from_str(columns.next()?).map_err(|_| StoreError::Unreadable("the sources of a drop"))?,
        started: Timestamp(columns.next()?),
        finished: columns.next::<Option<i64>>()?.map(Timestamp),
        counts: DropCounts {
            stored: columns.count()?,
            skipped: columns.count()?,
            failed: columns.count()?,
            left_out: columns.count()?,
            bytes: columns.count()?,
            bytes_stored: columns.count()?,
        },
    };
    Ok(DropEntry { summary, interrupted: columns.count()? })
}

/// A page of drops, latest first.
pub(super) async fn page(
    db: &Connections,
    matter: Option<&MatterId>,
    before: Option<DropId>,
    most: usize,
) -> Result<DropsPage> {
    let before = match before {
        None => i64::MAX,
        Some(id) => {
            let key: Option<i64> = sqlx::query_scalar(concat!("SELECT ", first_drop!()))
                .bind(&id.as_bytes()[..])
                .fetch_one(&db.reading)
                .await?;
            // A rebuilt copy may not have it: then nothing comes before it.
            key.unwrap_or(i64::MIN)
        }
    };
    let query = match matter {
        None => sqlx::query(select_drops!("WHERE d.key < ?1 AND ", is_first!(), " ORDER BY d.key DESC LIMIT ?2")),
        Some(_) => sqlx::query(select_drops!(
            "WHERE d.matter = (SELECT key FROM matter_keys WHERE id = ?3) AND d.key < ?1 AND ",
            is_first!(),
            " ORDER BY d.key DESC LIMIT ?2"
        )),
    };
    let query = query.bind(before).bind(limit(most.saturating_add(1)));
    let query = match matter {
        None => query,
        Some(matter) => query.bind(matter.as_str()),
    };
    let rows = query.fetch_all(&db.reading).await?;
    let mut drops: Vec<DropEntry> = rows.iter().map(read).collect::<Result<_>>()?;
    let more = drops.len() > most;
    drops.truncate(most);
    let next = drops.last().filter(|_| more).map(|drop| drop.summary.id);
    Ok(DropsPage { drops, next })
}

/// One drop.
pub(super) async fn one(db: &Connections, id: DropId) -> Result<Option<DropEntry>> {
    let row = sqlx::query(select_drops!("WHERE d.key = ", first_drop!()))
        .bind(&id.as_bytes()[..])
        .fetch_optional(&db.reading)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The time of the newest drop, record, client or matter.
pub(super) async fn newest(db: &Connections) -> Result<Option<Timestamp>> {
    let newest: Option<i64> = sqlx::query_scalar(
        "SELECT max(at) FROM (SELECT (SELECT started FROM drops ORDER BY key DESC LIMIT 1) AS at \
         UNION ALL SELECT (SELECT updated_at FROM records ORDER BY key DESC LIMIT 1) \
         UNION ALL SELECT max(updated_at) FROM matters UNION ALL SELECT max(updated_at) FROM clients)",
    )
    .fetch_one(&db.reading)
    .await?;
    Ok(newest.map(Timestamp))
}
