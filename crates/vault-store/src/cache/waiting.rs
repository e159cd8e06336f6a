//! Changes that wait to be sent, shown instead of the vault's versions.

use vault_core::model::{Client, Matter};
use vault_core::ports::WaitingEdit;

use super::keys::Keys;
use super::{clients, matters};
use crate::db::Connections;
use crate::error::Result;

/// Shows exactly these.
pub(super) async fn show(db: &Connections, edits: &[WaitingEdit]) -> Result<()> {
    let shown_clients: Vec<Client> = edits.iter().filter_map(WaitingEdit::client).collect();
    let shown_matters: Vec<Matter> = edits.iter().filter_map(WaitingEdit::matter).collect();
    let mut write = db.write().await?;
    clients::show_waiting(&shown_clients, &mut write).await?;
    matters::show_waiting(&shown_matters.iter().collect::<Vec<_>>(), &mut Keys::default(), &mut write).await?;
    write.commit().await
}
