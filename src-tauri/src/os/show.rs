//! Shows folders and documents in the system's programs for them.

use std::path::PathBuf;

use crate::reason::WindowReason;
use crate::shell::on_a_thread;
use crate::views::Refusal;

/// Shows a folder in the system's file manager.
///
/// # Errors
/// [`Refusal`] if it does not exist any more, or the system has no program for it.
pub(crate) async fn folder(folder: PathBuf) -> Result<(), Refusal> {
    let shown = folder.display().to_string();
    let opened =
        on_a_thread(
            move || if folder.is_dir() { Some(tauri_plugin_opener::open_path(folder, None::<&str>)) } else { None },
        );
    match opened.await? {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) => Err(Refusal::later(WindowReason::NoFolderProgram { folder: shown })),
        None => Err(Refusal::not_found(WindowReason::FolderGone { folder: shown })),
    }
}

/// Opens a page in the user's browser.
///
/// # Errors
/// [`Refusal`] if the system has none.
pub(crate) async fn web_page(address: String) -> Result<(), Refusal> {
    let opened = on_a_thread(move || tauri_plugin_opener::open_url(address, None::<&str>)).await?;
    opened.map_err(|_| Refusal::later(WindowReason::NoBrowser))
}

/// Opens a file in its default program.
///
/// # Errors
/// [`Refusal`] if it has none.
pub(crate) async fn file(file: PathBuf) -> Result<(), Refusal> {
    let opened = on_a_thread(move || tauri_plugin_opener::open_path(file, None::<&str>)).await?;
    opened.map_err(|_| Refusal::later(WindowReason::NoProgram))
}
