//! State changes of items.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use sqlx::SqliteConnection;
use vault_core::filing::ItemState;
use vault_core::model::{DropId, EventKind, PathText};
use vault_core::ports::{ItemUpdate, UploadSession};

use super::drops::find;
use super::item_state::{CANCELLED, StateColumns, UPLOADING};
use super::items::add_place;
use super::tally::{Tally, size_of};
use crate::db::{Connections, ManyRows, list, signed};
use crate::error::{Result, StoreError};

static STATES: ManyRows = ManyRows::new(
    "UPDATE OR FAIL items SET state = n.column3, session = n.column4, session_offset = n.column5, until = n.column6, \
     attempt = n.column7, problem = n.column8, detail = n.column9 FROM (",
    9,
    ") n WHERE items.drop_key = n.column1 AND items.seq = n.column2",
);

static READINGS: ManyRows = ManyRows::new(
    "UPDATE OR FAIL items SET size = n.column3, last_modified = n.column4, hash = n.column5 FROM (",
    5,
    ") n WHERE items.drop_key = n.column1 AND items.seq = n.column2",
);

static EVENTS: ManyRows = ManyRows::new(
    "UPDATE OR FAIL items SET event = n.column3 FROM (",
    3,
    ") n WHERE items.drop_key = n.column1 AND items.seq = n.column2",
);

/// State code and size of those of these items that are in the queue.
pub(super) async fn standing(
    drop_key: i64,
    seqs: impl IntoIterator<Item = i64>,
    connection: &mut SqliteConnection,
) -> Result<HashMap<i64, (i64, i64)>> {
    let rows: String = sqlx::query_scalar(
        "SELECT json_group_array(json_array(i.seq, i.state, ifnull(i.size, 0))) \
         FROM json_each(?2) wanted CROSS JOIN items i ON i.drop_key = ?1 AND i.seq = wanted.value",
    )
    .bind(drop_key)
    .bind(list(seqs))
    .fetch_one(connection)
    .await?;
    let rows: Vec<(i64, i64, i64)> =
        serde_json::from_str(&rows).map_err(|_| StoreError::Unreadable("a list of files"))?;
    Ok(rows.into_iter().map(|(seq, state, size)| (seq, (state, size))).collect())
}

static PLACES: ManyRows = ManyRows::new(
    "UPDATE OR FAIL items SET moved_to = n.column3, moved_to_exact = n.column4 FROM (",
    4,
    ") n WHERE items.drop_key = n.column1 AND items.seq = n.column2",
);

/// Returns the items that had been removed, and stay removed.
pub(super) async fn advance(db: &Connections, drop: DropId, changes: &[ItemUpdate]) -> Result<Vec<u64>> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let steps = merged(changes)?;
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    let before = standing(key, steps.keys().copied(), &mut write).await?;
    let mut tally = Tally::default();
    let (mut moved, mut done, mut taken_out) = (Vec::new(), Vec::new(), Vec::new());
    for (seq, step) in &steps {
        let Some((state, size)) = before.get(seq) else { continue };
        if *state == CANCELLED {
            taken_out.push(step.seq);
            continue;
        }
        tally.leave(*state, *size);
        tally.enter(&step.state, step.read.map_or(Ok(*size), |read| size_of(Some(&read)))?);
        match StateColumns::of(&step.state)? {
            Some(columns) => moved.push((*seq, step, columns)),
            None => done.push(*seq),
        }
    }
    write_moved(key, &moved, &mut write).await?;
    forget(key, done, &mut write).await?;
    tally.add_to(key, &mut write).await?;
    write.commit().await?;
    Ok(taken_out)
}

/// Merges the changes of each item: the last state, and the last reading.
fn merged(changes: &[ItemUpdate]) -> Result<BTreeMap<i64, ItemUpdate>> {
    let mut steps: BTreeMap<i64, ItemUpdate> = BTreeMap::new();
    for change in changes {
        match steps.entry(signed(change.seq)?) {
            Entry::Vacant(free) => {
                free.insert(change.clone());
            }
            Entry::Occupied(mut earlier) => {
                let earlier = earlier.get_mut();
                earlier.state = change.state.clone();
                earlier.read = change.read.or(earlier.read);
                earlier.event = change.event.or(earlier.event);
            }
        }
    }
    Ok(steps)
}

async fn write_moved(
    key: i64,
    moved: &[(i64, &ItemUpdate, StateColumns<'_>)],
    connection: &mut SqliteConnection,
) -> Result<()> {
    let mut plain: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut detailed = Vec::new();
    for (seq, _, columns) in moved {
        match columns.plain() {
            Some(code) => plain.entry(code).or_default().push(*seq),
            None => detailed.push((*seq, columns)),
        }
    }
    for (code, seqs) in plain {
        sqlx::query(
            "UPDATE OR FAIL items SET state = ?3, session = NULL, session_offset = NULL, until = NULL, \
             attempt = NULL, problem = NULL, detail = NULL \
             WHERE drop_key = ?1 AND seq IN (SELECT value FROM json_each(?2))",
        )
        .bind(key)
        .bind(list(seqs))
        .bind(code)
        .execute(&mut *connection)
        .await?;
    }
    STATES
        .write(connection, &detailed, |values, (seq, columns)| {
            values.add(key).add(*seq);
            columns.add_to(values);
        })
        .await?;
    let mut readings = Vec::new();
    let mut events = Vec::new();
    for (seq, step, _) in moved {
        if let Some(read) = step.read {
            readings.push((*seq, signed(read.size)?, read));
        }
        if let Some(event) = step.event {
            events.push((*seq, event));
        }
    }
    READINGS
        .write(connection, &readings, |values, (seq, size, read)| {
            values.add(key).add(*seq).add(*size).add(read.last_modified.0).add(&read.hash.as_bytes()[..]);
        })
        .await?;
    EVENTS
        .write(connection, &events, |values, (seq, event)| {
            values.add(key).add(*seq).add(&event.as_bytes()[..]);
        })
        .await
}

pub(super) async fn done(db: &Connections, drop: DropId, seqs: &[(u64, EventKind)]) -> Result<()> {
    if seqs.is_empty() {
        return Ok(());
    }
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    let numbered: Vec<(i64, EventKind)> =
        seqs.iter().map(|(seq, kind)| Ok((signed(*seq)?, *kind))).collect::<Result<_>>()?;
    let mut before = standing(key, numbered.iter().map(|(seq, _)| *seq), &mut write).await?;
    let mut tally = Tally::default();
    for (seq, kind) in &numbered {
        // A finished item has left the queue, and is counted.
        if let Some((state, size)) = before.remove(seq) {
            tally.leave(state, size);
            tally.enter(&ItemState::Done(*kind), size);
        }
    }
    forget(key, numbered.into_iter().map(|(seq, _)| seq), &mut write).await?;
    tally.add_to(key, &mut write).await?;
    write.commit().await
}

/// Removes the rows of items from the queue.
pub(super) async fn forget(
    drop_key: i64,
    done: impl IntoIterator<Item = i64>,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let done = list(done);
    if done != "[]" {
        sqlx::query("DELETE FROM items WHERE drop_key = ?1 AND seq IN (SELECT value FROM json_each(?2))")
            .bind(drop_key)
            .bind(done)
            .execute(connection)
            .await?;
    }
    Ok(())
}

pub(super) async fn keep_session(db: &Connections, drop: DropId, seq: u64, session: &UploadSession) -> Result<()> {
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    sqlx::query("UPDATE items SET session = ?3, session_offset = ?4 WHERE drop_key = ?1 AND seq = ?2 AND state = ?5")
        .bind(key)
        .bind(signed(seq)?)
        .bind(&session.handle)
        .bind(signed(session.offset)?)
        .bind(UPLOADING)
        .execute(&mut *write)
        .await?;
    write.commit().await
}

pub(super) async fn relocate(db: &Connections, drop: DropId, places: &[(u64, PathBuf)]) -> Result<()> {
    let places = places.iter().map(|(seq, place)| Ok((signed(*seq)?, PathText::from_os(place.as_os_str()))));
    let places: Vec<_> = places.collect::<Result<_>>()?;
    let mut write = db.write().await?;
    let (key, _) = find(&mut write, drop).await?;
    PLACES
        .write(&mut write, &places, |values, (seq, place)| {
            add_place(values.add(key).add(*seq), Some(place));
        })
        .await?;
    write.commit().await
}
