//! Files and folders of a matter.

use tauri::State;
use vault_core::model::MatterId;
use vault_core::ports::{FolderKey, ListQuery};

use crate::listings::Listing;
use crate::shell::Shell;
use crate::views::{FileRow, FilesListing, FilesQuery, FolderView, Refusal};

/// The folders directly in a folder of a matter, by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn folders(shell: State<'_, Shell>, matter: String, path: String) -> Result<Vec<FolderView>, Refusal> {
    let key = FolderKey { matter: MatterId::new(matter)?, path };
    let entries = shell.open().await?.vault.mirror.folders(&key).await?;
    Ok(entries.into_iter().map(|entry| FolderView::of(entry, &key.path)).collect())
}

/// Lists documents; the rows are asked for with `file_rows`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_files(shell: State<'_, Shell>, query: FilesQuery) -> Result<FilesListing, Refusal> {
    let open = shell.open().await?;
    let query = ListQuery::try_from(query)?;
    let ids = open.vault.mirror.list(&query).await?;
    let inside = if query.containing.is_empty() { open.vault.mirror.folders(&query.folder).await? } else { Vec::new() };
    let FolderKey { matter, path } = query.folder;
    Ok(FilesListing {
        total: ids.len() as u64,
        folders: inside.into_iter().map(|entry| FolderView::of(entry, &path)).collect(),
        id: open.listings.keep(Listing { matter, ids }),
    })
}

/// Rows of a list; fewer where the list ends. Refused as not found once the list is forgotten: list again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_rows(
    shell: State<'_, Shell>,
    listing: u32,
    offset: u64,
    limit: u32,
) -> Result<Vec<FileRow>, Refusal> {
    let open = shell.open().await?;
    let listing = open.listings.get(listing)?;
    let records = open.vault.mirror.records(&listing.matter, listing.window(offset, limit)).await?;
    Ok(records.into_iter().map(FileRow::from).collect())
}
