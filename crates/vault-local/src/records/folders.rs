//! Data shared by thousands of events, stored once: their folders, and who filed them from which device and program.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Row as _, Sqlite};
use vault_core::model::{DeviceId, PathText, UploadEvent, UserId};

use crate::db::{ROWS, Result, Write, fault};

/// The keys of a batch's folders and filers.
pub(super) struct Shared<'a> {
    folders: HashMap<&'a PathText, i64>,
    filers: HashMap<Filer<'a>, i64>,
}

type Filer<'a> = (&'a UserId, &'a DeviceId, &'a str);

fn filer(event: &UploadEvent) -> Filer<'_> {
    (&event.user, &event.device, &event.app_version)
}

impl<'a> Shared<'a> {
    /// Looks up the folders and filers of these events, and creates missing ones.
    pub(super) async fn of(write: &mut Write, events: impl Iterator<Item = &'a UploadEvent>) -> Result<Self> {
        let mut shared = Self { folders: HashMap::new(), filers: HashMap::new() };
        for event in events {
            shared.folders.insert(&event.folder_path, 0);
            shared.filers.insert(filer(event), 0);
        }
        let paths: Vec<&PathText> = shared.folders.keys().copied().collect();
        for chunk in paths.chunks(ROWS) {
            shared.folders.extend(folder_keys(write, chunk).await?);
        }
        for (names, key) in &mut shared.filers {
            *key = filer_key(write, *names).await?;
        }
        Ok(shared)
    }

    /// The key of an event's folder.
    pub(super) fn folder(&self, event: &UploadEvent) -> i64 {
        self.folders.get(&event.folder_path).copied().unwrap_or_default()
    }

    /// The key of an event's filer.
    pub(super) fn filer(&self, event: &UploadEvent) -> i64 {
        self.filers.get(&filer(event)).copied().unwrap_or_default()
    }
}

fn exact(path: &PathText) -> &[u8] {
    path.exact().unwrap_or_default()
}

async fn folder_keys<'a>(write: &mut Write, paths: &[&'a PathText]) -> Result<Vec<(&'a PathText, i64)>> {
    let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO folder (path, exact) ");
    insert.push_values(paths, |mut row, path| {
        row.push_bind(path.text()).push_bind(exact(path));
    });
    insert.push(" ON CONFLICT DO NOTHING");
    insert.build().execute(write.connection()).await.map_err(fault)?;

    let mut select = QueryBuilder::<Sqlite>::new("WITH wanted (n, path, exact) AS (");
    select.push_values(paths.iter().enumerate(), |mut row, (n, path)| {
        row.push_bind(i64::try_from(n).unwrap_or_default()).push_bind(path.text()).push_bind(exact(path));
    });
    select.push(") SELECT n, key FROM wanted CROSS JOIN folder USING (path, exact)");
    let rows = select.build().fetch_all(write.connection()).await.map_err(fault)?;
    rows.iter()
        .map(|row| {
            let n: i64 = row.try_get(0).map_err(fault)?;
            Ok((paths[usize::try_from(n).unwrap_or_default()], row.try_get(1).map_err(fault)?))
        })
        .collect()
}

async fn filer_key(write: &mut Write, (user, device, app_version): Filer<'_>) -> Result<i64> {
    sqlx::query("INSERT INTO filer (user_id, device_id, app_version) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
        .bind(user.as_str())
        .bind(device.as_str())
        .bind(app_version)
        .execute(write.connection())
        .await
        .map_err(fault)?;
    sqlx::query_scalar("SELECT key FROM filer WHERE user_id = ?1 AND device_id = ?2 AND app_version = ?3")
        .bind(user.as_str())
        .bind(device.as_str())
        .bind(app_version)
        .fetch_one(write.connection())
        .await
        .map_err(fault)
}
