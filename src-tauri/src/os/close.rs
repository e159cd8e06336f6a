//! Closing the window, and quitting.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::os::window::MAIN;
use crate::shell::Shell;
use crate::views::{OnClose, WindowEvent};

/// How long quitting waits for pending writes. Anything not done by then is done at the next start.
const PATIENCE: Duration = Duration::from_secs(10);

/// The effect of closing the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// The program ends.
    Leave,
    /// The user is asked.
    Ask,
    /// The window is hidden; filing continues.
    Hide,
}

/// Decides the effect of closing. `Pause` ends the program, which always pauses: the queue continues at the next start.
const fn decide(busy: bool, choice: OnClose) -> Closing {
    match (busy, choice) {
        (false, _) | (true, OnClose::Pause) => Closing::Leave,
        (true, OnClose::Ask) => Closing::Ask,
        (true, OnClose::KeepFiling) => Closing::Hide,
    }
}

/// The user wants to close the window.
pub(crate) fn asked(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let busy = shell.opened().is_some_and(|open| open.jobs.is_busy());
    let choice = shell.settings().chosen().on_close;
    match decide(busy, choice) {
        Closing::Leave => leave(app),
        // A page that never loaded cannot ask, and must not keep the window open.
        Closing::Ask if !shell.page.is_there() => leave(app),
        Closing::Ask => shell.page.tell(WindowEvent::CloseAsked),
        Closing::Hide => hide(app),
    }
}

/// Hides the window; the work in progress continues.
pub(crate) fn hide(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.hide();
    }
}

/// Ends the program once nothing is being written any more.
pub(crate) fn leave(app: &AppHandle) {
    // First, so that a user who no longer sees a window and starts the program gets one.
    app.state::<Shell>().leaving.store(true, Ordering::Relaxed);
    hide(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        finish(&app).await;
        app.exit(0);
    });
}

/// Stops the work in progress, so that the next start continues it, and removes the opened copies. Runs once.
pub(crate) async fn finish(app: &AppHandle) {
    let shell = app.state::<Shell>();
    shell.leaving.store(true, Ordering::Relaxed);
    if shell.finishing.swap(true, Ordering::Relaxed) {
        return;
    }
    if let Some(open) = shell.opened()
        && tokio::time::timeout(PATIENCE, open.leave()).await.is_err()
    {
        tracing::warn!("what was under way took too long to stop");
    }
    shell.copies.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_program_just_quits() {
        for choice in [OnClose::Ask, OnClose::KeepFiling, OnClose::Pause] {
            assert_eq!(decide(false, choice), Closing::Leave);
        }
    }

    #[test]
    fn a_busy_program_does_what_the_user_chose() {
        assert_eq!(decide(true, OnClose::Ask), Closing::Ask);
        assert_eq!(decide(true, OnClose::KeepFiling), Closing::Hide);
        assert_eq!(decide(true, OnClose::Pause), Closing::Leave);
    }
}
