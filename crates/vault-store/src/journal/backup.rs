//! Backups of the queue, in the same folder.

use std::path::{Path, PathBuf};

use sqlx::SqlitePool;
use vault_core::SystemFault;
use vault_core::durable;
use vault_core::ports::PortError;

use crate::error::Result;

/// Writes a complete copy beside `file`, named by the time, and makes it durable. Returns its path.
pub(super) async fn backup(from: &SqlitePool, file: &Path) -> Result<PathBuf> {
    let copy = free_name(file)?;
    sqlx::query("VACUUM INTO ?1").bind(copy.to_string_lossy().into_owned()).execute(from).await?;
    let path = copy.clone();
    let synced = tokio::task::spawn_blocking(move || durable::flush_written(&path)).await;
    synced
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| SystemFault::of(&error).port_error("write the backup of the queue to", &copy))?;
    Ok(copy)
}

fn free_name(file: &Path) -> Result<PathBuf> {
    let time = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let name = file.to_str().ok_or_else(|| PortError::invalid("The vault's folder has a name that is not Unicode."))?;
    let candidates = (1..).map(|n| match n {
        1 => PathBuf::from(format!("{name}.backup-{time}")),
        n => PathBuf::from(format!("{name}.backup-{time}-{n}")),
    });
    Ok(candidates.take(10_000).find(|path| !path.exists()).unwrap_or_else(|| PathBuf::from(format!("{name}.backup"))))
}
