//! Clients and matters.

use crate::views::*;

/// Creates a client.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_client(form: ClientForm) -> Result<ClientView, Refusal> {
    Err(crate::unfinished())
}

/// Writes what a person changed about a client, from the state it was shown in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_client(id: String, updated_at: i64, form: ClientForm) -> Result<ClientView, Refusal> {
    Err(crate::unfinished())
}

/// Takes a client out of sight, or brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_client_removed(id: String, removed: bool) -> Result<ClientView, Refusal> {
    Err(crate::unfinished())
}

/// Creates a matter.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_matter(form: MatterForm) -> Result<MatterView, Refusal> {
    Err(crate::unfinished())
}

/// Writes what a person changed about a matter, from the state it was shown in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_matter(id: String, updated_at: i64, form: MatterForm) -> Result<MatterView, Refusal> {
    Err(crate::unfinished())
}

/// Closes, reopens or puts on hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_matter_status(id: String, status: MatterState) -> Result<MatterView, Refusal> {
    Err(crate::unfinished())
}

/// Takes a matter out of sight, or brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_matter_removed(id: String, removed: bool) -> Result<MatterView, Refusal> {
    Err(crate::unfinished())
}
