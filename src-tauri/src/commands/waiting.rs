//! Edits that wait for the firm's vault, or that it refused.

use tauri::State;

use crate::shell::Shell;
use crate::views::{KeepView, Refusal, WaitingEditView, waiting_edits};

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
