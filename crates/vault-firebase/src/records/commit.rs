//! Beginning and ending attempts to file: the writes of normal operation.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use prost_types::Timestamp as Moment;
use tonic::Status;
use vault_core::model::{EventId, EventKind, MatterId, MetadataHash, MetadataRecord, UploadEvent};
use vault_core::ports::{Change, Outcome, PortError};
use vault_core::reason::Reason;
use vault_core::rules::{self, EventState};

use super::contention::Contention;
use super::cursor::Place;
use super::open_matters::Visibilities;
use super::plan::{About, EVENT_TIMES, Together, View, commits, plan};
use super::recent::Form;
use super::refusal::{Writing, explain};
use super::seen::{RecordKey, SeenEvent};
use super::set_aside::readable;
use super::wire::{Visibility, event_fields, read_record, revision, standing_of};
use super::writes::create;
use super::{Answer, BATCH_LIMIT, FirebaseRecords};
use crate::firestore::wire::WriteResult;
use crate::firestore::wire::value::ValueType;
use crate::firestore::{Doc, Read, is_conflict, is_denied, milliseconds, port_error};

/// Writes the beginnings of attempts; known ones stay unchanged.
pub(super) async fn begin(records: &FirebaseRecords, attempts: &[UploadEvent]) -> Answer<()> {
    within_limit(attempts.len())?;
    for event in attempts {
        of_this_team(records, event)?;
        if event.kind != EventKind::Interrupted {
            return Err(PortError::invalid(format!("The event {} is not one that begins.", event.id)));
        }
    }
    let visibilities = Visibilities::require(records, attempts.iter().map(|event| (&event.matter, true))).await?;
    let mut known: BTreeSet<EventId> = BTreeSet::new();
    let mut contention = Contention::new();
    loop {
        let mut distinct = known.clone();
        let new = attempts.iter().filter(|event| distinct.insert(event.id));
        let groups = new.map(|event| {
            let visibility = visibilities.of(&event.matter)?;
            let name = records.names.event(&event.matter, event.id);
            let write = create(name, event_fields(event, visibility), &EVENT_TIMES);
            Ok(vec![(About::Event(Box::new(event.clone()), visibility), write)])
        });
        match send(records, commits(groups.collect::<Answer<_>>()?)).await {
            Err(status) if may_be_otherwise(&status, &contention) => {
                if !contention.again().await {
                    return Err(too_often());
                }
                let view = read_events(records, attempts.iter()).await?;
                known = view.into_keys().collect();
            }
            Err(status) => return Err(refused(records, &status, attempts.iter()).await),
            Ok(()) => return Ok(()),
        }
    }
}

/// Writes final events and their records, all or none.
pub(super) async fn commit(records: &FirebaseRecords, outcomes: &[Outcome]) -> Answer<()> {
    within_limit(outcomes.len())?;
    for outcome in outcomes {
        of_this_team(records, &outcome.event)?;
        rules::consistent(outcome)?;
    }
    let to_file = outcomes.iter().map(|outcome| (&outcome.event.matter, outcome.record.is_some()));
    let visibilities = Visibilities::require(records, to_file).await?;
    let mut view = believed(records, outcomes).await?;
    let mut contention = Contention::new();
    let mut is_believed = true;
    loop {
        let groups = match plan(&records.names, &records.person.team, outcomes, &view, &visibilities) {
            Ok(groups) => groups,
            // An assumed state must not cause a refusal.
            Err(_) if is_believed => {
                is_believed = false;
                view = read(records, outcomes).await?;
                continue;
            }
            Err(refused) => return Err(refused),
        };
        match send(records, commits(groups)).await {
            Err(status) if may_be_otherwise(&status, &contention) => {
                if !contention.again().await {
                    return Err(too_often());
                }
                is_believed = false;
                view = read(records, outcomes).await?;
            }
            // If another program wrote a record's folders in a different form, the rules may not recognize that all of
            // them are retained. The files are filed, and their events record where they came from.
            Err(status) if is_denied(&status) && !view.keeps_folders && !view.records.is_empty() => {
                view.keeps_folders = true;
            }
            Err(status) => return Err(refused(records, &status, outcomes.iter().map(|outcome| &outcome.event)).await),
            Ok(()) => return Ok(()),
        }
    }
}

/// Why a batch was refused: because of one of its matters.
async fn refused<'a>(
    records: &FirebaseRecords,
    status: &Status,
    mut events: impl Iterator<Item = &'a UploadEvent>,
) -> PortError {
    match events.next() {
        Some(event) => explain(records, status, Writing::Files(&event.matter)).await,
        None => port_error(status),
    }
}

/// Whether the actual state may differ from the assumed one. For the rules, creating an existing document is an edit,
/// which they refuse before its precondition fails; so the state is read after the first refusal.
fn may_be_otherwise(status: &Status, contention: &Contention) -> bool {
    is_conflict(status) || (contention.is_first() && is_denied(status))
}

fn too_often() -> PortError {
    PortError::later(Reason::ColleaguesFiling)
}

/// Sends commits one after the other, and remembers the resulting documents.
async fn send(records: &FirebaseRecords, commits: Vec<Together>) -> Result<(), Status> {
    for commit in commits {
        let (about, writes): (Vec<About>, Vec<_>) = commit.into_iter().unzip();
        let _writing = records.recent.writing().await;
        let results = records.firestore.commit(writes, Vec::new()).await?;
        let (mut events, mut changed) = (Vec::new(), Vec::new());
        for (about, result) in about.into_iter().zip(&results) {
            match about {
                About::Event(event, visibility) => events.extend(remember_event(records, *event, result, visibility)),
                About::Record(record, visibility) => {
                    changed.extend(remember_record(records, *record, result, visibility));
                }
            }
        }
        records.recent.keep(events, changed);
    }
    Ok(())
}

/// Remembers an event's new state; returns its form if it belongs to the changes, which events behind a wall do not.
fn remember_event(
    records: &FirebaseRecords,
    event: UploadEvent,
    result: &WriteResult,
    visibility: Visibility,
) -> Option<Form> {
    let (as_of, updated) = (result.update_time?, updated_at(result)?);
    if event.kind == EventKind::Interrupted {
        records.seen.keep_event(event.id, SeenEvent { standing: EventState::of(&event), as_of });
    } else {
        records.seen.forget_event(event.id);
    }
    let name = records.names.event(&event.matter, event.id);
    let is_open = visibility == Visibility::Team;
    let event = UploadEvent { timestamp: milliseconds(&updated), ..event };
    is_open.then(|| Form::written(Place::new(updated, records.names.short(&name)), Change::Event(event)))
}

/// The same for a record.
fn remember_record(
    records: &FirebaseRecords,
    record: MetadataRecord,
    result: &WriteResult,
    visibility: Visibility,
) -> Option<Form> {
    let (as_of, updated) = (result.update_time?, updated_at(result)?);
    let record = MetadataRecord { updated_at: milliseconds(&updated), revision: Some(revision(as_of)), ..record };
    records.seen.keep_record(record.clone());
    let name = records.names.record(&record.matter, record.metadata_hash);
    let is_open = visibility == Visibility::Team;
    is_open.then(|| Form::written(Place::new(updated, records.names.short(&name)), Change::Record(record)))
}

/// The server's `updatedAt`: the last of the times it sets, which are all equal.
fn updated_at(result: &WriteResult) -> Option<Moment> {
    match result.transform_results.last()?.value_type {
        Some(ValueType::TimestampValue(moment)) => Some(moment),
        _ => None,
    }
}

/// The assumed state of a batch's documents, from what this computer wrote, read, or has in its local copy; the rest is
/// read only if an assumption is likely to be wrong.
async fn believed(records: &FirebaseRecords, outcomes: &[Outcome]) -> Answer<View> {
    let mut view = View { records: kept_here(records, &keys_of(outcomes)).await, ..View::default() };
    let (mut events, mut keys) = (Vec::new(), BTreeSet::new());
    for outcome in outcomes {
        let event = &outcome.event;
        match records.seen.event(event.id) {
            Some(seen) => drop(view.events.insert(event.id, seen)),
            // Stored and failed events have begun; those that are only recorded never do.
            None if rules::may_end_as(event.kind) => events.push(event),
            None => {}
        }
        let key = (event.matter.clone(), event.metadata_hash);
        // New content has no record yet. Existing content often has one, if no local copy says otherwise.
        let is_likely = event.kind == EventKind::AlreadyStored && records.copy.is_none();
        if is_likely && !view.records.contains_key(&key) {
            keys.insert(key);
        }
    }
    view.events.extend(read_events(records, events.into_iter()).await?);
    view.records.extend(read_records(records, keys.into_iter().collect()).await?);
    Ok(view)
}

fn keys_of(outcomes: &[Outcome]) -> BTreeSet<RecordKey> {
    let stored = outcomes.iter().filter(|outcome| outcome.event.kind.is_stored());
    stored.map(|outcome| (outcome.event.matter.clone(), outcome.event.metadata_hash)).collect()
}

/// Records as this computer last wrote or read them, or applied them to its local copy, whichever is later.
async fn kept_here(records: &FirebaseRecords, keys: &BTreeSet<RecordKey>) -> HashMap<RecordKey, MetadataRecord> {
    let mut kept: HashMap<RecordKey, MetadataRecord> =
        keys.iter().filter_map(|key| Some((key.clone(), records.seen.record(key)?))).collect();
    let Some(copy) = &records.copy else { return kept };
    let mut by_matter: BTreeMap<&MatterId, Vec<MetadataHash>> = BTreeMap::new();
    for (matter, hash) in keys {
        by_matter.entry(matter).or_default().push(*hash);
    }
    for (matter, hashes) in by_matter {
        // An unreadable local copy is ignored here; browsing reports the error.
        for record in copy.records(matter, &hashes).await.unwrap_or_default() {
            let key = (record.matter.clone(), record.metadata_hash);
            // Records applied by an older version have no revision, and no change can be based on them.
            if kept.get(&key).map_or(record.revision.is_some(), |seen| seen.revision < record.revision) {
                kept.insert(key, record);
            }
        }
    }
    kept
}

/// The actual state of a batch's documents.
async fn read(records: &FirebaseRecords, outcomes: &[Outcome]) -> Answer<View> {
    Ok(View {
        events: read_events(records, outcomes.iter().map(|outcome| &outcome.event)).await?,
        records: read_records(records, keys_of(outcomes).into_iter().collect()).await?,
        ..View::default()
    })
}

async fn read_events<'a>(
    records: &FirebaseRecords,
    events: impl Iterator<Item = &'a UploadEvent>,
) -> Answer<HashMap<EventId, SeenEvent>> {
    let names: BTreeSet<String> = events.map(|event| records.names.event(&event.matter, event.id)).collect();
    let found = records.firestore.get(names.into_iter().collect(), &Read::Now, &[]).await;
    let found = found.map_err(|status| port_error(&status))?;
    let mut events = HashMap::new();
    for document in found.values() {
        let doc = Doc::of(document);
        // An unreadable document counts as absent: writing to its path will be refused anyway.
        let Some((standing, _)) = readable(standing_of(doc))? else { continue };
        let id = doc.id().parse().map_err(|_| doc.wrong("id"))?;
        events.insert(id, SeenEvent { standing, as_of: document.update_time.unwrap_or_default() });
    }
    Ok(events)
}

async fn read_records(records: &FirebaseRecords, keys: Vec<RecordKey>) -> Answer<HashMap<RecordKey, MetadataRecord>> {
    let names = keys.iter().map(|(matter, hash)| records.names.record(matter, *hash)).collect();
    let found = records.firestore.get(names, &Read::Now, &[]).await.map_err(|status| port_error(&status))?;
    let mut there = HashMap::new();
    for document in found.values() {
        let Some(record) = readable(read_record(Doc::of(document)))? else { continue };
        records.seen.keep_record(record.clone());
        there.insert((record.matter.clone(), record.metadata_hash), record);
    }
    Ok(there)
}

fn within_limit(events: usize) -> Answer<()> {
    if events <= BATCH_LIMIT {
        return Ok(());
    }
    Err(PortError::invalid(format!("{events} events are too many for one batch: at most {BATCH_LIMIT}.")))
}

fn of_this_team(records: &FirebaseRecords, event: &UploadEvent) -> Answer<()> {
    if event.team == records.person.team {
        return Ok(());
    }
    Err(PortError::invalid(format!("The event {} belongs to another team ({}).", event.id, event.team)))
}
