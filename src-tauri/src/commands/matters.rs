//! Clients and matters.

use tauri::State;
use vault_core::Vault;
use vault_core::model::{Client, ClientId, Matter, MatterId, Timestamp};
use vault_core::ports::MatterSummary;

use crate::reason::WindowReason;
use crate::shell::Shell;
use crate::views::{ClientForm, ClientView, MatterForm, MatterState, MatterView, Names, Refusal};

/// Creates a client.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_client(shell: State<'_, Shell>, form: ClientForm) -> Result<ClientView, Refusal> {
    let open = shell.open().await?;
    let created = open.vault.create_client(form.into()).await?;
    shell.tell_waiting().await;
    Ok(ClientView::of(&open.vault, created).await?)
}

/// Writes what a person changed about a client, from the state it was shown in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_client(
    shell: State<'_, Shell>,
    id: String,
    updated_at: i64,
    form: ClientForm,
) -> Result<ClientView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let shown = Client { updated_at: Timestamp(updated_at), ..client(vault, &id).await? };
    let written = vault.edit_client(&shown, form.into()).await?;
    shell.tell_waiting().await;
    Ok(ClientView::of(vault, written).await?)
}

/// Takes a client out of sight, or brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_client_removed(
    shell: State<'_, Shell>,
    id: String,
    removed: bool,
) -> Result<ClientView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let id = ClientId::new(id)?;
    let written = if removed { vault.remove_client(&id).await } else { vault.bring_back_client(&id).await }?;
    shell.tell_waiting().await;
    Ok(ClientView::of(vault, written).await?)
}

/// Creates a matter.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_matter(shell: State<'_, Shell>, form: MatterForm) -> Result<MatterView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let written = vault.create_matter(form.try_into()?).await?;
    shell.tell_waiting().await;
    view(vault, written).await
}

/// Writes what a person changed about a matter, from the state it was shown in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_matter(
    shell: State<'_, Shell>,
    id: String,
    updated_at: i64,
    form: MatterForm,
) -> Result<MatterView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let shown = Matter { updated_at: Timestamp(updated_at), ..summary(vault, &id).await?.matter };
    let written = vault.edit_matter(&shown, form.try_into()?).await?;
    shell.tell_waiting().await;
    view(vault, written).await
}

/// Closes, reopens or puts on hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_matter_status(
    shell: State<'_, Shell>,
    id: String,
    status: MatterState,
) -> Result<MatterView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let written = vault.set_matter_status(&MatterId::new(id)?, status.into()).await?;
    shell.tell_waiting().await;
    view(vault, written).await
}

/// Takes a matter out of sight, or brings it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_matter_removed(
    shell: State<'_, Shell>,
    id: String,
    removed: bool,
) -> Result<MatterView, Refusal> {
    let open = shell.open().await?;
    let vault = &open.vault;
    let id = MatterId::new(id)?;
    let written = if removed { vault.remove_matter(&id).await } else { vault.bring_back_matter(&id).await }?;
    shell.tell_waiting().await;
    view(vault, written).await
}

async fn client(vault: &Vault, id: &str) -> Result<Client, Refusal> {
    let found = vault.mirror.find_client(id).await?.filter(|client| client.id.as_str() == id);
    found.ok_or_else(|| Refusal::not_found(WindowReason::ClientNotThere))
}

async fn summary(vault: &Vault, id: &str) -> Result<MatterSummary, Refusal> {
    let found = vault.mirror.find_matter(id).await?.filter(|found| found.matter.id.as_str() == id);
    found.ok_or_else(|| Refusal::not_found(WindowReason::MatterNotThere))
}

/// A matter as it was written, with what else is known of it.
async fn view(vault: &Vault, matter: Matter) -> Result<MatterView, Refusal> {
    let known = summary(vault, matter.id.as_str()).await?;
    let me = vault.person().await?.user;
    Ok(MatterView::of(MatterSummary { matter, ..known }, &me, &mut Names::new(vault)).await?)
}
