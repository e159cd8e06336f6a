//! Metadata records.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use vault_core::model::{MatterId, MetadataHash, MetadataRecord, UploadEvent};
use vault_core::ports::Location;

use crate::format::rfc3339;

/// The place of a document when it was filed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct LocationJson {
    folder: String,
    /// The dropped folder or file it came from; null if an older version filed it.
    source: Option<String>,
}

impl From<Location> for LocationJson {
    fn from(Location { folder, source }: Location) -> Self {
        Self { folder: folder.text().to_owned(), source }
    }
}

impl LocationJson {
    /// The places of each record, from these events, each once.
    pub(crate) fn by_record(events: &[(UploadEvent, Option<String>)]) -> BTreeMap<(MatterId, MetadataHash), Vec<Self>> {
        let mut places: BTreeMap<(MatterId, MetadataHash), BTreeSet<Self>> = BTreeMap::new();
        for (event, source) in events.iter().filter(|(event, _)| event.kind.is_stored()) {
            let place = Self { folder: event.folder_path.text().to_owned(), source: source.clone() };
            places.entry((event.matter.clone(), event.metadata_hash)).or_default().insert(place);
        }
        places.into_iter().map(|(record, places)| (record, places.into_iter().collect())).collect()
    }
}

/// A document as filed under one name with one modified time.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecordJson {
    metadata_hash: String,
    file_hash: String,
    matter_id: String,
    matter_number: Option<String>,
    original_name: String,
    last_modified: i64,
    size: u64,
    folder_paths: Vec<String>,
    locations: Vec<LocationJson>,
    storage_path: String,
    uploaded_by: String,
    updated: String,
}

impl RecordJson {
    /// A record with the number of its matter, and its places.
    pub(crate) fn new(
        record: MetadataRecord,
        matter_number: Option<String>,
        locations: impl IntoIterator<Item = impl Into<LocationJson>>,
    ) -> Self {
        let MetadataRecord {
            metadata_hash,
            matter,
            original_name,
            last_modified,
            file_hash,
            size,
            folder_paths,
            storage_path,
            uploaded_by,
            updated_at,
            revision: _,
        } = record;
        Self {
            metadata_hash: metadata_hash.to_string(),
            file_hash: file_hash.to_string(),
            matter_id: matter.to_string(),
            matter_number,
            original_name,
            last_modified: last_modified.0,
            size,
            folder_paths: folder_paths.iter().map(str::to_owned).collect(),
            locations: locations.into_iter().map(Into::into).collect(),
            storage_path: storage_path.to_string(),
            uploaded_by: uploaded_by.to_string(),
            updated: rfc3339(updated_at),
        }
    }
}
