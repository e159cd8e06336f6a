//! Upload events. An interrupted one may become a success or a failure; nothing else about events ever changes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sqlx::SqliteConnection;
use vault_core::model::{DropId, DropKey, EventId, EventKind, UploadEvent};
use vault_core::ports::EventsPage;

use super::drops::{self, Ended, first_drop};
use super::event_rows::{self, kind_code, kind_of, select_events};
use super::filed::Filed;
use super::keys::Keys;
use super::sources;
use crate::db::{Columns, Connections, hex_list, limit, signed};
use crate::error::Result;

pub(super) async fn put(
    events: &[&UploadEvent],
    keys: &mut Keys,
    filed: &mut Filed,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let mut by_drop: HashMap<DropKey, Vec<&UploadEvent>> = HashMap::new();
    for &event in events {
        by_drop.entry(event.drop_key()).or_default().push(event);
    }
    for (drop, events) in by_drop {
        let drop_key = drops::key_for_event(&drop, events[0], keys, connection).await?;
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
    let known = kinds_and_sizes(drop_key, events, connection).await?;
    let mut ended = Ended::default();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for event in once_each(events) {
        match known.get(&event.id) {
            Some((before, _)) if before.is_final() || !event.kind.is_final() => continue,
            Some((before, size)) => {
                ended.count(*before, *size, -1);
                changed.push(event);
            }
            None => added.push(event),
        }
        ended.count(event.kind, signed(event.size)?, 1);
        ended.began(event.timestamp);
        if event.kind.is_stored() {
            filed.stored(keys.matter(&event.matter, connection).await?, event.timestamp);
        }
    }
    event_rows::add(drop_key, &added, keys, connection).await?;
    event_rows::change(drop_key, &changed, keys, connection).await?;
    ended.write(drop_key, connection).await
}

/// Each event once, in order of arrival, in its latest form.
fn once_each<'a>(events: &[&'a UploadEvent]) -> Vec<&'a UploadEvent> {
    let mut at: HashMap<EventId, usize> = HashMap::with_capacity(events.len());
    let mut once: Vec<&UploadEvent> = Vec::with_capacity(events.len());
    for &event in events {
        match at.entry(event.id) {
            Entry::Vacant(free) => {
                free.insert(once.len());
                once.push(event);
            }
            Entry::Occupied(at) if !once[*at.get()].kind.is_final() => once[*at.get()] = event,
            Entry::Occupied(_) => {}
        }
    }
    once
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

pub(super) async fn page(
    db: &Connections,
    drop: DropId,
    kinds: &[EventKind],
    after: Option<EventId>,
    most: usize,
) -> Result<EventsPage> {
    let after = after.map_or(Vec::new(), |id| id.as_bytes().to_vec());
    let ask = async |kind: Option<EventKind>| -> Result<Vec<UploadEvent>> {
        let query = match kind {
            None => sqlx::query(select_events!(
                "WHERE e.drop_key = ",
                first_drop!(),
                " AND e.id > ?2 ORDER BY e.id LIMIT ?3"
            )),
            Some(_) => sqlx::query(select_events!(
                "WHERE e.drop_key = ",
                first_drop!(),
                " AND e.id > ?2 AND e.kind = ?4 ORDER BY e.id LIMIT ?3"
            )),
        };
        let query = query.bind(&drop.as_bytes()[..]).bind(&after[..]).bind(limit(most.saturating_add(1)));
        let query = match kind {
            None => query,
            Some(kind) => query.bind(kind_code(kind)),
        };
        query.fetch_all(&db.reading).await?.iter().map(event_rows::read).collect()
    };
    let mut events = Vec::new();
    let asked = EventKind::ALL.map(|kind| kinds.contains(&kind));
    if asked == [false; 4] || asked == [true; 4] {
        events = ask(None).await?;
    } else {
        // Each kind has its own index: finding an event of a rare kind does not scan all others.
        for kind in EventKind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            events.append(&mut ask(Some(kind)).await?);
        }
        events.sort_unstable_by_key(|event| event.id);
    }
    let more = events.len() > most;
    events.truncate(most);
    let next = events.last().filter(|_| more).map(|event| event.id);
    let sources = sources::of_events(db, &events).await?;
    Ok(EventsPage { events, sources, next })
}
