//! The system's dialogs to choose files and folders.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use rfd::{AsyncFileDialog, FileHandle};
use tauri::{Manager, WebviewWindow};
use tokio::sync::oneshot;

use crate::firms::EXTENSION;
use crate::reason::WindowReason;
use crate::shell::Shell;
use crate::text::Texts;
use crate::views::Refusal;

/// Which text is the title.
pub(crate) type Title = fn(&'static dyn Texts) -> &'static str;

fn texts(window: &WebviewWindow) -> &'static dyn Texts {
    window.state::<Shell>().texts()
}

/// Asks for files; nothing if the user cancels.
pub(crate) async fn files(window: &WebviewWindow) -> Result<Option<Vec<PathBuf>>, Refusal> {
    let title = texts(window).choose_files();
    let chosen = ask(window, move |dialog| dialog.set_title(title).pick_files()).await?;
    Ok(chosen.map(paths))
}

/// Asks for folders; nothing if the user cancels.
pub(crate) async fn folders(window: &WebviewWindow) -> Result<Option<Vec<PathBuf>>, Refusal> {
    let title = texts(window).choose_folders();
    let chosen = ask(window, move |dialog| dialog.set_title(title).pick_folders()).await?;
    Ok(chosen.map(paths))
}

/// Asks for one file; nothing if the user cancels.
pub(crate) async fn one_file(window: &WebviewWindow, title: Title) -> Result<Option<PathBuf>, Refusal> {
    let title = title(texts(window));
    let chosen = ask(window, move |dialog| dialog.set_title(title).pick_file()).await?;
    Ok(chosen.map(|file| file.path().to_owned()))
}

/// Asks for one folder, which can be created there; nothing if the user cancels.
pub(crate) async fn one_folder(window: &WebviewWindow, title: Title) -> Result<Option<PathBuf>, Refusal> {
    let title = title(texts(window));
    let chosen =
        ask(window, move |dialog| dialog.set_title(title).set_can_create_directories(true).pick_folder()).await?;
    Ok(chosen.map(|folder| folder.path().to_owned()))
}

/// Asks for a connection file; nothing if the user cancels.
pub(crate) async fn connection(window: &WebviewWindow) -> Result<Option<PathBuf>, Refusal> {
    let texts = texts(window);
    let chosen = ask(window, move |dialog| {
        let dialog = dialog.set_title(texts.choose_connection());
        dialog.add_filter(texts.connection_files(), &[EXTENSION, "json"]).pick_file()
    });
    Ok(chosen.await?.map(|file| file.path().to_owned()))
}

fn paths(chosen: Vec<FileHandle>) -> Vec<PathBuf> {
    chosen.into_iter().map(|file| file.path().to_owned()).collect()
}

/// An open dialog. There is one at a time: the second click of a double click opens no other.
struct Open;

static IS_OPEN: AtomicBool = AtomicBool::new(false);

impl Open {
    fn begin() -> Option<Self> {
        // Constructed lazily: dropping it marks that no dialog is open.
        (!IS_OPEN.swap(true, Ordering::Relaxed)).then(|| Self)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        IS_OPEN.store(false, Ordering::Relaxed);
    }
}

/// Opens a dialog over the window, unless one is open. It is created on the main thread, as GTK and macOS require, and
/// awaited on another.
async fn ask<F, T>(
    window: &WebviewWindow,
    open: impl FnOnce(AsyncFileDialog) -> F + Send + 'static,
) -> Result<Option<T>, Refusal>
where
    F: Future<Output = Option<T>> + Send + 'static,
    T: Send + 'static,
{
    let Some(_open) = Open::begin() else { return Ok(None) };
    let (made, dialog) = oneshot::channel();
    let parent = window.clone();
    window
        .run_on_main_thread(move || {
            let _ = made.send(open(AsyncFileDialog::new().set_parent(&parent)));
        })
        .map_err(|_| Refusal::later(WindowReason::NoDialog))?;
    Ok(dialog.await.map_err(|_| Refusal::later(WindowReason::NoDialog))?.await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dialog_is_open_at_a_time() {
        let first = Open::begin().expect("nothing is open");
        assert!(Open::begin().is_none() && Open::begin().is_none(), "a double click opens one");
        drop(first);
        assert!(Open::begin().is_some(), "it was closed");
    }
}
