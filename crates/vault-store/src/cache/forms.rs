//! Recomputes derived data that another version computed in another form.

use sqlx::{AssertSqlSafe, SqliteConnection};
use vault_core::model::FolderPaths;
use vault_core::rules::{NAME_KEY_FORM, name_key};

use super::words::{self, Index, WORDS_FORM, indexed, nearest};
use crate::db::{Connections, ManyRows};
use crate::error::Result;

/// How many records or folders are indexed at once.
const AT_ONCE: i64 = 4096;

static CLIENTS: ManyRows =
    ManyRows::new("UPDATE OR FAIL clients SET name_key = n.column2 FROM (", 2, ") n WHERE id = n.column1");

static MATTERS: ManyRows =
    ManyRows::new("UPDATE OR FAIL matters SET number_key = n.column2 FROM (", 2, ") n WHERE key = n.column1");

/// Brings all derived data to this version's form. Waiting changes are restored from the journal whenever the vault is
/// opened, so they need nothing.
pub(super) async fn bring_up_to_date(db: &Connections) -> Result<()> {
    const OURS: (i64, i64) = (NAME_KEY_FORM, WORDS_FORM);
    if current(&mut *db.reading.acquire().await?).await? == OURS {
        return Ok(());
    }
    let mut write = db.write().await?;
    // Another program may have been faster.
    let (name_keys, words) = current(&mut write).await?;
    if name_keys != NAME_KEY_FORM {
        keys(&mut write).await?;
    }
    if words != WORDS_FORM {
        index(&mut write).await?;
    }
    sqlx::query("UPDATE forms SET name_keys = ?1, words = ?2").bind(OURS.0).bind(OURS.1).execute(&mut *write).await?;
    write.commit().await
}

async fn current(connection: &mut SqliteConnection) -> Result<(i64, i64)> {
    Ok(sqlx::query_as("SELECT name_keys, words FROM forms").fetch_one(connection).await?)
}

/// Rebuilds the word index in batches: there can be a million records.
async fn index(connection: &mut SqliteConnection) -> Result<()> {
    for table in ["record_words", "folder_words"] {
        let emptied = format!("INSERT INTO {table} ({table}) VALUES ('delete-all')");
        sqlx::query(AssertSqlSafe(emptied)).execute(&mut *connection).await?;
    }
    let mut after = i64::MIN;
    loop {
        let records: Vec<(i64, String, String)> =
            sqlx::query_as("SELECT key, original_name, folder_paths FROM records WHERE key > ?1 ORDER BY key LIMIT ?2")
                .bind(after)
                .bind(AT_ONCE)
                .fetch_all(&mut *connection)
                .await?;
        let Some((last, ..)) = records.last() else { break };
        after = *last;
        let rows = records.iter().map(|(key, name, paths)| (*key, indexed(name, FolderPaths::parse(paths).iter())));
        words::add(Index::Records, rows, connection).await?;
    }
    after = i64::MIN;
    loop {
        // A matter's root has no name, and its subfolders have no parent folder in the index.
        let folders: Vec<(i64, String, String)> = sqlx::query_as(
            "WITH RECURSIVE page (key, parent, name) AS MATERIALIZED (\
               SELECT key, parent, name FROM folders WHERE key > ?1 AND parent <> 0 ORDER BY key LIMIT ?2), \
             up (key, above, path) AS (\
               SELECT key, parent, '' FROM page \
               UNION ALL \
               SELECT up.key, f.parent, f.name || '/' || up.path FROM up JOIN folders f ON f.key = up.above \
               WHERE f.parent <> 0) \
             SELECT page.key, page.name, up.path FROM page JOIN up ON up.key = page.key \
             JOIN folders top ON top.key = up.above AND top.parent = 0 ORDER BY page.key",
        )
        .bind(after)
        .bind(AT_ONCE)
        .fetch_all(&mut *connection)
        .await?;
        let Some((last, ..)) = folders.last() else { return Ok(()) };
        after = *last;
        let rows = folders.iter().map(|(key, name, above)| (*key, indexed(name, [nearest(above)])));
        words::add(Index::Folders, rows, connection).await?;
    }
}

async fn keys(connection: &mut SqliteConnection) -> Result<()> {
    let clients: Vec<(String, String)> =
        sqlx::query_as("SELECT id, name FROM clients").fetch_all(&mut *connection).await?;
    CLIENTS
        .write(connection, &clients, |values, (id, name)| {
            values.add(id.as_str()).add(name_key(name));
        })
        .await?;
    let matters: Vec<(i64, String)> =
        sqlx::query_as("SELECT key, number FROM matters").fetch_all(&mut *connection).await?;
    MATTERS
        .write(connection, &matters, |values, (key, number)| {
            values.add(*key).add(name_key(number));
        })
        .await
}
