//! The window itself.

use crate::views::*;

/// Answers `WindowEvent::CloseAsked`; `Ask` keeps the window open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_window(choice: OnClose, remember: bool) -> Result<(), Refusal> {
    Err(crate::unfinished())
}
