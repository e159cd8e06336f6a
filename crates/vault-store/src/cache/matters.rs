//! Matters, with what is counted of them.

use std::cmp::Reverse;
use std::collections::HashMap;

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{ClientId, Matter, MatterFields, MatterId, MatterStatus, Priority, Timestamp, UserId};
use vault_core::ports::{MatterSummary, StatusFilter};

use super::keys::Keys;
use super::sort_key::sort_key;
use super::words::{Wanted, fold};
use crate::db::{Columns, Connections, ManyRows, text_list};
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

static FILED: ManyRows = ManyRows::new(
    "UPDATE matter_keys SET files = files + n.column2, \
     last_filed = max(ifnull(last_filed, n.column3), ifnull(n.column3, last_filed)) FROM (",
    3,
    ") n WHERE key = n.column1",
);

/// SQL that reads matters, with a condition after it.
macro_rules! select_matters {
    ($($rest:literal),+) => {
        concat!(
            "SELECT k.id, m.title, m.description, m.client, m.number, m.status, m.priority, m.assigned_to, m.opened, ",
            "m.due, m.updated_at, m.removed, c.name, k.files, k.last_filed ",
            "FROM matters m JOIN matter_keys k ON k.key = m.key LEFT JOIN clients c ON c.id = m.client ",
            $($rest),+
        )
    };
}

/// What a batch adds to the counts of matters, by key.
#[derive(Debug, Default)]
pub(super) struct Filed(HashMap<i64, (i64, Option<i64>)>);

impl Filed {
    /// A record is new in a matter.
    pub(super) fn record(&mut self, matter: i64) {
        self.0.entry(matter).or_default().0 += 1;
    }

    /// Something was stored in a matter at this time.
    pub(super) fn stored(&mut self, matter: i64, at: Timestamp) {
        let latest = &mut self.0.entry(matter).or_default().1;
        *latest = (*latest).max(Some(at.0));
    }

    pub(super) async fn write(self, connection: &mut SqliteConnection) -> Result<()> {
        let rows: Vec<_> = self.0.into_iter().collect();
        FILED
            .write(connection, &rows, |values, (matter, (files, last_filed))| {
                values.add(*matter).add(*files).add(*last_filed);
            })
            .await
    }
}

pub(super) async fn put(matters: &[&Matter], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    let mut rows = Vec::with_capacity(matters.len());
    for matter in matters {
        rows.push((keys.matter(&matter.id, connection).await?, *matter));
    }
    MATTERS
        .write(connection, &rows, |values, (key, matter)| {
            let fields = &matter.fields;
            let assigned: Vec<&str> = fields.assigned_to.iter().map(UserId::as_str).collect();
            values.add(*key).add(fields.title.as_str()).add(fields.description.as_str());
            values.add(fields.client.as_ref().map(ClientId::as_str));
            values.add(fields.number.as_str()).add(fields.number.to_lowercase());
            values.add(fields.status.as_str()).add(fields.priority.as_str()).add(assigned.join(" "));
            values.add(fields.opened.map(|at| at.0)).add(fields.due.map(|at| at.0));
            values.add(matter.updated_at.0).add(matter.removed.map(|at| at.0));
        })
        .await
}

fn read(row: &SqliteRow) -> Result<MatterSummary> {
    let mut columns = Columns::of(row);
    let id = columns.id(MatterId::new)?;
    let (title, description) = (columns.next()?, columns.next()?);
    let client = columns.next::<Option<String>>()?.map(ClientId::new).transpose();
    let client = client.map_err(|_| StoreError::Unreadable("an id"))?;
    let number = columns.next()?;
    let status = MatterStatus::parse(columns.next()?).ok_or(StoreError::Unreadable("the status of a matter"))?;
    let priority = Priority::parse(columns.next()?).ok_or(StoreError::Unreadable("the priority of a matter"))?;
    let assigned_to =
        columns.next::<&str>()?.split_whitespace().map(UserId::new).collect::<std::result::Result<_, _>>();
    let assigned_to = assigned_to.map_err(|_| StoreError::Unreadable("an id"))?;
    let opened = columns.next::<Option<i64>>()?.map(Timestamp);
    let due = columns.next::<Option<i64>>()?.map(Timestamp);
    let updated_at = Timestamp(columns.next()?);
    let removed = columns.next::<Option<i64>>()?.map(Timestamp);
    let client_name = columns.next()?;
    let files = columns.count()?;
    let last_filed = columns.next::<Option<i64>>()?.map(Timestamp);
    let fields = MatterFields { title, description, client, number, status, priority, assigned_to, opened, due };
    Ok(MatterSummary { matter: Matter { id, fields, updated_at, removed }, client_name, files, last_filed })
}

pub(super) async fn all(db: &Connections, filter: StatusFilter) -> Result<Vec<MatterSummary>> {
    let rows = match filter {
        StatusFilter::Present => sqlx::query(select_matters!("WHERE m.removed IS NULL")),
        StatusFilter::Removed => sqlx::query(select_matters!("WHERE m.removed IS NOT NULL")),
        StatusFilter::Only(status) => {
            sqlx::query(select_matters!("WHERE m.removed IS NULL AND m.status = ?1")).bind(status.as_str())
        }
    };
    let rows = rows.fetch_all(&db.reading).await?;
    let mut matters: Vec<MatterSummary> = rows.iter().map(read).collect::<Result<_>>()?;
    matters.sort_by_cached_key(|summary| {
        let Matter { id, fields, .. } = &summary.matter;
        (!id.is_general(), fields.number.is_empty(), sort_key(&fields.number), sort_key(&fields.title), id.clone())
    });
    Ok(matters)
}

pub(super) async fn find(db: &Connections, id_or_number: &str) -> Result<Option<MatterSummary>> {
    if id_or_number.is_empty() {
        return Ok(None);
    }
    let by_id = sqlx::query(select_matters!("WHERE k.id = ?1")).bind(id_or_number).fetch_optional(&db.reading).await?;
    if let Some(row) = by_id {
        return read(&row).map(Some);
    }
    let by_number = sqlx::query(select_matters!("WHERE m.number_key = ?1 AND m.removed IS NULL ORDER BY k.id LIMIT 1"))
        .bind(id_or_number.to_lowercase())
        .fetch_optional(&db.reading)
        .await?;
    by_number.as_ref().map(read).transpose()
}

/// The matters whose number begins with the text, then those whose number, title or client have its words. There are few
/// enough to look at each.
pub(super) async fn search(db: &Connections, text: &str, wanted: &Wanted, limit: usize) -> Result<Vec<MatterSummary>> {
    let names: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT k.id, m.number, m.number || ' ' || m.title || ' ' || ifnull(c.name, '') \
         FROM matters m JOIN matter_keys k ON k.key = m.key LEFT JOIN clients c ON c.id = m.client \
         WHERE m.removed IS NULL",
    )
    .fetch_all(&db.reading)
    .await?;
    let typed = fold(text.trim());
    let fitting = names
        .into_iter()
        .map(|(id, number, words)| ((fold(&number).starts_with(&typed), wanted.fit(&words)), id, number))
        .filter(|(fit, ..)| *fit != (false, 0))
        .map(|(fit, id, number)| (Reverse(fit), sort_key(&number), id));
    let mut fitting: Vec<_> = fitting.collect();
    fitting.sort_unstable();
    fitting.truncate(limit);
    let rows = sqlx::query(select_matters!("WHERE k.id IN (SELECT value FROM json_each(?1))"))
        .bind(text_list(fitting.iter().map(|(.., id)| id.as_str())))
        .fetch_all(&db.reading)
        .await?;
    let mut matters: HashMap<String, MatterSummary> = rows
        .iter()
        .map(|row| {
            let summary = read(row)?;
            Ok((summary.matter.id.to_string(), summary))
        })
        .collect::<Result<_>>()?;
    Ok(fitting.iter().filter_map(|(.., id)| matters.remove(id)).collect())
}
