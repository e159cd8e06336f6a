//! Files and folders of a matter.

use crate::views::*;

/// The folders directly in a folder of a matter, by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn folders(matter: String, path: String) -> Result<Vec<FolderView>, Refusal> {
    Err(crate::unfinished())
}

/// Lists documents; the rows are asked for with `file_rows`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_files(query: FilesQuery) -> Result<FilesListing, Refusal> {
    Err(crate::unfinished())
}

/// Rows of a list; fewer where the list ends. Refused as not found once the list is forgotten: list again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_rows(listing: u32, offset: u64, limit: u32) -> Result<Vec<FileRow>, Refusal> {
    Err(crate::unfinished())
}
