//! Stamps of verified content: a blob's file metadata when its content was known to be right.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite};
use vault_core::model::{FileHash, StoragePath};
use vault_core::ports::FileStamp;

use crate::db::{Db, ROWS, Result, bytes, fault};

/// A file that was verified to hold some content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verified {
    file: i64,
    hash: FileHash,
    stamp: FileStamp,
}

impl Verified {
    /// The content of `path`, verified while it had this stamp.
    pub(super) fn new(path: &StoragePath, stamp: FileStamp) -> Self {
        Self { file: file_key(path, &stamp), hash: path.hash(), stamp }
    }

    /// The number that identifies the file.
    pub(super) const fn file(&self) -> i64 {
        self.file
    }
}

/// The inode; where there is none, a number computed from the path.
fn file_key(path: &StoragePath, stamp: &FileStamp) -> i64 {
    if stamp.inode != 0 {
        return stamp.inode.cast_signed();
    }
    let hash = FileHash::of(path.to_string().as_bytes());
    let mut key = [0; 8];
    key.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(key)
}

/// Two changes within one clock tick of the file system have the same change time. A stamp that is not older than that
/// could hide one. The tick is 10 ms at most on Linux; if a time is a whole second, the file system's resolution may be
/// a second, or two, as with FAT.
const fn tick_nanos(changed: i128) -> i128 {
    if changed % 1_000_000_000 == 0 { 2_020_000_000 } else { 20_000_000 }
}

/// Stores the stamps of verified content. If that fails, on a full disk for example, the content is read again next
/// time; the check's result is still valid.
pub(super) async fn keep(db: &Db, verified: &[Verified]) {
    if let Err(error) = try_keep(db, verified).await {
        tracing::debug!(contents = verified.len(), class = error.class(), "stamps are not kept");
    }
}

async fn try_keep(db: &Db, verified: &[Verified]) -> Result<()> {
    let now = i128::from(db.clock.now().0) * 1_000_000;
    let settled: Vec<&Verified> =
        verified.iter().filter(|one| one.stamp.changed + tick_nanos(one.stamp.changed) < now).collect();
    if settled.is_empty() {
        return Ok(());
    }
    let mut transaction = db.writing.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
    for chunk in settled.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT OR REPLACE INTO blob_stamp (file, device, file_hash, size, modified, changed) ",
        );
        query.push_values(chunk, |mut row, Verified { file, hash, stamp }| {
            row.push_bind(*file)
                .push_bind(stamp.device.cast_signed())
                .push_bind(&hash.as_bytes()[..])
                .push_bind(stamp.size.cast_signed())
                .push_bind(nanos(stamp.modified))
                .push_bind(nanos(stamp.changed));
        });
        query.build().execute(&mut *transaction).await.map_err(fault)?;
    }
    transaction.commit().await.map_err(fault)
}

/// Nanoseconds as stored in the table: up to the year 2262.
fn nanos(time: i128) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

type Row = (i64, i64, Vec<u8>, i64, i64, i64);

/// The stored stamps of these files, by their number.
pub(super) async fn kept(db: &Db, files: impl Iterator<Item = i64>) -> Result<HashMap<i64, Verified>> {
    let numbers: Vec<String> = files.map(|file| file.to_string()).collect();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT file, device, file_hash, size, modified, changed FROM json_each(?1) \
         CROSS JOIN blob_stamp ON file = json_each.value",
    )
    .bind(format!("[{}]", numbers.join(",")))
    .fetch_all(&db.reading)
    .await
    .map_err(fault)?;
    rows.into_iter()
        .map(|(file, device, hash, size, modified, changed)| {
            let stamp = FileStamp {
                size: size.cast_unsigned(),
                modified: modified.into(),
                changed: changed.into(),
                device: device.cast_unsigned(),
                inode: 0,
            };
            Ok((file, Verified { file, hash: FileHash::from_bytes(bytes(&hash)?), stamp }))
        })
        .collect()
}

impl Verified {
    /// Whether the file is unchanged since `then`.
    pub(super) fn is_still(&self, then: &Self) -> bool {
        let same = |stamp: FileStamp| FileStamp { inode: 0, ..stamp };
        self.file == then.file && self.hash == then.hash && same(self.stamp) == same(then.stamp)
    }
}
