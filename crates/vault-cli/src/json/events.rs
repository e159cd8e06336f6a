//! Upload events.

use serde::Serialize;
use vault_core::model::UploadEvent;

use super::listed::bytes;
use crate::format::rfc3339;

/// One attempt to file one source file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventJson {
    id: String,
    event_type: &'static str,
    timestamp: String,
    matter_id: String,
    batch_id: String,
    file_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name_bytes: Option<String>,
    folder_path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_path_bytes: Option<String>,
    /// The dropped folder or file it came from; null if an older version filed it.
    source: Option<String>,
    file_hash: String,
    metadata_hash: String,
    size: u64,
    last_modified: i64,
    team_id: String,
    user_id: String,
    user_name: Option<String>,
    device_id: String,
    app_version: String,
    reason: Option<String>,
}

impl EventJson {
    /// An event with its origin, and the name of its user.
    pub(crate) fn new(event: UploadEvent, from: Option<String>, user_name: Option<String>) -> Self {
        let UploadEvent {
            id,
            matter,
            kind,
            timestamp,
            file_name,
            folder_path,
            source: _,
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
        Self {
            id: id.to_string(),
            event_type: kind.as_str(),
            timestamp: rfc3339(timestamp),
            matter_id: matter.to_string(),
            batch_id: batch.to_string(),
            file_name: file_name.text().to_owned(),
            file_name_bytes: bytes(&file_name),
            folder_path: folder_path.text().to_owned(),
            folder_path_bytes: bytes(&folder_path),
            source: from,
            file_hash: file_hash.to_string(),
            metadata_hash: metadata_hash.to_string(),
            size,
            last_modified: last_modified.0,
            team_id: team.to_string(),
            user_id: user.to_string(),
            user_name,
            device_id: device.to_string(),
            app_version,
            reason,
        }
    }
}
