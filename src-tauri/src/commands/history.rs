//! The history of drops.

use crate::views::*;

/// Drops of one matter or all, newest first, those before `before`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drops(matter: Option<String>, before: Option<String>) -> Result<DropsPageView, Refusal> {
    Err(crate::unfinished())
}

/// Events of a drop, of these kinds or, with none, of all; those after `after`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_events(
    drop: String,
    kinds: Vec<EventKindView>,
    after: Option<String>,
) -> Result<EventsPageView, Refusal> {
    Err(crate::unfinished())
}

/// What was left out of a drop; known on the computer it was filed from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drop_left_out(drop: String) -> Result<Vec<ReportProblem>, Refusal> {
    Err(crate::unfinished())
}
