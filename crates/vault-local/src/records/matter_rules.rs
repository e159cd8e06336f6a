//! Rules for changes of a matter.

use vault_core::model::{Matter, MatterFields, MatterId};
use vault_core::ports::PortError;
use vault_core::rules;

use super::clients;
use crate::db::{Result, Write, fault};

/// Checks whether the matter may be changed like this.
pub(super) async fn check(
    write: &mut Write,
    id: &MatterId,
    fields: &MatterFields,
    removed: bool,
    standing: Option<&Matter>,
) -> Result<()> {
    rules::matter_fields(id, fields, removed, standing)?;
    if removed || id.is_general() {
        return Ok(());
    }
    client_is_there(write, fields, standing).await?;
    number_is_free(write, id, &fields.number, standing).await
}

async fn client_is_there(write: &mut Write, fields: &MatterFields, standing: Option<&Matter>) -> Result<()> {
    let Some(id) = &fields.client else { return Ok(()) };
    match clients::one(write.connection(), id).await? {
        None => Err(PortError::invalid(format!("There is no client {id}."))),
        Some(client) if client.removed.is_none() => Ok(()),
        Some(client) => Err(rules::removed_client(&client.fields.name, standing)),
    }
}

async fn number_is_free(write: &mut Write, id: &MatterId, number: &str, standing: Option<&Matter>) -> Result<()> {
    let key = rules::name_key(number);
    if key.is_empty() || rules::has_number(standing, &key) {
        return Ok(());
    }
    let title: Option<String> =
        sqlx::query_scalar("SELECT title FROM matter WHERE number_key = ?1 AND id <> ?2 AND removed IS NULL")
            .bind(key)
            .bind(id.as_str())
            .fetch_optional(write.connection())
            .await
            .map_err(fault)?;
    title.map_or(Ok(()), |title| Err(rules::number_taken(&title, number)))
}
