//! Reading changes since a cursor.
//!
//! Each table is a stream of its own, ordered by revision, and a page takes from the streams in dependency order:
//! people, clients, matters, records, events, drops. (One stream ordered by revision would not do: a matter that was
//! edited after files were filed to it has a later revision than they.) The cursor stores the reader's position in
//! each.

use sqlx::SqliteConnection;
use vault_core::ports::{Change, ChangePage, Cursor, Person, PortError};

use super::{clients, drops, events, matters, metadata};
use crate::db::{Db, Result, fault, limit};

#[derive(Clone, Copy)]
enum Stream {
    People,
    Clients,
    Matters,
    Records,
    Events,
    Drops,
}

const STREAMS: [Stream; 6] =
    [Stream::People, Stream::Clients, Stream::Matters, Stream::Records, Stream::Events, Stream::Drops];

/// A reader's position in each stream: the last revision seen.
type Positions = [i64; STREAMS.len()];

/// One page of changes, read at one point in time.
pub(super) async fn page(db: &Db, person: &Person, since: Option<&Cursor>, rows: usize) -> Result<ChangePage> {
    let mut positions = since.map_or(Ok([0; STREAMS.len()]), parse)?;
    let mut changes = Vec::new();
    let mut more = false;
    let mut snapshot = db.reading.begin().await.map_err(fault)?;
    for (stream, position) in STREAMS.into_iter().zip(&mut positions) {
        let room = rows - changes.len();
        let mut found = stream.changed(&mut snapshot, person, *position, limit(room.saturating_add(1))).await?;
        more = found.len() > room;
        found.truncate(room);
        *position = found.last().map_or(*position, |(revision, _)| *revision);
        changes.extend(found.into_iter().map(|(_, change)| change));
        if more {
            break;
        }
    }
    Ok(ChangePage { changes, cursor: write(positions), more })
}

impl Stream {
    async fn changed(
        self,
        connection: &mut SqliteConnection,
        person: &Person,
        since: i64,
        limit: i64,
    ) -> Result<Vec<(i64, Change)>> {
        let team = &person.team;
        Ok(match self {
            Self::People => people(connection, person, since).await?,
            Self::Clients => wrap(clients::changed(connection, since, limit).await?, Change::Client),
            Self::Matters => wrap(matters::changed(connection, since, limit).await?, Change::Matter),
            Self::Records => wrap(metadata::changed(connection, team, since, limit).await?, Change::Record),
            Self::Events => wrap(events::changed(connection, team, since, limit).await?, Change::Event),
            Self::Drops => wrap(drops::changed(connection, since, limit).await?, Change::Drop),
        })
    }
}

fn wrap<T>(rows: Vec<(i64, T)>, change: impl Fn(T) -> Change) -> Vec<(i64, Change)> {
    rows.into_iter().map(|(revision, row)| (revision, change(row))).collect()
}

async fn people(connection: &mut SqliteConnection, person: &Person, since: i64) -> Result<Vec<(i64, Change)>> {
    let revisions: Vec<i64> = sqlx::query_scalar("SELECT revision FROM identity WHERE revision > ?1")
        .bind(since)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    let change = Change::Person { user: person.user.clone(), display_name: person.display_name.clone() };
    Ok(revisions.into_iter().map(|revision| (revision, change.clone())).collect())
}

fn write(positions: Positions) -> Cursor {
    Cursor(positions.map(|revision| revision.to_string()).join("."))
}

fn parse(cursor: &Cursor) -> Result<Positions> {
    let numbers: std::result::Result<Vec<i64>, _> = cursor.0.split('.').map(str::parse).collect();
    let positions = numbers.ok().and_then(|numbers| Positions::try_from(numbers).ok());
    positions.ok_or_else(|| PortError::invalid("The cursor does not come from this vault. Read everything again."))
}
