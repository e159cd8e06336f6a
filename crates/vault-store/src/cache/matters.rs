//! Matters with their statistics.

use std::cmp::Reverse;
use std::collections::HashMap;

use sqlx::SqliteConnection;
use vault_core::model::{ClientId, Matter, MatterFields, MatterId, MatterStatus, Priority, Timestamp, UserId};
use vault_core::ports::{MatterSummary, StatusFilter};
use vault_core::rules::name_key;

use super::keys::Keys;
use super::name_words::WordCache;
use super::sort_key::sort_key;
use super::wanted::Wanted;
use super::words::fold;
use crate::db::{Connections, ManyRows, Values, text_list};
use crate::error::{Result, StoreError};

static MATTERS: ManyRows = ManyRows::new(
    "INSERT INTO matters (key, title, description, client, number, number_key, status, priority, assigned_to, opened, \
     due, updated_at, removed)",
    13,
    "ON CONFLICT (key) DO UPDATE SET title = excluded.title, description = excluded.description, \
     client = excluded.client, number = excluded.number, number_key = excluded.number_key, \
     status = excluded.status, priority = excluded.priority, assigned_to = excluded.assigned_to, \
     opened = excluded.opened, due = excluded.due, updated_at = excluded.updated_at, removed = excluded.removed \
     WHERE excluded.updated_at >= matters.updated_at",
);

/// SQL that reads matters, followed by a condition, as one value: a JSON array of [`Row`]s. A list of some thousand
/// matters is requested often, and a message to this thread per row, with a copy of each value, costs more than reading
/// them.
macro_rules! select_matters {
    ($rest:literal) => {
        select_matters!("shown_matters", "m.waiting", $rest)
    };
    ($from:literal, $waiting:literal, $rest:literal) => {
        concat!(
            "SELECT json_group_array(json_array(k.id, m.title, m.description, m.client, m.number, m.status, m.priority, ",
            "m.assigned_to, m.opened, m.due, m.updated_at, m.removed, c.name, k.files, k.last_filed, ",
            $waiting,
            ")) FROM ",
            $from,
            " m JOIN matter_keys k ON k.key = m.key LEFT JOIN shown_clients c ON c.id = m.client ",
            $rest
        )
    };
}

/// The columns of [`select_matters`].
type Row = (
    String,
    String,
    String,
    Option<String>,
    String,
    String,
    String,
    String,
    Option<i64>,
    Option<i64>,
    i64,
    Option<i64>,
    Option<String>,
    u64,
    Option<i64>,
    u8,
);

static WAITING: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO waiting_matters (key, title, description, client, number, number_key, status, priority, \
     assigned_to, opened, due, updated_at, removed)",
    13,
    "",
);

pub(super) async fn put(matters: &[&Matter], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    let rows = keyed(matters, keys, connection).await?;
    MATTERS.write(connection, &rows, add_to).await
}

/// Shows exactly these matters instead of the vault's versions.
pub(super) async fn show_waiting(
    matters: &[&Matter],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    sqlx::query("DELETE FROM waiting_matters").execute(&mut *connection).await?;
    let rows = keyed(matters, keys, connection).await?;
    WAITING.write(connection, &rows, add_to).await
}

type Keyed<'a> = (i64, &'a Matter);

async fn keyed<'a>(
    matters: &[&'a Matter],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<Vec<Keyed<'a>>> {
    let mut rows = Vec::with_capacity(matters.len());
    for matter in matters {
        rows.push((keys.matter(&matter.id, connection).await?, *matter));
    }
    Ok(rows)
}

fn add_to(values: &mut Values, (key, matter): &Keyed<'_>) {
    let fields = &matter.fields;
    let assigned: Vec<&str> = fields.assigned_to.iter().map(UserId::as_str).collect();
    values.add(*key).add(fields.title.as_str()).add(fields.description.as_str());
    values.add(fields.client.as_ref().map(ClientId::as_str));
    values.add(fields.number.as_str()).add(name_key(&fields.number));
    values.add(fields.status.as_str()).add(fields.priority.as_str()).add(assigned.join(" "));
    values.add(fields.opened.map(|at| at.0)).add(fields.due.map(|at| at.0));
    values.add(matter.updated_at.0).add(matter.removed.map(|at| at.0));
}

/// The vault's version of a matter, without its waiting change.
pub(super) async fn beneath(db: &Connections, id: &MatterId) -> Result<Option<Matter>> {
    let rows: String = sqlx::query_scalar(select_matters!("matters", "0", "WHERE k.id = ?1"))
        .bind(id.as_str())
        .fetch_one(&db.reading)
        .await?;
    Ok(read(&rows)?.pop().map(|summary| summary.matter))
}

fn read(rows: &str) -> Result<Vec<MatterSummary>> {
    let rows: Vec<Row> = serde_json::from_str(rows).map_err(|_| StoreError::Unreadable("a list of matters"))?;
    rows.into_iter().map(summary).collect()
}

fn summary(row: Row) -> Result<MatterSummary> {
    let (id, title, description, client, number, status, priority, assigned_to, opened, due, updated_at, removed, ..) =
        row;
    let (.., client_name, files, last_filed, waiting) = row;
    let unreadable = |_| StoreError::Unreadable("an id");
    let fields = MatterFields {
        title,
        description,
        client: client.map(ClientId::new).transpose().map_err(unreadable)?,
        number,
        status: MatterStatus::parse(&status).ok_or(StoreError::Unreadable("the status of a matter"))?,
        priority: Priority::parse(&priority).ok_or(StoreError::Unreadable("the priority of a matter"))?,
        assigned_to: assigned_to
            .split_whitespace()
            .map(UserId::new)
            .collect::<std::result::Result<_, _>>()
            .map_err(unreadable)?,
        opened: opened.map(Timestamp),
        due: due.map(Timestamp),
    };
    let id = MatterId::new(id).map_err(unreadable)?;
    let matter = Matter { id, fields, updated_at: Timestamp(updated_at), removed: removed.map(Timestamp) };
    Ok(MatterSummary { matter, client_name, files, last_filed: last_filed.map(Timestamp), waiting: waiting != 0 })
}

pub(super) async fn all(db: &Connections, filter: StatusFilter) -> Result<Vec<MatterSummary>> {
    let rows = match filter {
        StatusFilter::Present => sqlx::query_scalar(select_matters!("WHERE m.removed IS NULL")),
        StatusFilter::Removed => sqlx::query_scalar(select_matters!("WHERE m.removed IS NOT NULL")),
        StatusFilter::Only(status) => {
            sqlx::query_scalar(select_matters!("WHERE m.removed IS NULL AND m.status = ?1")).bind(status.as_str())
        }
    };
    let rows: String = rows.fetch_one(&db.reading).await?;
    let mut matters = read(&rows)?;
    matters.sort_by_cached_key(|summary| {
        let Matter { id, fields, .. } = &summary.matter;
        (!id.is_general(), fields.number.is_empty(), sort_key(&fields.number), sort_key(&fields.title), id.clone())
    });
    Ok(matters)
}

pub(super) async fn called(db: &Connections, id_or_number: &str) -> Result<Vec<MatterSummary>> {
    if id_or_number.is_empty() {
        return Ok(Vec::new());
    }
    let by_id: String =
        sqlx::query_scalar(select_matters!("WHERE k.id = ?1")).bind(id_or_number).fetch_one(&db.reading).await?;
    let by_id = read(&by_id)?;
    let key = name_key(id_or_number);
    if !by_id.is_empty() || key.is_empty() {
        return Ok(by_id);
    }
    let by_number: String = sqlx::query_scalar(select_matters!("WHERE m.number_key = ?1 AND m.removed IS NULL"))
        .bind(key)
        .fetch_one(&db.reading)
        .await?;
    let mut by_number = read(&by_number)?;
    by_number.sort_by(|a, b| a.matter.id.cmp(&b.matter.id));
    Ok(by_number)
}

/// The matters whose number begins with the text, then those whose number, title or client have its words. There are
/// few enough to examine each.
pub(super) async fn search(
    db: &Connections,
    cache: &WordCache,
    text: &str,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<MatterSummary>> {
    let names: String = sqlx::query_scalar(
        "SELECT json_group_array(json_array(k.id, m.number, m.number || ' ' || m.title || ' ' || ifnull(c.name, ''))) \
         FROM shown_matters m JOIN matter_keys k ON k.key = m.key LEFT JOIN shown_clients c ON c.id = m.client \
         WHERE m.removed IS NULL",
    )
    .fetch_one(&db.reading)
    .await?;
    let names: Vec<(String, String, String)> =
        serde_json::from_str(&names).map_err(|_| StoreError::Unreadable("a list of matters"))?;
    let typed = fold(text.trim());
    let words = cache.words(names.iter().map(|(.., name)| name.as_str()));
    let fitting = names
        .into_iter()
        .zip(words)
        .map(|((id, number, name), words)| {
            ((fold(&number).starts_with(&typed), wanted.fit_known(&name, &words)), id, number)
        })
        .filter(|(fit, ..)| *fit != (false, None))
        .map(|(fit, id, number)| (Reverse(fit), sort_key(&number), id));
    let mut fitting: Vec<_> = fitting.collect();
    fitting.sort_unstable();
    fitting.truncate(limit);
    let rows: String = sqlx::query_scalar(select_matters!("WHERE k.id IN (SELECT value FROM json_each(?1))"))
        .bind(text_list(fitting.iter().map(|(.., id)| id.as_str())))
        .fetch_one(&db.reading)
        .await?;
    let mut matters: HashMap<String, MatterSummary> =
        read(&rows)?.into_iter().map(|summary| (summary.matter.id.to_string(), summary)).collect();
    Ok(fitting.iter().filter_map(|(.., id)| matters.remove(id)).collect())
}
