//! Upload events between the table and the model.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    DeviceId, DropId, EventId, EventKind, FileHash, LastModified, MatterId, MetadataHash, PathText, TeamId, Timestamp,
    UploadEvent, UserId,
};

use crate::db::{Result, bytes, fault, source_of, unreadable, unsigned};

/// A query for whole events, which [`read`] reads.
macro_rules! select_events {
    ($where:literal) => {
        concat!(
            "SELECT event.id, matter_id, drop_id, kind, timestamp, file_name, file_exact, folder.path, folder.exact, ",
            "file_hash, metadata_hash, size, last_modified, user_id, device_id, app_version, reason, event.source, revision ",
            "FROM event JOIN folder ON folder.key = event.folder JOIN filer ON filer.key = event.filer ",
            $where
        )
    };
}
pub(super) use select_events;

/// The number a kind has in the table.
pub(super) const fn kind_number(kind: EventKind) -> i64 {
    match kind {
        EventKind::Interrupted => 0,
        EventKind::Success => 1,
        EventKind::Failed => 2,
        EventKind::AlreadyStored => 3,
    }
}

/// The kind that has this number in the table.
pub(super) fn kind_of(number: i64) -> Result<EventKind> {
    EventKind::ALL.into_iter().find(|kind| kind_number(*kind) == number).ok_or_else(|| unreadable("a kind of event"))
}

/// An event with its revision. By position, like [the records](super::metadata): there are as many.
pub(super) fn read(row: &SqliteRow, team: &TeamId) -> Result<(i64, UploadEvent)> {
    let text = |at: usize| row.try_get::<String, _>(at).map_err(fault);
    let number = |at: usize| row.try_get::<i64, _>(at).map_err(fault);
    let blob = |at: usize| row.try_get::<&[u8], _>(at).map_err(fault);
    let bad = |_| unreadable("the id of an event's origin");
    let folder_exact = blob(8)?;
    let event = UploadEvent {
        id: EventId::from_bytes(bytes(blob(0)?)?),
        matter: MatterId::new(text(1)?).map_err(bad)?,
        kind: kind_of(number(3)?)?,
        timestamp: Timestamp(number(4)?),
        file_name: PathText::from_parts(text(5)?, row.try_get(6).map_err(fault)?),
        folder_path: PathText::from_parts(text(7)?, (!folder_exact.is_empty()).then(|| folder_exact.to_vec())),
        file_hash: FileHash::from_bytes(bytes(blob(9)?)?),
        metadata_hash: MetadataHash::from_bytes(bytes(blob(10)?)?),
        size: unsigned(number(11)?)?,
        last_modified: LastModified(number(12)?),
        team: team.clone(),
        user: UserId::new(text(13)?).map_err(bad)?,
        batch: DropId::from_bytes(bytes(blob(2)?)?),
        device: DeviceId::new(text(14)?).map_err(bad)?,
        app_version: text(15)?,
        reason: row.try_get(16).map_err(fault)?,
        source: source_of(row.try_get(17).map_err(fault)?)?,
    };
    Ok((number(18)?, event))
}
