//! Matters.

use std::collections::HashSet;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use vault_core::model::{ClientId, Matter, MatterFields, MatterId, MatterStatus, Priority, Timestamp, UserId};
use vault_core::ports::PortError;
use vault_core::rules;

use super::matter_rules::check;
use crate::db::{Db, Result, Write, fault, unreadable};

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT id, title, description, client_id, number, status, priority, assigned_to, opened, due, removed, ",
            "updated_at, revision FROM matter ",
            $where
        )
    };
}

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
    let row =
        sqlx::query(select!("WHERE id = ?1")).bind(id.as_str()).fetch_optional(connection).await.map_err(fault)?;
    row.as_ref().map(read).transpose().map(|found| found.map(|(_, matter)| matter))
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
    let rows = sqlx::query(select!("WHERE revision > ?1 ORDER BY revision LIMIT ?2"))
        .bind(since)
        .bind(limit)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<(i64, Matter)> {
    let text = |at: usize| row.try_get::<String, _>(at).map_err(fault);
    let time = |at: usize| row.try_get::<Option<i64>, _>(at).map(|time| time.map(Timestamp)).map_err(fault);
    let client: Option<String> = row.try_get(3).map_err(fault)?;
    let bad = || unreadable("a matter");
    let assigned = text(7)?;
    let fields = MatterFields {
        title: text(1)?,
        description: text(2)?,
        client: client.map(ClientId::new).transpose().map_err(|_| bad())?,
        number: text(4)?,
        status: MatterStatus::parse(&text(5)?).ok_or_else(bad)?,
        priority: Priority::parse(&text(6)?).ok_or_else(bad)?,
        assigned_to: assigned
            .split_whitespace()
            .map(UserId::new)
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| bad())?,
        opened: time(8)?,
        due: time(9)?,
    };
    let matter = Matter {
        id: MatterId::new(text(0)?).map_err(|_| bad())?,
        fields,
        removed: time(10)?,
        updated_at: Timestamp(row.try_get(11).map_err(fault)?),
    };
    Ok((row.try_get(12).map_err(fault)?, matter))
}
