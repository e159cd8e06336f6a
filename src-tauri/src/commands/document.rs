//! One document.

use crate::views::*;

/// Everything known of a content; the record `id` of `matter` first, if they are given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document(
    content: String,
    matter: Option<String>,
    id: Option<String>,
) -> Result<DocumentView, Refusal> {
    Err(crate::unfinished())
}

/// The verified bytes of a document that is previewed as an image or a PDF.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_bytes(content: String) -> Result<PreviewBytes, Refusal> {
    Err(crate::unfinished())
}

/// The text of a document that is previewed as text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_text(content: String) -> Result<TextPreview, Refusal> {
    Err(crate::unfinished())
}

/// Opens a verified, read-only copy in the program the system has for it, under this one of its names.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_document(content: String, name: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Puts a text on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_text(text: String) -> Result<(), Refusal> {
    Err(crate::unfinished())
}

/// Opens the dialog to print what the page shows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn print_page() -> Result<(), Refusal> {
    Err(crate::unfinished())
}
