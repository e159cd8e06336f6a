//! Search.

use tauri::State;

use crate::shell::Shell;
use crate::views::{Refusal, SearchView};

/// Hits of each kind.
const HITS: usize = 30;

/// Finds clients, matters, folders and documents that `text` begins words of.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(shell: State<'_, Shell>, text: String) -> Result<SearchView, Refusal> {
    let vault = &shell.open().await?.vault;
    let hits = vault.mirror.search(&text, HITS).await?;
    Ok(SearchView::of(hits, vault).await?)
}
