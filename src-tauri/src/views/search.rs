//! What a search found.

use serde::Serialize;
use specta::Type;
use vault_core::ports::{FolderKey, SearchHits};

use super::FileRow;

/// What a search found, each list best first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SearchView {
    /// Ids of clients, by name.
    pub(crate) clients: Vec<String>,
    /// Ids of matters, by number and title.
    pub(crate) matters: Vec<String>,
    /// Folders by name.
    pub(crate) folders: Vec<FolderHit>,
    /// Documents by name and folder.
    pub(crate) files: Vec<FileRow>,
}

/// A folder that was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderHit {
    /// The matter.
    pub(crate) matter: String,
    /// Its whole path.
    pub(crate) path: String,
}

impl From<SearchHits> for SearchView {
    fn from(hits: SearchHits) -> Self {
        let SearchHits { clients, matters, folders, records } = hits;
        Self {
            clients: clients.into_iter().map(|client| client.id.to_string()).collect(),
            matters: matters.into_iter().map(|found| found.matter.id.to_string()).collect(),
            folders: folders.into_iter().map(FolderHit::from).collect(),
            files: records.into_iter().map(FileRow::from).collect(),
        }
    }
}

impl From<FolderKey> for FolderHit {
    fn from(folder: FolderKey) -> Self {
        let FolderKey { matter, path } = folder;
        Self { matter: matter.to_string(), path }
    }
}
