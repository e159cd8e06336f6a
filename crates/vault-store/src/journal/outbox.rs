//! Changes that wait to be sent. There are few of them: the user makes them one by one.

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{ClientId, EditId, MatterId, Timestamp};
use vault_core::ports::{Edited, WaitingEdit};

use super::edit_fields;
use crate::db::{Columns, Connections};
use crate::error::{Result, StoreError};

/// SQL that reads edits, followed by a condition.
macro_rules! select_edits {
    ($rest:literal) => {
        concat!("SELECT id, kind, document, fields, removed, based_on, made, refused FROM waiting_edits ", $rest)
    };
}

/// The kind and the id of the document.
fn document(what: &Edited) -> (&'static str, &str) {
    match what {
        Edited::Client { id, .. } => ("client", id.as_str()),
        Edited::Matter { id, .. } => ("matter", id.as_str()),
    }
}

pub(super) async fn keep(db: &Connections, edit: &WaitingEdit) -> Result<WaitingEdit> {
    let mut write = db.write().await?;
    let kept = match of_document(&edit.what, &mut write).await? {
        Some(earlier) => edit.clone().merged_into(earlier)?,
        None => edit.clone(),
    };
    put(&kept, &mut write).await?;
    write.commit().await?;
    Ok(kept)
}

async fn of_document(what: &Edited, connection: &mut SqliteConnection) -> Result<Option<WaitingEdit>> {
    let (kind, id) = document(what);
    let row = sqlx::query(select_edits!("WHERE kind = ?1 AND document = ?2"))
        .bind(kind)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes an edit, replacing the earlier one of its document.
async fn put(edit: &WaitingEdit, connection: &mut SqliteConnection) -> Result<()> {
    let (kind, id) = document(&edit.what);
    sqlx::query(
        "INSERT INTO waiting_edits (id, kind, document, fields, removed, based_on, made, refused) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT (kind, document) DO UPDATE SET fields = excluded.fields, removed = excluded.removed, \
         based_on = excluded.based_on, made = excluded.made, refused = excluded.refused",
    )
    .bind(&edit.id.as_bytes()[..])
    .bind(kind)
    .bind(id)
    .bind(edit_fields::write(&edit.what))
    .bind(edit.removed)
    .bind(edit.based_on.map(|at| at.0))
    .bind(edit.made.0)
    .bind(&edit.refused)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn all(db: &Connections) -> Result<Vec<WaitingEdit>> {
    let rows = sqlx::query(select_edits!("ORDER BY key")).fetch_all(&db.reading).await?;
    rows.iter().map(read).collect()
}

pub(super) async fn refuse(db: &Connections, id: EditId, reason: &str) -> Result<()> {
    let mut write = db.write().await?;
    sqlx::query("UPDATE waiting_edits SET refused = ?2 WHERE id = ?1")
        .bind(&id.as_bytes()[..])
        .bind(reason)
        .execute(&mut *write)
        .await?;
    write.commit().await
}

pub(super) async fn take_up(db: &Connections, id: EditId, based_on: Option<Timestamp>) -> Result<()> {
    let mut write = db.write().await?;
    sqlx::query("UPDATE waiting_edits SET refused = NULL, based_on = ?2 WHERE id = ?1")
        .bind(&id.as_bytes()[..])
        .bind(based_on.map(|at| at.0))
        .execute(&mut *write)
        .await?;
    write.commit().await
}

pub(super) async fn sent(db: &Connections, edit: &WaitingEdit, at: Timestamp) -> Result<()> {
    let mut write = db.write().await?;
    let now = of_document(&edit.what, &mut write).await?.filter(|now| now.id == edit.id);
    match now {
        Some(now) if (&now.what, now.removed) == (&edit.what, edit.removed) => forget(edit.id, &mut write).await?,
        Some(now) => put(&WaitingEdit { based_on: Some(at), refused: None, ..now }, &mut write).await?,
        None => {}
    }
    write.commit().await
}

pub(super) async fn confirm_sent(db: &Connections, id: EditId) -> Result<()> {
    let mut write = db.write().await?;
    forget(id, &mut write).await?;
    write.commit().await
}

async fn forget(id: EditId, connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query("DELETE FROM waiting_edits WHERE id = ?1").bind(&id.as_bytes()[..]).execute(connection).await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<WaitingEdit> {
    let mut columns = Columns::of(row);
    let id = EditId::from_bytes(columns.bytes()?);
    let what = match columns.next()? {
        "client" => {
            let id = columns.id(ClientId::new)?;
            Edited::Client { id, fields: edit_fields::client(columns.next()?)? }
        }
        "matter" => {
            let id = columns.id(MatterId::new)?;
            Edited::Matter { id, fields: edit_fields::matter(columns.next()?)? }
        }
        _ => return Err(StoreError::Unreadable("a change that waits to be sent")),
    };
    let removed = columns.next()?;
    let based_on = columns.next::<Option<i64>>()?.map(Timestamp);
    let made = Timestamp(columns.next()?);
    Ok(WaitingEdit { id, what, removed, based_on, made, refused: columns.next()? })
}
