//! Files that are not in the vault.

use serde::Serialize;
use vault_core::filing::{AtSource, UnfiledFile};
use vault_core::model::PathText;

use super::listed::bytes;

/// A file that waits on this computer, with its path.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UnfiledJson {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    /// Its path on this computer.
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_bytes: Option<String>,
    size: Option<u64>,
    last_modified: Option<i64>,
    file_hash: Option<String>,
    /// `unchanged`, `changed`, `missing`, `never-read` or `folder-never-read`.
    now: &'static str,
    /// Why it could not be filed; null if it only waits.
    reason: Option<String>,
}

impl From<&UnfiledFile> for UnfiledJson {
    fn from(unfiled: &UnfiledFile) -> Self {
        let reason = unfiled.problem();
        let UnfiledFile { file, place, now } = unfiled;
        let (path, source) = (file.folder.join(&file.name), PathText::from_os(place.as_os_str()));
        Self {
            path_bytes: bytes(&path),
            path: path.text().to_owned(),
            source_bytes: bytes(&source),
            source: source.text().to_owned(),
            size: file.read.map(|read| read.size),
            last_modified: file.read.map(|read| read.last_modified.0),
            file_hash: file.read.map(|read| read.hash.to_string()),
            now: match now {
                AtSource::Unchanged => "unchanged",
                AtSource::Changed => "changed",
                AtSource::Missing => "missing",
                AtSource::NeverRead => "never-read",
                AtSource::FolderNeverRead => "folder-never-read",
            },
            reason,
        }
    }
}
