//! What a person can choose.

use tauri::{AppHandle, State, WebviewWindow};
use vault_home::Diagnostics;

use crate::compose;
use crate::os::{dialogs, show, tray};
use crate::reason::WindowReason;
use crate::shell::{Shell, on_a_thread};
use crate::text::Texts;
use crate::views::{Refusal, SettingsForm, SettingsView};

/// Keeps what the person chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(
    app: AppHandle,
    shell: State<'_, Shell>,
    form: SettingsForm,
) -> Result<SettingsView, Refusal> {
    let open = shell.open().await?;
    shell.settings().choose(&form)?;
    tray::speak(&app);
    open.jobs.set_file_at_once(form.file_at_once);
    open.jobs.limit_checks(form.check_rate());
    Ok(shell.settings_view(&open))
}

/// Keeps the list of what is left out; refused, naming the line, if one is no pattern.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_left_out(shell: State<'_, Shell>, text: String) -> Result<SettingsView, Refusal> {
    let open = shell.open().await?;
    open.jobs.set_left_out(open.home.write_left_out(&text)?);
    Ok(shell.settings_view(&open))
}

/// Goes back to the list this program comes with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reset_left_out(shell: State<'_, Shell>) -> Result<SettingsView, Refusal> {
    let open = shell.open().await?;
    open.jobs.set_left_out(open.home.reset_left_out()?);
    Ok(shell.settings_view(&open))
}

/// Asks for the folder the vault is kept in from the next start on; nothing of the present one is moved. If the vault could
/// not be opened, the chosen one is opened by `snapshot`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_data_folder(
    shell: State<'_, Shell>,
    window: WebviewWindow,
) -> Result<SettingsView, Refusal> {
    if compose::folder_is_named() {
        return Err(Refusal::invalid(WindowReason::FolderFromOutside));
    }
    if let Some(folder) = dialogs::one_folder(&window, Texts::choose_vault_folder).await? {
        let home = on_a_thread(move || compose::settle_in(&folder)).await??;
        shell.settings().set_data_folder(home.folder())?;
    }
    shell.settings_view_now()
}

/// Shows the folder the vault is kept in, in the system's file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_data_folder(shell: State<'_, Shell>) -> Result<(), Refusal> {
    show::folder(shell.open().await?.home.folder().to_owned()).await
}

/// Puts what a maintainer needs to know on the clipboard, as text: versions, counts and the last lines of the log, with
/// nothing of the firm's data.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_diagnostics(shell: State<'_, Shell>) -> Result<(), Refusal> {
    let found = match shell.open().await {
        Ok(open) => open.diagnostics().await,
        // A vault that cannot be opened is when they are needed most.
        Err(refusal) => {
            let folder = shell.settings().data_folder();
            Diagnostics::collect(&compose::home(folder.as_deref())?, Err(format!("{:?}", refusal.code))).await
        }
    };
    let text = found.to_string();
    let clipboard = shell.clipboard.clone();
    on_a_thread(move || clipboard.put(text)).await?
}
