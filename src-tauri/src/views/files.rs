//! The files of a matter: folders, and a list that is read window by window however long it is.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Which documents to list, and how.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesQuery {
    /// The matter.
    pub matter: String,
    /// The folder, `/`-separated; empty for the top.
    pub folder: String,
    /// Whether the documents in the folders below are listed too.
    pub deep: bool,
    /// Only documents whose name or folder contains this, without regard to case; empty for all.
    pub filter: String,
    /// By what to sort.
    pub sort: SortKey,
    /// The other way round.
    pub descending: bool,
}

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SortKey {
    /// Name, without regard to case.
    Name,
    /// Modified time.
    Modified,
    /// Length.
    Size,
    /// When it was filed.
    Filed,
}

/// A list of documents as it was when it was asked for; its rows are read with `file_rows`.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesListing {
    /// By what to ask for its rows. The program keeps the latest few.
    pub id: u32,
    /// Documents in it.
    pub total: u64,
    /// The folders directly in the folder, by name; with a filter, none.
    pub folders: Vec<FolderView>,
}

/// A folder of a matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderView {
    /// Its name.
    pub name: String,
    /// Its whole path.
    pub path: String,
    /// Documents in it and in the folders below.
    pub files: u64,
    /// Whether there are folders in it.
    pub has_folders: bool,
}

/// A document in a list: one name, time and content of a matter.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// Identity in its matter (the metadata hash).
    pub id: String,
    /// The matter it is in.
    pub matter: String,
    /// Hash of its content: what the document panel opens.
    pub content: String,
    /// Its name.
    pub name: String,
    /// The folders it was filed from, as kept on the record; an empty one for none.
    pub folders: Vec<String>,
    /// Length in bytes.
    pub size: u64,
    /// When it was last modified.
    pub modified: i64,
    /// When it was filed last.
    pub filed: i64,
}
