//! Loading the page.

use tauri::State;
use tauri::ipc::Channel;

use crate::changes::Shown;
use crate::firms::firms_view;
use crate::shell::Shell;
use crate::views::{Refusal, Snapshot, System, WindowEvent, WorkView, Workspace, waiting_edits};

/// Everything the page needs when it loads. Waits for the vault to be open; if it could not be opened, it is tried again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn snapshot(shell: State<'_, Shell>) -> Result<Snapshot, Refusal> {
    let open = shell.open().await?;
    open.sync_mirror().await?;
    let Shown { matters, unreadable } = shell.changes.shown(&open.vault).await?;
    let clock_behind = open.vault.clock_behind().await?.map(Into::into);
    Ok(Snapshot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        system: System::here(),
        workspace: Workspace::of(&open).await?,
        firms: firms_view(&open.home, &shell.secrets).await?,
        sync: open.live.as_ref().map(|live| (&live.sync()).into()),
        waiting_edits: waiting_edits(&open.vault).await?,
        unreadable,
        settings: shell.settings_view(&open),
        matters,
        work: open.jobs.list().into_iter().map(WorkView::from).collect(),
        welcomed: shell.settings().welcomed(),
        clock_behind,
    })
}

/// Tells the page of every change from now on; a page that loads again takes the place of the one before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch(shell: State<'_, Shell>, channel: Channel<WindowEvent>) -> Result<(), Refusal> {
    shell.page.watch(channel);
    Ok(())
}

/// The person has gone on from the first-start page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn welcomed(shell: State<'_, Shell>) -> Result<(), Refusal> {
    shell.settings().set_welcomed()
}
