//! Search.

use crate::views::*;

/// Finds clients, matters, folders and documents that `text` begins words of.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(text: String) -> Result<SearchView, Refusal> {
    Err(crate::unfinished())
}
