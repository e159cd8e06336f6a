//! Reading records and events.

use std::collections::{BTreeSet, HashMap};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use vault_core::model::{
    BlobRef, DropKey, EventId, EventKind, FileHash, MatterId, MetadataHash, MetadataRecord, StoragePath, UploadEvent,
};
use vault_core::ports::Known;

use super::open_matters::or_no_matter;
use super::set_aside::{self, readable};
use super::wire::{read_event, read_record};
use super::{Answer, FirebaseRecords};
use crate::firestore::{Doc, Query, Read, port_error, text};

/// Hashes per query: Firestore's limit.
const ASKED: usize = 30;

/// Concurrent queries.
const AT_ONCE: usize = 8;

/// Documents per request.
const GOT: usize = 300;

/// Where content with these hashes is stored. The results are remembered, so that filing the same content need not read
/// them again.
pub(super) async fn known(records: &FirebaseRecords, hashes: &[FileHash]) -> Answer<Vec<Known>> {
    let distinct: Vec<FileHash> = hashes.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let queries = distinct.chunks(ASKED).map(|some| {
        let hashes: Vec<String> = some.iter().map(FileHash::to_string).collect();
        async move {
            let query = records.across("metadata").one_of("fileHash", hashes.into_iter());
            records.firestore.query(query, &Read::Now).await
        }
    });
    let found: Vec<_> = stream::iter(queries.collect::<Vec<_>>())
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
        .map_err(|status| port_error(&status))?;
    let mut places: HashMap<StoragePath, u64> = HashMap::new();
    for document in found.into_iter().flat_map(|(documents, _)| documents) {
        let Some(record) = readable(read_record(Doc::of(&document)))? else { continue };
        places.insert(record.storage_path.clone(), record.size);
        records.seen.keep_record(record);
    }
    // Only documents open to the whole team are found, so nothing is behind a wall.
    Ok(places.into_iter().map(|(path, size)| Known { blob: BlobRef { path, size }, walled: false }).collect())
}

/// The states of those events of a matter that exist.
pub(super) async fn event_kinds(
    records: &FirebaseRecords,
    matter: &MatterId,
    ids: &[EventId],
) -> Answer<Vec<Option<EventKind>>> {
    let mut kinds: HashMap<EventId, EventKind> = HashMap::new();
    for some in ids.chunks(GOT) {
        let names: BTreeSet<String> = some.iter().map(|id| records.names.event(matter, *id)).collect();
        let got = records.firestore.get(names.into_iter().collect(), &Read::Now, &["eventType"]).await;
        let Some(found) = or_no_matter(records, matter, got).await? else { break };
        for document in found.values() {
            let doc = Doc::of(document);
            let id = doc.id().parse().map_err(|_| doc.wrong("id"))?;
            kinds.extend(readable(doc.parsed("eventType", EventKind::parse))?.map(|kind| (id, kind)));
        }
    }
    Ok(ids.iter().map(|id| kinds.get(id).copied()).collect())
}

/// Events of a drop by id, those after `after`. Skips events that another user wrote under its id, which older rules
/// accepted.
pub(super) async fn events_of_drop(
    records: &FirebaseRecords,
    drop: &DropKey,
    after: Option<EventId>,
    limit: usize,
) -> Answer<Vec<UploadEvent>> {
    let query = Query::of(records.names.matter(&drop.matter), "uploadEvents");
    let query = query.equal("batchId", text(drop.id.to_string())).ascending("__name__");
    let after = after.map(|after| records.names.event(&drop.matter, after));
    let of_drop = |doc: Doc<'_>| {
        let event = read_event(doc)?;
        if drop.has(&event) { Ok(event) } else { Err(doc.wrong("userId")) }
    };
    let read = set_aside::page(records, &query, after, limit, of_drop).await?;
    Ok(or_no_matter(records, &drop.matter, read).await?.unwrap_or_default())
}

/// Events of a matter by id, those after `after`.
pub(super) async fn events_of_matter(
    records: &FirebaseRecords,
    matter: &MatterId,
    after: Option<EventId>,
    limit: usize,
) -> Answer<Vec<UploadEvent>> {
    let query = Query::of(records.names.matter(matter), "uploadEvents").ascending("__name__");
    let after = after.map(|after| records.names.event(matter, after));
    let read = set_aside::page(records, &query, after, limit, read_event).await?;
    Ok(or_no_matter(records, matter, read).await?.unwrap_or_default())
}

/// These records of a matter; absent ones are left out.
pub(super) async fn records_of(
    records: &FirebaseRecords,
    matter: &MatterId,
    ids: &[MetadataHash],
) -> Answer<Vec<MetadataRecord>> {
    let distinct: Vec<MetadataHash> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut there = Vec::new();
    for some in distinct.chunks(GOT) {
        let names = some.iter().map(|id| records.names.record(matter, *id)).collect();
        let got = records.firestore.get(names, &Read::Now, &[]).await;
        let Some(found) = or_no_matter(records, matter, got).await? else { break };
        for document in found.values() {
            there.extend(readable(read_record(Doc::of(document)))?);
        }
    }
    Ok(there)
}

/// All records of the team's open matters by matter and metadata hash, those after `after`.
pub(super) async fn all_records(
    records: &FirebaseRecords,
    after: Option<(&MatterId, MetadataHash)>,
    limit: usize,
) -> Answer<Vec<MetadataRecord>> {
    let query = records.across("metadata").ascending("__name__");
    let after = after.map(|(matter, hash)| records.names.record(matter, hash));
    set_aside::open_page(records, &query, after, limit, read_record).await
}
