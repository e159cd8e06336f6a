//! Handing over, pre-flight, and what is under way.

use crate::views::*;

/// Asks for files with the system's dialog; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_files() -> Result<Option<Offer>, Refusal> {
    Err(crate::unfinished())
}

/// Asks for folders with the system's dialog; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder() -> Result<Option<Offer>, Refusal> {
    Err(crate::unfinished())
}

/// Files what was dropped or chosen to a matter: reads it, and then asks or goes on, as the person set. Returns the batch id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn take(offer: u32, matter: String) -> Result<String, Refusal> {
    Err(crate::unfinished())
}

/// Forgets what was dropped or chosen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn discard(offer: u32) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// The person has seen the pre-flight and says *File*.
#[tauri::command]
#[specta::specta]
pub(crate) async fn file_drop(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Rows of a list of a pre-flight.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preflight_rows(
    id: String,
    list: PreflightList,
    offset: u64,
    limit: u32,
) -> Result<Vec<PreflightRow>, Refusal> {
    Err(crate::unfinished())
}

/// Pauses what is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Goes on with what was paused.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Gives up the rest of what is under way. What was filed stays filed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Clears something ended away from the tray.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clear(id: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Files of a drop that need a person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn problems(id: String) -> Result<Vec<ProblemView>, Refusal> {
    Err(crate::unfinished())
}

/// Tries these files of a drop again; with none, all that need a person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry(id: String, seqs: Vec<u32>) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Gives these files of a drop up; with none, all that need a person. The history keeps that they failed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn skip(id: String, seqs: Vec<u32>) -> Result<(), Refusal> {
    Err(crate::unfinished())
}
