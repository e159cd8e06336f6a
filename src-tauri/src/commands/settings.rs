//! What a person can choose.

use crate::views::*;

/// Keeps what the person chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(form: SettingsForm) -> Result<SettingsView, Refusal> {
    Err(crate::unfinished())
}

/// Keeps the list of what is left out; refused, naming the line, if one is no pattern.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_left_out(text: String) -> Result<SettingsView, Refusal> {
    Err(crate::unfinished())
}

/// Goes back to the list this program comes with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reset_left_out() -> Result<SettingsView, Refusal> {
    Err(crate::unfinished())
}

/// Asks for the folder the vault is kept in from the next start on; nothing of the present one is moved.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_data_folder() -> Result<SettingsView, Refusal> {
    Err(crate::unfinished())
}

/// Shows the folder the vault is kept in, in the system's file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_data_folder() -> Result<(), Refusal> {
    Err(crate::unfinished())
}
