//! Reading the folders of matters.

use sqlx::SqliteConnection;
use vault_core::ports::{FolderEntry, FolderKey};

use super::sort_key::sort_key;
use crate::db::{Columns, Connections, text_list};
use crate::error::Result;

/// The direct subfolders of a folder, by name.
pub(super) async fn inside(db: &Connections, folder: &FolderKey) -> Result<Vec<FolderEntry>> {
    let mut reading = db.reading.acquire().await?;
    let Some(parent) = find(folder, &mut reading).await? else { return Ok(Vec::new()) };
    let rows = sqlx::query(
        "SELECT f.name, f.total, EXISTS (SELECT 1 FROM folders b WHERE b.matter = f.matter AND b.parent = f.key) \
         FROM folders f WHERE f.matter = (SELECT matter FROM folders WHERE key = ?1) AND f.parent = ?1",
    )
    .bind(parent)
    .fetch_all(&mut *reading)
    .await?;
    let mut folders = rows
        .iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(FolderEntry { name: columns.next()?, files: columns.count()?, has_folders: columns.next()? })
        })
        .collect::<Result<Vec<_>>>()?;
    folders.sort_by_cached_key(|folder| (sort_key(&folder.name), folder.name.clone()));
    Ok(folders)
}

/// The key of a folder.
pub(super) async fn find(folder: &FolderKey, connection: &mut SqliteConnection) -> Result<Option<i64>> {
    let key = sqlx::query_scalar(
        "WITH RECURSIVE matter (key) AS (SELECT key FROM matter_keys WHERE id = ?1), \
         walk (depth, key) AS (\
           SELECT 0, f.key FROM matter m JOIN folders f ON f.matter = m.key AND f.parent = 0 AND f.name = '' \
           UNION ALL \
           SELECT walk.depth + 1, f.key FROM walk CROSS JOIN matter m CROSS JOIN folders f \
             ON f.matter = m.key AND f.parent = walk.key AND f.name = ?2 ->> walk.depth) \
         SELECT key FROM walk WHERE depth = json_array_length(?2)",
    )
    .bind(folder.matter.as_str())
    .bind(text_list(segments(&folder.path)));
    Ok(key.fetch_optional(connection).await?)
}

/// The names in a folder's path.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}
