//! Opening `journal.db`. A file that this version does not understand is refused before anything is written to it.

use std::path::Path;

use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use vault_core::durable::Keeps;
use vault_core::ports::PortError;
use vault_core::reason::Reason;

use super::backup::backup;
use crate::db::{Connections, Profile, connect_options, latest};
use crate::error::{Result, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/journal");

const PROFILE: Profile =
    Profile { keeps: Keeps::Everything, write_cache: 8 * 1024, read_cache: 2 * 1024, log_pages: 4000, readers: 2 };

/// Files up to this many pages (of 4 KiB) are checked completely on opening, which takes some 10 ms.
const CHECKED_PAGES: i64 = 8192;

/// The content of an existing file.
enum Found {
    Nothing,
    UpToDate,
    Older { with_rows: bool },
}

pub(super) async fn open(file: &Path) -> Result<Connections> {
    open_with(file, &MIGRATIONS).await
}

async fn open_with(file: &Path, migrations: &Migrator) -> Result<Connections> {
    let found = look_at(file, migrations).await?;
    let connections = Connections::open(file, PROFILE).await?;
    match found {
        Found::UpToDate => return Ok(connections),
        Found::Older { with_rows: true } => {
            backup(&connections.reading, file).await?;
            tracing::info!("the queue is copied before its tables are migrated");
        }
        Found::Older { with_rows: false } | Found::Nothing => {}
    }
    tracing::info!(to = latest(migrations), "the tables of the queue are migrated");
    connections.migrate(migrations).await?;
    Ok(connections)
}

/// Examines the file without changing a byte of it.
async fn look_at(file: &Path, migrations: &Migrator) -> Result<Found> {
    if !file.try_exists().unwrap_or(true) || std::fs::metadata(file).is_ok_and(|found| found.len() == 0) {
        return Ok(Found::Nothing);
    }
    let mut connection = connect_options(file, PROFILE).read_only(true).connect().await?;
    let found = look_into(&mut connection, migrations).await;
    connection.close().await?;
    found.map_err(|error| if error.is_no_file_of_ours() { StoreError::Unreadable("the file") } else { error })
}

async fn look_into(connection: &mut SqliteConnection, migrations: &Migrator) -> Result<Found> {
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let mut tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'").fetch_all(&mut *connection).await?;
    let has_history = tables.iter().any(|table| table == "_sqlx_migrations");
    tables.retain(|table| table != "_sqlx_migrations");
    let applied: Vec<(i64, Vec<u8>)> = if has_history {
        sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut *connection)
            .await?
    } else {
        Vec::new()
    };
    if version > latest(migrations) || applied.iter().any(|(step, _)| !migrations.version_exists(*step)) {
        return Err(PortError::damaged(Reason::JournalNewer).into());
    }
    let ours = |step: i64, checksum: &[u8]| migrations.iter().any(|m| m.version == step && *m.checksum == *checksum);
    if (applied.is_empty() && !tables.is_empty()) || !applied.iter().all(|(step, checksum)| ours(*step, checksum)) {
        return Err(PortError::damaged(Reason::NoJournalFile).into());
    }
    if applied.is_empty() {
        return Ok(Found::Nothing);
    }
    check(connection).await?;
    if applied.len() == migrations.iter().count() {
        return Ok(Found::UpToDate);
    }
    let has_outbox = tables.iter().any(|table| table == "waiting_edits");
    let with_rows: bool = sqlx::query_scalar(if has_outbox {
        "SELECT EXISTS (SELECT 1 FROM drops) OR EXISTS (SELECT 1 FROM waiting_edits)"
    } else {
        "SELECT EXISTS (SELECT 1 FROM drops)"
    })
    .fetch_one(&mut *connection)
    .await?;
    Ok(Found::Older { with_rows })
}

/// Checks the file: a fault is better found now than in the middle of a drop. A large queue is not checked; it belongs
/// to a drop in progress, which will find the fault.
async fn check(connection: &mut SqliteConnection) -> Result<()> {
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *connection).await?;
    if pages > CHECKED_PAGES {
        return Ok(());
    }
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::Unreadable("the file")) }
}

#[cfg(test)]
mod tests {
    use sqlx::migrate::{Migration, MigrationType};
    use sqlx::{AssertSqlSafe, SqlSafeStr as _};

    use super::*;

    fn later() -> Migrator {
        let mut steps: Vec<Migration> = MIGRATIONS.iter().cloned().collect();
        let version = latest(&MIGRATIONS) + 1;
        let sql = format!("PRAGMA user_version = {version}; CREATE TABLE later (x INTEGER NOT NULL) STRICT;");
        let sql = AssertSqlSafe(sql).into_sql_str();
        steps.push(Migration::new(version, "later".into(), MigrationType::Simple, sql, false));
        Migrator::with_migrations(steps)
    }

    fn backups(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
        entries.filter(|path| path.to_string_lossy().contains("journal.db.backup-")).collect()
    }

    async fn drops(db: &Connections) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM drops").fetch_one(&db.reading).await.expect("count")
    }

    async fn add_drop(db: &Connections) {
        let mut write = db.write().await.expect("write");
        sqlx::query("INSERT INTO drops (id, matter, started, phase) VALUES (zeroblob(16), 'm', 0, 'filing')")
            .execute(&mut *write)
            .await
            .expect("drop");
        write.commit().await.expect("commit");
    }

    #[tokio::test]
    async fn a_queue_with_drops_is_copied_before_its_tables_change() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        let db = open(&file).await.expect("open");
        add_drop(&db).await;
        db.close().await.expect("close");

        let db = open_with(&file, &later()).await.expect("newer version");
        assert_eq!(drops(&db).await, 1);
        db.close().await.expect("close");
        let copies = backups(home.path());
        assert_eq!(copies.len(), 1);
        let copy = open(&copies[0]).await.expect("the copy fits the older version");
        assert_eq!(drops(&copy).await, 1);
        copy.close().await.expect("close");
        assert!(open(&file).await.is_err(), "the older version refuses what the newer one made");
        open_with(&file, &later()).await.expect("up to date");
        assert_eq!(backups(home.path()), copies);
    }

    #[tokio::test]
    async fn a_queue_of_the_first_version_gets_an_outbox() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        let first = Migrator::with_migrations(MIGRATIONS.iter().take(1).cloned().collect());
        let db = open_with(&file, &first).await.expect("the first version");
        add_drop(&db).await;
        db.close().await.expect("close");
        let db = open(&file).await.expect("this version");
        let edits: i64 =
            sqlx::query_scalar("SELECT count(*) FROM waiting_edits").fetch_one(&db.reading).await.expect("table");
        assert_eq!((drops(&db).await, edits, backups(home.path()).len()), (1, 0, 1));
    }

    /// Until the fourth version the queue contained upload URLs unencrypted, which are all that is needed to continue
    /// an upload.
    #[tokio::test]
    async fn addresses_of_uploads_that_are_not_sealed_are_forgotten() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        let third = Migrator::with_migrations(MIGRATIONS.iter().take(3).cloned().collect());
        let db = open_with(&file, &third).await.expect("the third version");
        add_drop(&db).await;
        let mut write = db.write().await.expect("write");
        for item in [
            "(1, 0, 0, 0, 'a.pdf', zeroblob(16), 1, 'https://example.com/?upload_id=1', 262144)",
            "(1, 1, 0, 0, 'b.pdf', zeroblob(16), 0, NULL, NULL)",
        ] {
            let columns = "drop_key, seq, source, folder, name, event, state, session_url, session_offset";
            let sql = format!("INSERT INTO items ({columns}) VALUES {item}");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *write).await.expect("item");
        }
        write.commit().await.expect("commit");
        db.close().await.expect("close");
        let db = open(&file).await.expect("this version");
        let items: Vec<(i64, Option<String>, Option<i64>)> =
            sqlx::query_as("SELECT state, session, session_offset FROM items ORDER BY seq")
                .fetch_all(&db.reading)
                .await
                .expect("items");
        assert_eq!(items, [(1, None, None), (0, None, None)]);
    }

    #[tokio::test]
    async fn a_queue_with_only_waiting_edits_is_copied_too() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        let db = open(&file).await.expect("open");
        let mut write = db.write().await.expect("write");
        sqlx::query(
            "INSERT INTO waiting_edits (id, kind, document, fields, removed, made) \
             VALUES (zeroblob(16), 'client', 'c', '{}', 0, 0)",
        )
        .execute(&mut *write)
        .await
        .expect("edit");
        write.commit().await.expect("commit");
        db.close().await.expect("close");
        open_with(&file, &later()).await.expect("newer version");
        assert_eq!(backups(home.path()).len(), 1);
    }

    #[tokio::test]
    async fn an_empty_queue_needs_no_copy() {
        let home = tempfile::tempdir().expect("folder");
        let file = home.path().join("journal.db");
        open(&file).await.expect("open").close().await.expect("close");
        open_with(&file, &later()).await.expect("newer version");
        assert_eq!(backups(home.path()).len(), 0);
    }
}
