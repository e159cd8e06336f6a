//! `/teams/{t}/matters/{m}/uploadEvents/{eventId}`

use vault_core::model::{DeviceId, EventKind, LastModified, MatterId, TeamId, Timestamp, UploadEvent, UserId};
use vault_core::ports::PortError;
use vault_core::rules::EventState;

use super::{Visibility, read_path};
use crate::firestore::{Doc, Fields, bytes, integer, text, whole};

/// The fields that change when an attempt ends, besides the times.
pub(in crate::records) const END_FIELDS: [&str; 2] = ["eventType", "reason"];

/// An event's fields, except `timestamp` and `updatedAt`, which the server sets.
pub(in crate::records) fn event_fields(event: &UploadEvent, visibility: Visibility) -> Fields {
    let UploadEvent {
        id: _,
        matter: _,
        kind,
        timestamp: _,
        file_name,
        folder_path,
        source,
        file_hash,
        metadata_hash,
        size,
        last_modified,
        team,
        user,
        batch,
        device,
        app_version,
        reason,
    } = event;
    let mut fields = Fields::from([
        ("eventType".to_owned(), text(kind.as_str())),
        ("fileName".to_owned(), text(file_name.text())),
        ("fileHash".to_owned(), text(file_hash.to_string())),
        ("metadataHash".to_owned(), text(metadata_hash.to_string())),
        ("teamId".to_owned(), text(team.as_str())),
        ("userId".to_owned(), text(user.as_str())),
        ("folderPath".to_owned(), text(folder_path.text())),
        ("size".to_owned(), whole(*size)),
        ("lastModified".to_owned(), integer(last_modified.0)),
        ("batchId".to_owned(), text(batch.to_string())),
        ("deviceId".to_owned(), text(device.as_str())),
        ("appVersion".to_owned(), text(app_version)),
        ("openTo".to_owned(), visibility.value(team)),
    ]);
    let exact = [("fileNameBytes", file_name.exact()), ("folderPathBytes", folder_path.exact())];
    fields.extend(exact.into_iter().filter_map(|(field, exact)| Some((field.to_owned(), bytes(exact?)))));
    fields.extend(source.iter().map(|source| ("source".to_owned(), whole(u64::from(*source)))));
    fields.extend(reason.iter().map(|reason| ("reason".to_owned(), text(reason))));
    fields
}

/// Reads an event.
pub(in crate::records) fn read_event(doc: Doc<'_>) -> Result<UploadEvent, PortError> {
    Ok(UploadEvent {
        id: doc.id().parse().map_err(|_| doc.wrong("id"))?,
        matter: MatterId::new(doc.parent_id()).map_err(|_| doc.wrong("id"))?,
        kind: doc.parsed("eventType", EventKind::parse)?,
        timestamp: doc.time("timestamp")?,
        file_name: read_path(doc, "fileName", "fileNameBytes")?,
        folder_path: read_path(doc, "folderPath", "folderPathBytes")?,
        source: some_source(doc)?,
        file_hash: doc.parsed("fileHash", |hash| hash.parse().ok())?,
        metadata_hash: doc.parsed("metadataHash", |hash| hash.parse().ok())?,
        size: doc.whole("size")?,
        last_modified: LastModified(doc.integer("lastModified")?),
        team: doc.parsed("teamId", |team| TeamId::new(team).ok())?,
        user: doc.parsed("userId", |user| UserId::new(user).ok())?,
        batch: doc.parsed("batchId", |id| id.parse().ok())?,
        device: doc.parsed("deviceId", |device| DeviceId::new(device).ok())?,
        app_version: doc.text("appVersion")?.to_owned(),
        reason: doc.some_text("reason")?.map(str::to_owned),
    })
}

/// Reads which source of its drop something came from; `None` if absent.
pub(super) fn some_source(doc: Doc<'_>) -> Result<Option<u32>, PortError> {
    doc.some_whole("source")?.map(|source| u32::try_from(source).map_err(|_| doc.wrong("source"))).transpose()
}

/// An event's state and its time: all that is needed before it is written again.
pub(in crate::records) fn standing_of(doc: Doc<'_>) -> Result<(EventState, Timestamp), PortError> {
    let event = read_event(doc)?;
    Ok((EventState::of(&event), event.timestamp))
}
