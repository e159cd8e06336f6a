//! Firms: connecting to them, signing in and out, and going from one vault to another.

use tauri::{AppHandle, State, WebviewWindow};
use vault_firm::{Firm, FirmId, Firms, Left};
use vault_home::Home;

use crate::compose;
use crate::firms::{self, firms_view};
use crate::os::{dialogs, show, window};
use crate::reason::WindowReason;
use crate::shell::{Shell, on_a_thread};
use crate::views::{ConnectionOffer, FirmsView, Refusal};

/// The firms this computer is connected to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn firms(shell: State<'_, Shell>) -> Result<FirmsView, Refusal> {
    firms_view(&home(&shell)?, &shell.secrets).await
}

/// Asks for a connection file with the system's dialog; nothing if the person thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_connection(
    shell: State<'_, Shell>,
    window: WebviewWindow,
) -> Result<Option<ConnectionOffer>, Refusal> {
    let Some(file) = dialogs::connection(&window).await? else { return Ok(None) };
    let connection = on_a_thread(move || firms::read(&file)).await??;
    Ok(Some(shell.offer_connection(connection)?))
}

/// Trusts a connection: it is kept, and its firm is the one that is opened from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connect(shell: State<'_, Shell>, offer: String) -> Result<FirmsView, Refusal> {
    let connection = shell.connections.take(&offer);
    let connection = connection.ok_or_else(|| Refusal::not_found(WindowReason::ConnectionGone))?;
    let home = home(&shell)?;
    let firms = Firms::of(&home);
    let firm = firms.connect(&connection)?;
    shell.settings().set_welcomed()?;
    shell.change_vault(async |_| Ok(firms.activate(Some(&firm.id))?)).await?;
    firms_view(&home, &shell.secrets).await
}

/// Forgets a connection that is not trusted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn discard_connection(shell: State<'_, Shell>, offer: String) -> Result<(), Refusal> {
    let _ = shell.connections.take(&offer);
    Ok(())
}

/// Signs somebody in to a firm, in their browser, and opens its vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(shell: State<'_, Shell>, app: AppHandle, firm: String) -> Result<(), Refusal> {
    let cancelled = shell.signing_in.begin();
    let (firms, firm) = firm_of(&shell, &firm)?;
    let signing_in = firm.begin_sign_in().await?;
    show::web_page(signing_in.address().to_owned()).await?;
    signing_in.finish(firms.device()?, shell.secrets.clone(), cancelled).await?;
    window::bring_forward(&app);
    shell.change_vault(async |_| Ok(firms.activate(Some(&firm.id))?)).await
}

/// Stops whoever is signing in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_sign_in(shell: State<'_, Shell>) -> Result<(), Refusal> {
    shell.signing_in.cancel();
    Ok(())
}

/// Opens the vault of another firm, or that of this computer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn switch_workspace(shell: State<'_, Shell>, firm: Option<String>) -> Result<(), Refusal> {
    shell.signing_in.cancel();
    let firms = Firms::of(&home(&shell)?);
    let id = firm.map(|firm| firm.parse::<FirmId>()).transpose()?;
    shell.change_vault(async |_| Ok(firms.activate(id.as_ref())?)).await
}

/// Signs the person out of the firm whose vault is open; with `forget`, what is kept of it here is removed, too.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_out(shell: State<'_, Shell>, forget: bool) -> Result<(), Refusal> {
    let left = if forget { Left::Nothing } else { Left::Everything };
    shell
        .change_vault(async |open| match open.and_then(|open| open.firm.as_ref()) {
            Some(firm) => Ok(firm.sign_out(left).await?),
            None => Err(Refusal::invalid(WindowReason::NobodySignedIn)),
        })
        .await
}

/// Takes away a firm that nobody is signed in to, with what is kept of it here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_firm(shell: State<'_, Shell>, firm: String) -> Result<FirmsView, Refusal> {
    let (firms, firm) = firm_of(&shell, &firm)?;
    if firm.session(firms.device()?, shell.secrets.clone()).await?.is_some() {
        return Err(Refusal::invalid(WindowReason::SignOutFirst { firm: firm.connection.name.clone() }));
    }
    if firms.active_if_known()?.as_ref() == Some(&firm.id) {
        shell.change_vault(async |_| Ok(firms.forget(&firm.id).await?)).await?;
    } else {
        firms.forget(&firm.id).await?;
    }
    firms_view(&home(&shell)?, &shell.secrets).await
}

/// Tries at once to reach the firm's vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync_now(shell: State<'_, Shell>) -> Result<(), Refusal> {
    if let Some(live) = &shell.open().await?.live {
        live.try_now();
    }
    Ok(())
}

fn home(shell: &Shell) -> Result<Home, Refusal> {
    compose::home(shell.settings().data_folder().as_deref())
}

fn firm_of(shell: &Shell, id: &str) -> Result<(Firms, Firm), Refusal> {
    let firms = Firms::of(&home(shell)?);
    let firm = firms.get(&id.parse()?)?;
    Ok((firms, firm))
}
