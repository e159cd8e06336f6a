//! What may be written about a matter.

use vault_core::model::{Matter, MatterFields, MatterId};
use vault_core::ports::PortError;

use super::clients;
use crate::db::{Result, Write, fault};

/// The number as numbers are compared: without case and outer spaces.
pub(super) fn number_key(number: &str) -> String {
    number.trim().to_lowercase()
}

/// Says whether the matter may become this.
pub(super) async fn check(
    write: &mut Write,
    id: &MatterId,
    fields: &MatterFields,
    removed: bool,
    standing: Option<&Matter>,
) -> Result<()> {
    if fields.title.trim().is_empty() {
        return Err(PortError::invalid("A matter needs a title."));
    }
    if id.is_general() {
        return general(fields, removed, standing);
    }
    if removed {
        return Ok(());
    }
    client_is_there(write, fields, standing).await?;
    number_is_free(write, id, &fields.number).await
}

/// Of `general` only the title and the description can be changed.
fn general(fields: &MatterFields, removed: bool, standing: Option<&Matter>) -> Result<()> {
    let kept = standing.map(|matter| MatterFields {
        title: fields.title.clone(),
        description: fields.description.clone(),
        ..matter.fields.clone()
    });
    if removed || kept.as_ref() != Some(fields) {
        return Err(PortError::invalid(
            "This matter holds the firm's own documents: only its title and description can be changed. It cannot be \
             closed, renumbered or removed.",
        ));
    }
    Ok(())
}

async fn client_is_there(write: &mut Write, fields: &MatterFields, standing: Option<&Matter>) -> Result<()> {
    let Some(id) = &fields.client else { return Ok(()) };
    match clients::one(write.connection(), id).await? {
        None => Err(PortError::invalid(format!("There is no client {id}."))),
        Some(client) if client.removed.is_none() => Ok(()),
        Some(client) if standing.is_some_and(|matter| matter.removed.is_some()) => Err(PortError::invalid(format!(
            "The client “{}” was removed. Bring it back first, then its matters.",
            client.fields.name
        ))),
        Some(client) => Err(PortError::invalid(format!("The client “{}” was removed.", client.fields.name))),
    }
}

async fn number_is_free(write: &mut Write, id: &MatterId, number: &str) -> Result<()> {
    let key = number_key(number);
    if key.is_empty() {
        return Ok(());
    }
    let title: Option<String> =
        sqlx::query_scalar("SELECT title FROM matter WHERE number_key = ?1 AND id <> ?2 AND removed IS NULL")
            .bind(key)
            .bind(id.as_str())
            .fetch_optional(write.connection())
            .await
            .map_err(fault)?;
    title.map_or(Ok(()), |title| {
        Err(PortError::invalid(format!("The matter “{title}” has the number {} already.", number.trim())))
    })
}
