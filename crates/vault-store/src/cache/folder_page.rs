//! One page of a folder.

use vault_core::ports::{FolderContents, FolderEntry, FolderKey, PortError};

use super::record_rows::{self, select_records};
use super::sort_key::sort_key;
use crate::db::{Columns, Connections, limit, text_list};
use crate::error::Result;

/// Where a page begins: after this record of a folder.
struct Position {
    sort_key: Vec<u8>,
    record: i64,
}

impl Position {
    fn to_text(&self) -> String {
        format!("{}.{}", hex::encode(&self.sort_key), self.record)
    }

    fn read(text: &str) -> Result<Self> {
        let read = || {
            let (sort_key, record) = text.split_once('.')?;
            Some(Self { sort_key: hex::decode(sort_key).ok()?, record: record.parse().ok()? })
        };
        read().ok_or_else(|| PortError::invalid("This page of the folder does not exist.").into())
    }
}

pub(super) async fn page(
    db: &Connections,
    folder: &FolderKey,
    from: Option<&str>,
    most: usize,
) -> Result<FolderContents> {
    let from = from.map(Position::read).transpose()?;
    let Some((key, total)) = find(db, folder).await? else {
        return Ok(FolderContents { folders: Vec::new(), records: Vec::new(), total: 0, next: None });
    };
    let folders = if from.is_none() { folders_in(db, key).await? } else { Vec::new() };
    let begin = from.unwrap_or(Position { sort_key: Vec::new(), record: 0 });
    let rows = sqlx::query(select_records!(
        "placements s JOIN records r ON r.key = s.record",
        "WHERE s.folder = ?1 AND (s.sort_key, s.record) > (?2, ?3) ORDER BY s.sort_key, s.record LIMIT ?4"
    ))
    .bind(key)
    .bind(begin.sort_key)
    .bind(begin.record)
    .bind(limit(most.saturating_add(1)))
    .fetch_all(&db.reading)
    .await?;
    let mut found: Vec<_> = rows.iter().map(record_rows::read).collect::<Result<_>>()?;
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more);
    let next = next.map(|(key, record)| Position { sort_key: sort_key(&record.original_name), record: *key }.to_text());
    Ok(FolderContents { folders, records: found.into_iter().map(|(_, record)| record).collect(), total, next })
}

/// The key of a folder, and how many records stand directly in it.
async fn find(db: &Connections, folder: &FolderKey) -> Result<Option<(i64, u64)>> {
    let row = sqlx::query(
        "WITH RECURSIVE matter (key) AS (SELECT key FROM matter_keys WHERE id = ?1), \
         walk (depth, key) AS (\
           SELECT 0, f.key FROM matter m JOIN folders f ON f.matter = m.key AND f.parent = 0 AND f.name = '' \
           UNION ALL \
           SELECT walk.depth + 1, f.key FROM walk CROSS JOIN matter m CROSS JOIN folders f \
             ON f.matter = m.key AND f.parent = walk.key AND f.name = ?2 ->> walk.depth) \
         SELECT f.key, f.direct FROM walk JOIN folders f ON f.key = walk.key WHERE walk.depth = json_array_length(?2)",
    )
    .bind(folder.matter.as_str())
    .bind(text_list(folder.path.split('/').filter(|segment| !segment.is_empty())))
    .fetch_optional(&db.reading)
    .await?;
    row.map(|row| {
        let mut columns = Columns::of(&row);
        Ok((columns.next()?, columns.count()?))
    })
    .transpose()
}

async fn folders_in(db: &Connections, parent: i64) -> Result<Vec<FolderEntry>> {
    let rows = sqlx::query(
        "SELECT f.name, f.total FROM folders f \
         WHERE f.matter = (SELECT matter FROM folders WHERE key = ?1) AND f.parent = ?1",
    )
    .bind(parent)
    .fetch_all(&db.reading)
    .await?;
    let mut folders = rows
        .iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(FolderEntry { name: columns.next()?, files: columns.count()? })
        })
        .collect::<Result<Vec<_>>>()?;
    folders.sort_by_cached_key(|folder| (sort_key(&folder.name), folder.name.clone()));
    Ok(folders)
}
