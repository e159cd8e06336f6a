//! Opening `cache.db`. It can be rebuilt, so an unusable file is set aside and a new one created.

use std::path::{Path, PathBuf};
use std::{fs, io};

use sqlx::migrate::{MigrateError, Migrator};
use vault_core::SystemFault;
use vault_core::durable::Keeps;

use super::forms;
use crate::db::{Connections, Profile, latest};
use crate::error::{Result, StoreError, Which};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/cache");

const PROFILE: Profile = Profile {
    // The log is applied in order, so a power cut costs the last pages applied, never the whole copy.
    keeps: Keeps::AllButTheLast,
    write_cache: 24 * 1024,
    // Enough for a search of a million records; with less, each letter would read the file again.
    read_cache: 24 * 1024,
    // A page that changes with every batch is copied once for many batches.
    log_pages: 24_000,
    readers: 4,
};

pub(super) async fn open(file: &Path) -> Result<Connections> {
    if was_damaged(file) {
        set_aside(file)?;
    }
    match open_as_it_is(file).await {
        Err(error) if error.is_no_file_of_ours() => {
            set_aside(file)?;
            open_as_it_is(file).await
        }
        opened => opened,
    }
}

async fn open_as_it_is(file: &Path) -> Result<Connections> {
    let connections = Connections::open(file, PROFILE).await?;
    let prepared = prepare(&connections).await;
    if prepared.is_err() {
        // The file must not be open when it is set aside.
        if let Err(error) = connections.close().await {
            tracing::debug!(class = error.for_person(Which::Cache).class(), "the local copy is not closed cleanly");
        }
    }
    prepared.map(|()| connections)
}

async fn prepare(connections: &Connections) -> Result<()> {
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&connections.reading).await?;
    let latest = latest(&MIGRATIONS);
    if version > latest {
        return Err(MigrateError::VersionTooNew(version, latest).into());
    }
    if version < latest {
        tracing::info!(from = version, to = latest, "the tables of the local copy are migrated");
        connections.migrate(&MIGRATIONS).await?;
    } else {
        let steps: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT version, checksum FROM _sqlx_migrations").fetch_all(&connections.reading).await?;
        let ours = |(step, checksum): &(i64, Vec<u8>)| {
            MIGRATIONS.iter().any(|m| m.version == *step && *m.checksum == **checksum)
        };
        if steps.len() != MIGRATIONS.iter().count() || !steps.iter().all(ours) {
            return Err(StoreError::Unreadable("the history of the tables"));
        }
    }
    // Reads a page of the tables most likely to show damage; other faults are found when they are read.
    sqlx::query(
        "SELECT (SELECT cursor FROM progress), (SELECT key FROM records ORDER BY key DESC LIMIT 1), \
         (SELECT rowid FROM record_words WHERE record_words MATCH 'a' LIMIT 1), \
         (SELECT drop_key FROM events LIMIT 1), (SELECT folder FROM placements LIMIT 1)",
    )
    .fetch_one(&connections.reading)
    .await?;
    forms::bring_up_to_date(connections).await
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The marker file that records that the database was found damaged while in use.
fn mark(file: &Path) -> PathBuf {
    with_suffix(file, ".rebuild")
}

/// Marks the file as damaged for the next start.
pub(super) fn remember_damage(file: &Path) {
    // Without the marker, the damage is found again when it is read.
    tracing::warn!("the local copy is damaged; the next start rebuilds it");
    if let Err(error) = fs::write(mark(file), b"") {
        tracing::debug!(kind = ?error.kind(), "the damage of the local copy is not noted");
    }
}

fn was_damaged(file: &Path) -> bool {
    mark(file).exists()
}

/// Removes files set aside earlier: one damaged copy is enough to examine, and it can be large.
fn forget_damaged(file: &Path) -> io::Result<()> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    let begins = with_suffix(Path::new(name), ".damaged-").into_os_string().into_encoded_bytes();
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(&begins) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn set_aside(file: &Path) -> Result<()> {
    tracing::warn!("the local copy cannot be used; it is set aside, and a new one is made");
    let time = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%.3fZ").to_string().replace('.', "");
    let moved = (|| {
        forget_damaged(file)?;
        for suffix in ["", "-wal", "-shm"] {
            let from = with_suffix(file, suffix);
            match fs::rename(&from, with_suffix(file, &format!(".damaged-{time}{suffix}"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        match fs::remove_file(mark(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    })();
    moved.map_err(|error| SystemFault::of(&error).port_error("set aside the damaged", file).into())
}
