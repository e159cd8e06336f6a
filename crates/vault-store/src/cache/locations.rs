//! The folders of source files, exactly as events name them; each is stored once.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;
use vault_core::model::PathText;

use super::keys::next_key;
use crate::db::{Columns, ManyRows, path, text_list};
use crate::error::Result;

static LOCATIONS: ManyRows = ManyRows::new("INSERT OR FAIL INTO locations (key, path, path_exact)", 3, "");

/// The keys of these locations; new ones are written.
pub(super) async fn keys<'a>(
    wanted: &BTreeSet<&'a PathText>,
    connection: &mut SqliteConnection,
) -> Result<HashMap<&'a PathText, i64>> {
    let texts: BTreeSet<&str> = wanted.iter().map(|location| location.text()).collect();
    let rows = sqlx::query(
        "SELECT l.key, l.path, l.path_exact FROM json_each(?1) w CROSS JOIN locations l ON l.path = w.value",
    )
    .bind(text_list(texts))
    .fetch_all(&mut *connection)
    .await?;
    let mut keys = HashMap::with_capacity(wanted.len());
    for row in &rows {
        let mut columns = Columns::of(row);
        let key: i64 = columns.next()?;
        if let Some(location) = wanted.get(&columns.path()?) {
            keys.insert(*location, key);
        }
    }
    let mut next = next_key!("locations", connection)?;
    let mut new = Vec::new();
    for location in wanted {
        keys.entry(location).or_insert_with(|| {
            new.push((next, *location));
            next += 1;
            next - 1
        });
    }
    LOCATIONS
        .write(connection, &new, |values, (key, location)| {
            let (text, exact) = path(location);
            values.add(*key).add(text).add(exact);
        })
        .await?;
    Ok(keys)
}
