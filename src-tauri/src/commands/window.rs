//! The window itself.

use tauri::{AppHandle, State};

use crate::os::close;
use crate::shell::Shell;
use crate::views::{OnClose, Refusal, SettingsForm, WindowEvent};

/// Answers `WindowEvent::CloseAsked`; `Ask` keeps the window open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_window(
    app: AppHandle,
    shell: State<'_, Shell>,
    choice: OnClose,
    remember: bool,
) -> Result<(), Refusal> {
    if remember {
        let form = SettingsForm { on_close: choice, ..shell.settings().chosen() };
        shell.settings().choose(&form)?;
        let settings = shell.settings_view(&*shell.open().await?);
        shell.page.tell(WindowEvent::Settings { settings });
    }
    match choice {
        OnClose::Ask => {}
        OnClose::KeepFiling => close::hide(&app),
        OnClose::Pause => close::leave(&app),
    }
    Ok(())
}
