//! Recomputes the keys of matter numbers that another version computed in another form.

use sqlx::sqlite::SqlitePool;
use vault_core::rules::{NAME_KEY_FORM, name_key};

use super::{Result, fault};

/// Recomputes all keys in one transaction, unless they have this version's form.
pub(super) async fn bring_up_to_date(writing: &SqlitePool) -> Result<()> {
    const FORM: &str = "SELECT form FROM name_keys";
    let form: i64 = sqlx::query_scalar(FORM).fetch_one(writing).await.map_err(fault)?;
    if form == NAME_KEY_FORM {
        return Ok(());
    }
    let mut transaction = writing.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
    let matters: Vec<(String, String)> =
        sqlx::query_as("SELECT id, number FROM matter").fetch_all(&mut *transaction).await.map_err(fault)?;
    for (id, number) in matters {
        sqlx::query("UPDATE matter SET number_key = ?1 WHERE id = ?2")
            .bind(name_key(&number))
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(fault)?;
    }
    sqlx::query("UPDATE name_keys SET form = ?1")
        .bind(NAME_KEY_FORM)
        .execute(&mut *transaction)
        .await
        .map_err(fault)?;
    transaction.commit().await.map_err(fault)
}
