//! What a search found.

use std::collections::BTreeSet;

use serde::Serialize;
use specta::Type;
use vault_core::Vault;
use vault_core::ports::{FolderKey, PortError, SearchHits};

use super::FileRow;

/// From how many places a document is said to be; its panel names them all.
const SOURCES: usize = 3;

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
    pub(crate) files: Vec<FileHit>,
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

/// A document that was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileHit {
    /// The document.
    pub(crate) file: FileRow,
    /// The dropped folders and files it came from: what tells two of one name and folder apart. A few of them.
    pub(crate) sources: Vec<String>,
}

impl SearchView {
    /// What was found in this vault.
    ///
    /// # Errors
    /// [`PortError`] if it cannot be read where a document came from.
    pub(crate) async fn of(hits: SearchHits, vault: &Vault) -> Result<Self, PortError> {
        let SearchHits { clients, matters, folders, records } = hits;
        let of: Vec<_> = records.iter().map(|record| (&record.matter, record.metadata_hash)).collect();
        let locations = vault.mirror.locations_of(&of, SOURCES).await?;
        let mut files = Vec::with_capacity(records.len());
        for (record, locations) in records.into_iter().zip(locations) {
            let sources: BTreeSet<String> = locations.into_iter().filter_map(|location| location.source).collect();
            files.push(FileHit { file: record.into(), sources: sources.into_iter().collect() });
        }
        Ok(Self {
            clients: clients.into_iter().map(|client| client.id.to_string()).collect(),
            matters: matters.into_iter().map(|found| found.matter.id.to_string()).collect(),
            folders: folders.into_iter().map(FolderHit::from).collect(),
            files,
        })
    }
}

impl From<FolderKey> for FolderHit {
    fn from(folder: FolderKey) -> Self {
        let FolderKey { matter, path } = folder;
        Self { matter: matter.to_string(), path }
    }
}
