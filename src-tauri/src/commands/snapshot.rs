//! Loading the page.

use tauri::ipc::Channel;

use crate::views::*;

/// Everything the page needs when it loads.
#[tauri::command]
#[specta::specta]
pub(crate) async fn snapshot() -> Result<Snapshot, Refusal> {
    Err(crate::unfinished())
}

/// Tells the page of every change from now on; a page that loads again takes the place of the one before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch(channel: Channel<WindowEvent>) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// The person has gone on from the first-start page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn welcomed() -> Result<(), Refusal> {
    Err(crate::unfinished())
}
