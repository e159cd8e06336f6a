//! The system's dialog for folders, answered with the keyboard.

use std::path::Path;
use std::time::Duration;

use crate::Desktop;
use crate::wait::until;

/// Waits for the dialog with this title and answers it with a folder.
///
/// # Panics
/// When the dialog does not come, or does not go.
pub async fn answer_folder_dialog(desktop: &Desktop, title: &str, folder: &Path) {
    let dialog = until(title, || async { desktop.find_window(title) }).await;
    desktop.xdotool(["windowfocus", "--sync", &dialog]);
    // GTK turns a typed slash into a path field, but only once the dialog is ready.
    pause().await;
    desktop.xdotool(["type", "/"]);
    pause().await;
    desktop.xdotool(["key", "ctrl+a"]);
    let path = format!("{}/", folder.display());
    desktop.xdotool(["type", "--delay", "12", &path]);
    pause().await;
    desktop.xdotool(["key", "Return"]);
    pause().await;
    if desktop.find_window(title).is_some() {
        desktop.xdotool(["key", "Return"]);
    }
    until("the dialog goes", || async { desktop.find_window(title).is_none().then_some(()) }).await;
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(600)).await;
}
