//! What changed since a reader last asked.
//!
//! Each kind of document is a stream of its own, in order of `updatedAt`, and a page takes from the streams in an order
//! in which nothing precedes what it refers to: people, clients, matters, records, events, drops. All of a page is of
//! one moment, so that an event never arrives without its record.

use std::sync::Arc;

use prost_types::Timestamp as Moment;
use tonic::Code;
use vault_core::model::{EventKind, Timestamp, UserId};
use vault_core::ports::{Change, ChangePage, Cursor, PortError};

use super::cursor::{self, Place, Position};
use super::recent::{Beyond, Form};
use super::wire::{DROP_FIELDS, read_client, read_drop, read_event, read_matter, read_record};
use super::{Answer, FirebaseRecords, drops, set_aside};
use crate::firestore::wire::Document;
use crate::firestore::wire::Value;
use crate::firestore::wire::value::ValueType;
use crate::firestore::{Doc, Query, Read, milliseconds, moment, port_error, reference, text, timestamp};

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

/// Before anything can have been written, in milliseconds since 1970.
const FIRST: i64 = 0;

/// How many documents of a kind are asked for before it is known whether there is room for them: most visits find none.
const AHEAD: usize = 20;

/// One page of changes, all of one moment.
pub(super) async fn page(records: &FirebaseRecords, since: Option<&Cursor>, rows: usize) -> Answer<ChangePage> {
    let mut positions = positions(since)?;
    let (read, (own, mut ahead)) = begin(records, &positions, rows).await?;
    let is_own = own.is_some();
    let events_at = &positions[Stream::Events as usize];
    let (mut events, mut own_records) = match own {
        Some(own) => (Some(own.events), Some(own.records)),
        // Whoever takes a first copy reads the records first, and would read these events with each page of them.
        None if events_at.is_at_start() => (None, None),
        None => (Some(next(records, Stream::Events, events_at, rows, &read).await?), None),
    };
    // A record changes only together with an event: where there is no new event, nobody need look for records.
    let quiet = !is_own && events.as_ref().is_some_and(|events| events.is_quiet(events_at));
    let mut changes = Vec::new();
    let mut more = false;
    for stream in STREAMS {
        let position = &mut positions[stream as usize];
        let room = rows - changes.len();
        let found = match stream {
            Stream::Records if quiet => continue,
            Stream::Records => own_records.take(),
            Stream::Events => events.take(),
            _ => ahead[stream as usize].take(),
        };
        let found = match found {
            Some(found) => found,
            None => next(records, stream, position, room, &read).await?,
        };
        let horizon = before(found.as_of, records.settled);
        if !is_own {
            keep(records, stream, &found, horizon);
        }
        let (fresh, left) = position.take(&found.places, horizon, room);
        for (what, _) in found.what.iter().zip(fresh).filter(|(_, fresh)| *fresh) {
            changes.push(match what {
                What::Read(document) if matches!(stream, Stream::Drops) => {
                    let drop = drops::read(records, document, &read).await;
                    set_aside::change(records, document, drop.map(Change::Drop))?
                }
                What::Read(document) => set_aside::change(records, document, stream.read(document))?,
                What::Known(known) => {
                    known.as_deref().cloned().ok_or_else(|| PortError::later("A change has to be read again."))?
                }
            });
        }
        more = left;
        if more {
            break;
        }
    }
    records.recent.forget_until(&positions[Stream::Events as usize], &positions[Stream::Records as usize]);
    Ok(ChangePage { changes, cursor: cursor::write(&positions), more })
}

/// Events and records that this program has written, or told already: all there are beyond a reader's positions.
struct Own {
    events: Next,
    records: Next,
}

type Ahead = [Option<Next>; STREAMS.len()];

/// Begins to read as of one moment: finds out whether the events of that moment are known here ([`recent`]), and meanwhile what
/// there is of the kinds that change seldom.
///
/// [`recent`]: super::recent
async fn begin(
    records: &FirebaseRecords,
    positions: &[Position; STREAMS.len()],
    rows: usize,
) -> Answer<(Read, (Option<Own>, Ahead))> {
    let (events, changed) = (&positions[Stream::Events as usize], &positions[Stream::Records as usize]);
    // Also where nothing is known yet: what a commit wrote is seen before its answer is here.
    let counting = records.recent.counting().await;
    let beyond = records.recent.beyond(events, changed);
    let snapshot = records.firestore.begin(false).await.map_err(|status| port_error(&status))?;
    let read = Read::In(snapshot);
    let own = async {
        let Some(beyond) = beyond else {
            drop(counting);
            return Ok(None);
        };
        let as_of = Box::pin(are_all(records, events, &beyond, &read)).await?;
        drop(counting);
        Ok(as_of.map(|as_of| Own { events: Next::of(beyond.events, as_of), records: Next::of(beyond.records, as_of) }))
    };
    let found = tokio::try_join!(own, ahead(records, positions, rows, &read))?;
    Ok((read, found))
}

/// What follows the positions of the kinds that change seldom, asked for at once. Nothing of a kind that is read from its
/// beginning, or of which there is much.
async fn ahead(
    records: &FirebaseRecords,
    positions: &[Position; STREAMS.len()],
    rows: usize,
    read: &Read,
) -> Answer<Ahead> {
    let few = rows.min(AHEAD);
    let look = async |stream: Stream| {
        let position = &positions[stream as usize];
        if position.is_at_start() {
            return Ok::<_, PortError>(None);
        }
        let found = Box::pin(next(records, stream, position, few, read)).await?;
        Ok((found.places.len() <= few + position.told.len()).then_some(found))
    };
    let (people, clients, matters, drops) =
        tokio::try_join!(look(Stream::People), look(Stream::Clients), look(Stream::Matters), look(Stream::Drops))?;
    let mut ahead = Ahead::default();
    for (stream, found) in
        [(Stream::People, people), (Stream::Clients, clients), (Stream::Matters, matters), (Stream::Drops, drops)]
    {
        ahead[stream as usize] = found;
    }
    Ok(ahead)
}

/// Whether these are the events beyond a position, and as of when.
async fn are_all(records: &FirebaseRecords, after: &Position, known: &Beyond, read: &Read) -> Answer<Option<Moment>> {
    let all = following(records, Stream::Events, after);
    let begun = all.clone().equal("eventType", text(EventKind::Interrupted.as_str()));
    let known_begun = known.events.iter().filter(|form| form.begun).count();
    // One more than is known tells that there are others.
    let counted = tokio::try_join!(
        records.firestore.count(all, known.events.len() + 1, read),
        records.firestore.count(begun, known_begun + 1, read),
    );
    match counted {
        Ok(((all, as_of), (begun, _))) => Ok((all == known.events.len() && begun == known_begun).then_some(as_of)),
        // A project whose indexes are older than this program: what cannot be counted is read.
        Err(status) if status.code() == Code::FailedPrecondition => Ok(None),
        Err(status) => Err(port_error(&status)),
    }
}

/// Keeps what was read and may be asked for again, because something older may still appear before it.
fn keep(records: &FirebaseRecords, stream: Stream, found: &Next, horizon: Moment) {
    if !matches!(stream, Stream::Events | Stream::Records) {
        return;
    }
    let mut forms = Vec::new();
    for (what, place) in found.what.iter().zip(&found.places).filter(|(_, place)| !place.is_before(horizon)) {
        if let What::Read(document) = what {
            let kind = Doc::of(document).some_text("eventType").ok().flatten().unwrap_or_default();
            forms.push(Form::read(place.clone(), kind == EventKind::Interrupted.as_str()));
        }
    }
    if stream == Stream::Events {
        records.recent.keep(forms, Vec::new());
    } else {
        records.recent.keep(Vec::new(), forms);
    }
}

/// How far a reader is with each kind.
pub(super) fn positions(since: Option<&Cursor>) -> Answer<[Position; STREAMS.len()]> {
    since.map_or_else(|| Ok(Default::default()), cursor::read)
}

/// What follows a position, as of one moment.
struct Next {
    what: Vec<What>,
    places: Vec<Place>,
    as_of: Moment,
}

/// A document that was read, or what is known of one without reading it.
enum What {
    Read(Document),
    Known(Option<Arc<Change>>),
}

impl Next {
    fn of(forms: Vec<Form>, as_of: Moment) -> Self {
        let (what, places) = forms.into_iter().map(|form| (What::Known(form.change), form.place)).unzip();
        Self { what, places, as_of }
    }

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
    // One more than there is room for tells whether there are more.
    let limit = room.saturating_add(1).saturating_add(position.told.len());
    let query = following(records, stream, position).limit(limit);
    let (documents, as_of) = records.firestore.query(query, read).await.map_err(|status| port_error(&status))?;
    // Values that are no times stand behind all times, where nobody reads on from.
    let (what, places) = documents
        .into_iter()
        .filter_map(|document| {
            let time = Doc::of(&document).moment("updatedAt").ok()?;
            let place = Place::new(time, records.names.short(&document.name));
            Some((What::Read(document), place))
        })
        .unzip();
    Ok(Next { what, places, as_of })
}

/// Documents of a kind that follow a position, in order.
fn following(records: &FirebaseRecords, stream: Stream, position: &Position) -> Query {
    let query = stream.query(records).ascending("updatedAt").ascending("__name__");
    // Numbers and the like stand before all times.
    let Some(after) = &position.after else { return query.after(vec![timestamp(Timestamp(FIRST))]) };
    let time = Value { value_type: Some(ValueType::TimestampValue(after.time())) };
    query.after(vec![time, reference(records.names.long(&after.name))])
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
