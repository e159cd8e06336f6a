//! What changed since a reader last asked.
//!
//! Each kind of document is a stream of its own, in order of `updatedAt`, and a page takes from the streams in an order
//! in which nothing precedes what it refers to: people, clients, matters, records, events, drops. All of a page is of
//! one moment, so that an event never arrives without its record.

use prost_types::Timestamp as Moment;
use vault_core::model::{Timestamp, UserId};
use vault_core::ports::{Change, ChangePage, Cursor};

use super::cursor::{self, Place, Position};
use super::wire::{DROP_FIELDS, read_client, read_drop, read_event, read_matter, read_record};
use super::{Answer, FirebaseRecords};
use crate::firestore::wire::Document;
use crate::firestore::wire::Value;
use crate::firestore::wire::value::ValueType;
use crate::firestore::{Doc, Query, Read, milliseconds, moment, port_error, reference};

/// The kinds, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    People,
    Clients,
    Matters,
    Records,
    Events,
    Drops,
}

pub(super) const STREAMS: [Stream; 6] =
    [Stream::People, Stream::Clients, Stream::Matters, Stream::Records, Stream::Events, Stream::Drops];

/// One page of changes, all of one moment.
pub(super) async fn page(records: &FirebaseRecords, since: Option<&Cursor>, rows: usize) -> Answer<ChangePage> {
    let mut positions = positions(since)?;
    let snapshot = records.firestore.begin(false).await.map_err(|status| port_error(&status))?;
    let read = Read::In(snapshot);
    let mut changes = Vec::new();
    let mut more = false;
    // A record changes only together with an event: where there is no new event, nobody need look for records.
    let events = next(records, Stream::Events, &positions[Stream::Events as usize], rows, &read).await?;
    let quiet = events.is_quiet(&positions[Stream::Events as usize]);
    let mut events = Some(events);
    for stream in STREAMS {
        let position = &mut positions[stream as usize];
        let room = rows - changes.len();
        let found = match (stream, events.take_if(|_| stream == Stream::Events)) {
            (Stream::Records, _) if quiet => continue,
            (_, Some(events)) => events,
            _ => next(records, stream, position, room, &read).await?,
        };
        let horizon = before(found.as_of, records.settled);
        let (fresh, left) = position.take(&found.places, horizon, room);
        for (document, _) in found.documents.iter().zip(fresh).filter(|(_, fresh)| *fresh) {
            changes.push(stream.read(document)?);
        }
        more = left;
        if more {
            break;
        }
    }
    Ok(ChangePage { changes, cursor: cursor::write(&positions), more })
}

/// How far a reader is with each kind.
pub(super) fn positions(since: Option<&Cursor>) -> Answer<[Position; STREAMS.len()]> {
    since.map_or_else(|| Ok(Default::default()), cursor::read)
}

/// Documents that follow a position, as of one moment.
struct Next {
    documents: Vec<Document>,
    places: Vec<Place>,
    as_of: Moment,
}

impl Next {
    /// Whether all of it has been told.
    fn is_quiet(&self, position: &Position) -> bool {
        let (_, left) = position.clone().take(&self.places, Moment::default(), 0);
        !left
    }
}

async fn next(
    records: &FirebaseRecords,
    stream: Stream,
    position: &Position,
    room: usize,
    read: &Read,
) -> Answer<Next> {
    let mut query = stream.query(records).ascending("updatedAt").ascending("__name__");
    if let Some(after) = &position.after {
        let time = Value { value_type: Some(ValueType::TimestampValue(after.time())) };
        query = query.after(vec![time, reference(records.names.long(&after.name))]);
    }
    // One more than there is room for tells whether there are more.
    let query = query.limit(room.saturating_add(1).saturating_add(position.told.len()));
    let (documents, as_of) = records.firestore.query(query, read).await.map_err(|status| port_error(&status))?;
    let places = documents
        .iter()
        .map(|document| Ok(Place::new(Doc::of(document).moment("updatedAt")?, records.names.short(&document.name))))
        .collect::<Answer<_>>()?;
    Ok(Next { documents, places, as_of })
}

fn before(as_of: Moment, settled: std::time::Duration) -> Moment {
    let settled = i64::try_from(settled.as_millis()).unwrap_or(i64::MAX);
    moment(Timestamp(milliseconds(&as_of).0.saturating_sub(settled)))
}

impl Stream {
    /// Its documents, as far as they are open to the whole team.
    pub(super) fn query(self, records: &FirebaseRecords) -> Query {
        let team = records.names.team();
        match self {
            Self::People => Query::of(team, "userInfo"),
            Self::Clients => Query::of(team, "clients"),
            Self::Matters => records.open_matters(),
            Self::Records => records.across("metadata"),
            Self::Events => records.across("uploadEvents"),
            Self::Drops => records.across("drops").select(&DROP_FIELDS),
        }
    }

    fn read(self, document: &Document) -> Answer<Change> {
        let doc = Doc::of(document);
        Ok(match self {
            Self::People => Change::Person {
                user: UserId::new(doc.id()).map_err(|_| doc.wrong("id"))?,
                display_name: doc.text("displayName")?.to_owned(),
            },
            Self::Clients => Change::Client(read_client(doc)?),
            Self::Matters => Change::Matter(read_matter(doc)?.0),
            Self::Records => Change::Record(read_record(doc)?),
            Self::Events => Change::Event(read_event(doc)?),
            Self::Drops => Change::Drop(read_drop(doc)?),
        })
    }
}
