//! Giving back, and checking.

use crate::views::*;

/// Asks for a folder with the system's dialog and restores to it. Returns what is under way; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore(what: RestoreWhat) -> Result<Option<String>, Refusal> {
    Err(crate::unfinished())
}

/// Checks everything that is stored. Returns what is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn verify() -> Result<String, Refusal> {
    Err(crate::unfinished())
}

/// What became of a restore or a check, in detail.
#[tauri::command]
#[specta::specta]
pub(crate) async fn report(id: String) -> Result<ReportView, Refusal> {
    Err(crate::unfinished())
}

/// Shows where something was restored to, in the system's file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}
