//! What a search found.

use serde::Serialize;
use specta::Type;

use super::FileRow;

/// What a search found, each list best first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchView {
    /// Ids of clients, by name.
    pub clients: Vec<String>,
    /// Ids of matters, by number and title.
    pub matters: Vec<String>,
    /// Folders by name.
    pub folders: Vec<FolderHit>,
    /// Documents by name and folder.
    pub files: Vec<FileRow>,
}

/// A folder that was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderHit {
    /// The matter.
    pub matter: String,
    /// Its whole path.
    pub path: String,
}
