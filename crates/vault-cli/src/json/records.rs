//! Metadata records.

use serde::Serialize;
use vault_core::model::MetadataRecord;

use crate::format::rfc3339;

/// A document as it was filed under one name with one modified time.
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
    storage_path: String,
    uploaded_by: String,
    updated: String,
}

impl RecordJson {
    /// A record with the number of its matter.
    pub(crate) fn new(record: MetadataRecord, matter_number: Option<String>) -> Self {
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
            storage_path: storage_path.to_string(),
            uploaded_by: uploaded_by.to_string(),
            updated: rfc3339(updated_at),
        }
    }
}
