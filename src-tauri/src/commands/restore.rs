//! Giving back, and checking.

use tauri::{State, WebviewWindow};
use vault_jobs::{JobId, JobKind};

use crate::os::{dialogs, show};
use crate::reason::WindowReason;
use crate::shell::Shell;
use crate::text::Texts;
use crate::views::{Refusal, ReportView, RestoreWhat};

/// Asks for a folder with the system's dialog and restores to it. Returns what is under way; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    what: RestoreWhat,
) -> Result<Option<String>, Refusal> {
    let open = shell.open().await?;
    let asked = what.scope(&open.vault).await?;
    let Some(destination) = dialogs::one_folder(&window, Texts::choose_destination).await? else {
        return Ok(None);
    };
    let origin = shell.settings().chosen().origin();
    let id = open.jobs.restore(asked.scope, asked.names, (destination, origin)).await?;
    Ok(Some(id.to_string()))
}

/// Checks everything that is stored, slowly if the person wants it so. Returns what is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn verify(shell: State<'_, Shell>) -> Result<String, Refusal> {
    let open = shell.open().await?;
    Ok(open.jobs.verify(shell.settings().chosen().check_rate())?.to_string())
}

/// What became of a restore or a check, in detail.
#[tauri::command]
#[specta::specta]
pub(crate) async fn report(shell: State<'_, Shell>, id: String) -> Result<ReportView, Refusal> {
    Ok(ReportView::of(&shell.open().await?.jobs, id.parse()?)?)
}

/// Shows where something was restored to, in the system's file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal(shell: State<'_, Shell>, id: String) -> Result<(), Refusal> {
    let (open, id) = (shell.open().await?, id.parse::<JobId>()?);
    if open.jobs.status(id).is_some_and(|job| job.kind == JobKind::Verify) {
        return Err(Refusal::invalid(WindowReason::NothingRestored));
    }
    show::folder(open.jobs.restore_report(id)?.destination).await
}
