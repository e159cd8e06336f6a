//! Matters.

use std::collections::HashSet;

use sqlx::{FromRow, SqliteConnection};
use vault_core::model::{ClientId, Matter, MatterFields, MatterId, MatterStatus, Priority, Timestamp, UserId};
use vault_core::ports::PortError;
use vault_core::rules;

use super::matter_rules::check;
use crate::db::{Db, Result, Write, fault, unreadable};

/// Writes a matter, as [`put_matter`](vault_core::ports::Records::put_matter) says.
pub(super) async fn put(
    db: &Db,
    id: &MatterId,
    fields: MatterFields,
    removed: bool,
    based_on: Option<Timestamp>,
) -> Result<Matter> {
    let mut write = db.write().await?;
    let standing = one(write.connection(), id).await?;
    if let Some(standing) = &standing {
        if standing.fields == fields && standing.removed.is_some() == removed {
            return Ok(standing.clone());
        }
        if Some(standing.updated_at) != based_on {
            return Err(rules::conflict(&format!("the matter “{}”", standing.fields.title)));
        }
    } else if based_on.is_some() {
        return Err(PortError::invalid(format!("There is no matter {id}.")));
    }
    check(&mut write, id, &fields, removed, standing.as_ref()).await?;
    let updated_at = write.now_after(standing.as_ref().map(|matter| matter.updated_at));
    let removed = removed.then(|| standing.and_then(|matter| matter.removed).unwrap_or(updated_at));
    let matter = Matter { id: id.clone(), fields, updated_at, removed };
    store(&mut write, &matter).await?;
    write.commit().await?;
    Ok(matter)
}

async fn store(write: &mut Write, matter: &Matter) -> Result<()> {
    let MatterFields { title, description, client, number, status, priority, assigned_to, opened, due } =
        &matter.fields;
    let assigned: Vec<&str> = assigned_to.iter().map(UserId::as_str).collect();
    let revision = write.next_revision();
    sqlx::query(
        "INSERT INTO matter (id, title, description, client_id, number, number_key, status, priority, assigned_to, \
         opened, due, removed, updated_at, revision) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, description = excluded.description, \
         client_id = excluded.client_id, number = excluded.number, number_key = excluded.number_key, \
         status = excluded.status, priority = excluded.priority, assigned_to = excluded.assigned_to, \
         opened = excluded.opened, due = excluded.due, removed = excluded.removed, \
         updated_at = excluded.updated_at, revision = excluded.revision",
    )
    .bind(matter.id.as_str())
    .bind(title)
    .bind(description)
    .bind(client.as_ref().map(ClientId::as_str))
    .bind(number)
    .bind(rules::name_key(number))
    .bind(status.as_str())
    .bind(priority.as_str())
    .bind(assigned.join(" "))
    .bind(opened.map(|time| time.0))
    .bind(due.map(|time| time.0))
    .bind(matter.removed.map(|time| time.0))
    .bind(matter.updated_at.0)
    .bind(revision)
    .execute(write.connection())
    .await
    .map_err(fault)?;
    Ok(())
}

/// The matter, removed or not.
async fn one(connection: &mut SqliteConnection, id: &MatterId) -> Result<Option<Matter>> {
    let found = sqlx::query_as("SELECT * FROM matter WHERE id = ?1").bind(id.as_str()).fetch_optional(connection);
    Ok(found.await.map_err(fault)?.map(read).transpose()?.map(|(_, matter)| matter))
}

/// Refuses missing matters, and removed ones if files are to be filed to them.
pub(super) async fn require<'a>(write: &mut Write, ids: impl Iterator<Item = (&'a MatterId, bool)>) -> Result<()> {
    let mut seen = HashSet::new();
    for (id, to_file) in ids {
        if !seen.insert((id, to_file)) {
            continue;
        }
        match one(write.connection(), id).await? {
            None => return Err(PortError::invalid(format!("There is no matter {id}."))),
            Some(matter) if to_file && matter.removed.is_some() => {
                return Err(rules::removed_matter(&matter.fields.title));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Matters changed after a revision, each with its own.
pub(super) async fn changed(connection: &mut SqliteConnection, since: i64, limit: i64) -> Result<Vec<(i64, Matter)>> {
    let rows = sqlx::query_as("SELECT * FROM matter WHERE revision > ?1 ORDER BY revision LIMIT ?2")
        .bind(since)
        .bind(limit)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    rows.into_iter().map(read).collect()
}

/// A row of the table `matter`, without what is derived from the others.
#[derive(FromRow)]
struct MatterRow {
    id: String,
    title: String,
    description: String,
    client_id: Option<String>,
    number: String,
    status: String,
    priority: String,
    assigned_to: String,
    opened: Option<i64>,
    due: Option<i64>,
    removed: Option<i64>,
    updated_at: i64,
    revision: i64,
}

fn read(row: MatterRow) -> Result<(i64, Matter)> {
    let bad = || unreadable("a matter");
    let fields = MatterFields {
        title: row.title,
        description: row.description,
        client: row.client_id.map(ClientId::new).transpose().map_err(|_| bad())?,
        number: row.number,
        status: MatterStatus::parse(&row.status).ok_or_else(bad)?,
        priority: Priority::parse(&row.priority).ok_or_else(bad)?,
        assigned_to: row
            .assigned_to
            .split_whitespace()
            .map(UserId::new)
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| bad())?,
        opened: row.opened.map(Timestamp),
        due: row.due.map(Timestamp),
    };
    let matter = Matter {
        id: MatterId::new(row.id).map_err(|_| bad())?,
        fields,
        removed: row.removed.map(Timestamp),
        updated_at: Timestamp(row.updated_at),
    };
    Ok((row.revision, matter))
}
