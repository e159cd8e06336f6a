//! What is not as it should be between this computer and the firm's vault: edits that wait for it or that it refused, and
//! entries of it that cannot be read.

use tauri::State;

use crate::shell::Shell;
use crate::views::{KeepView, Refusal, UnreadableListView, WaitingEditView, waiting_edits};

/// Decides about an edit that was refused: the person's is sent again, on top of what stands now, or given up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resolve_edit(
    shell: State<'_, Shell>,
    id: String,
    keep: KeepView,
) -> Result<Vec<WaitingEditView>, Refusal> {
    let open = shell.open().await?;
    open.vault.resolve(id.parse()?, keep.into()).await?;
    shell.tell_waiting().await;
    Ok(waiting_edits(&open.vault).await?)
}

/// The entries of the firm's vault that cannot be read. Everything else is in the copy.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unreadable(shell: State<'_, Shell>) -> Result<UnreadableListView, Refusal> {
    Ok(UnreadableListView::of(shell.open().await?.vault.mirror.unreadable().await?))
}
