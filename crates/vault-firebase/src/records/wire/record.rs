//! `/teams/{t}/matters/{m}/metadata/{metadataHash}`

use prost_types::Timestamp as Moment;
use vault_core::model::{FolderPaths, LastModified, MatterId, MetadataRecord, Revision, TeamId, UserId};
use vault_core::ports::{PortError, RecordWrite};

use super::{Visibility, is_no_deeper};
use crate::firestore::{Doc, Fields, integer, text, whole};

/// A new record's fields, except `updatedAt`. `folder_paths` replaces the record's own, which are those of one file
/// only.
pub(in crate::records) fn record_fields(
    record: &RecordWrite,
    folders: &str,
    uploaded_by: &UserId,
    team: &TeamId,
    visibility: Visibility,
) -> Fields {
    let RecordWrite { metadata_hash, original_name, last_modified, file_hash, size, folder_paths: _, storage_path } =
        record;
    Fields::from([
        ("originalName".to_owned(), text(original_name)),
        ("lastModified".to_owned(), integer(last_modified.0)),
        ("fileHash".to_owned(), text(file_hash.to_string())),
        ("folderPaths".to_owned(), text(folders)),
        ("metadataHash".to_owned(), text(metadata_hash.to_string())),
        ("size".to_owned(), whole(*size)),
        ("storagePath".to_owned(), text(storage_path.to_string())),
        ("uploadedBy".to_owned(), text(uploaded_by.as_str())),
        ("openTo".to_owned(), visibility.value(team)),
    ])
}

/// Reads a record.
pub(in crate::records) fn read_record(doc: Doc<'_>) -> Result<MetadataRecord, PortError> {
    Ok(MetadataRecord {
        metadata_hash: doc.id().parse().map_err(|_| doc.wrong("id"))?,
        matter: MatterId::new(doc.parent_id()).map_err(|_| doc.wrong("id"))?,
        original_name: doc.text("originalName")?.to_owned(),
        last_modified: LastModified(doc.integer("lastModified")?),
        file_hash: doc.parsed("fileHash", |hash| hash.parse().ok())?,
        size: doc.whole("size")?,
        folder_paths: doc
            .parsed("folderPaths", |paths| paths.split('|').all(is_no_deeper).then(|| FolderPaths::parse(paths)))?,
        storage_path: doc.parsed("storagePath", |path| path.parse().ok())?,
        uploaded_by: doc.parsed("uploadedBy", |user| UserId::new(user).ok())?,
        updated_at: doc.time("updatedAt")?,
        revision: doc.update_time().map(revision),
    })
}

const NANOS: i64 = 1_000_000_000;

/// The revision of a record: when it was written, in nanoseconds since 1970.
pub(in crate::records) fn revision(written: Moment) -> Revision {
    Revision(written.seconds.saturating_mul(NANOS).saturating_add(i64::from(written.nanos)))
}

/// When this revision was written.
pub(in crate::records) fn written(revision: Revision) -> Moment {
    let nanos = i32::try_from(revision.0.rem_euclid(NANOS)).unwrap_or_default();
    Moment { seconds: revision.0.div_euclid(NANOS), nanos }
}
