//! Reading changes since a cursor.
//!
//! Each kind of document is a stream of its own, ordered by `updatedAt`, and a page takes from the streams in
//! dependency order: people, clients, matters, records, events, drops. A whole page is read at one point in time, so
//! that an event never arrives without its record.

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

/// How many documents of a kind are requested before it is known whether they fit: most reads find none.
const AHEAD: usize = 20;

/// One page of changes, read at one point in time.
pub(super) async fn page(records: &FirebaseRecords, since: Option<&Cursor>, rows: usize) -> Answer<ChangePage> {
    let mut positions = positions(since)?;
    let (read, (own, mut ahead)) = begin(records, &positions, rows).await?;
    let is_own = own.is_some();
    let events_at = &positions[Stream::Events as usize];
    let (mut events, mut own_records) = match own {
        Some(own) => (Some(own.events), Some(own.records)),
        // An initial copy reads the records first, and would read these events with each page of them.
        None if events_at.is_at_start() => (None, None),
        None => (Some(next(records, Stream::Events, events_at, rows, &read).await?), None),
    };
    // A record changes only together with an event: without a new event, records need not be read.
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

/// Events and records that this program wrote or already returned: complete beyond a reader's positions.
struct Own {
    events: Next,
    records: Next,
}

type Ahead = [Option<Next>; STREAMS.len()];

/// Starts reading at one point in time: finds out whether the events at that time are known here ([`recent`]), and
/// meanwhile reads the kinds that change seldom.
///
/// [`recent`]: super::recent
async fn begin(
    records: &FirebaseRecords,
    positions: &[Position; STREAMS.len()],
    rows: usize,
) -> Answer<(Read, (Option<Own>, Ahead))> {
    let (events, changed) = (&positions[Stream::Events as usize], &positions[Stream::Records as usize]);
    // Needed even if nothing is known yet: a commit's result may be visible before its response arrives.
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

/// Reads ahead what follows the positions of the kinds that change seldom. Not for a kind that is read from its
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

/// Whether the known events are all there are beyond a position, and the read time.
async fn are_all(records: &FirebaseRecords, after: &Position, known: &Beyond, read: &Read) -> Answer<Option<Moment>> {
    let all = following(records, Stream::Events, after);
    let begun = all.clone().equal("eventType", text(EventKind::Interrupted.as_str()));
    let known_begun = known.events.iter().filter(|form| form.begun).count();
    // Counting up to one more than known shows whether there are others.
    let counted = tokio::try_join!(
        records.firestore.count(all, known.events.len() + 1, read),
        records.firestore.count(begun, known_begun + 1, read),
    );
    match counted {
        Ok(((all, as_of), (begun, _))) => Ok((all == known.events.len() && begun == known_begun).then_some(as_of)),
        // The project's indexes are older than this program: read instead of counting.
        Err(status) if status.code() == Code::FailedPrecondition => Ok(None),
        Err(status) => Err(port_error(&status)),
    }
}

/// Keeps documents that may be needed again, because an older one may still appear before them.
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

/// A reader's position in each stream.
pub(super) fn positions(since: Option<&Cursor>) -> Answer<[Position; STREAMS.len()]> {
    since.map_or_else(|| Ok(Default::default()), cursor::read)
}

/// What follows a position, at one point in time.
struct Next {
    what: Vec<What>,
    places: Vec<Place>,
    as_of: Moment,
}

/// A document, or the known change of one that was not read.
enum What {
    Read(Document),
    Known(Option<Arc<Change>>),
}

impl Next {
    fn of(forms: Vec<Form>, as_of: Moment) -> Self {
        let (what, places) = forms.into_iter().map(|form| (What::Known(form.change), form.place)).unzip();
        Self { what, places, as_of }
    }

    /// Whether everything has been returned already.
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
    // One more than fits shows whether there are more.
    let limit = room.saturating_add(1).saturating_add(position.told.len());
    let query = following(records, stream, position).limit(limit);
    let (documents, as_of) = records.firestore.query(query, read).await.map_err(|status| port_error(&status))?;
    // Values that are not times sort after all times, where no reader continues.
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
    // Numbers and the like sort before all times.
    let Some(after) = &position.after else { return query.after(vec![timestamp(Timestamp(FIRST))]) };
    let time = Value { value_type: Some(ValueType::TimestampValue(after.time())) };
    query.after(vec![time, reference(records.names.long(&after.name))])
}

fn before(as_of: Moment, settled: std::time::Duration) -> Moment {
    let settled = i64::try_from(settled.as_millis()).unwrap_or(i64::MAX);
    moment(Timestamp(milliseconds(&as_of).0.saturating_sub(settled)))
}

impl Stream {
    /// The documents of this kind that are open to the whole team.
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
