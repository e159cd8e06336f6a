//! Reading metadata records. [`super::merging`] writes them.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use vault_core::model::{
    BlobRef, FileHash, FolderPaths, LastModified, MatterId, MetadataHash, MetadataRecord, StoragePath, TeamId,
    Timestamp, UserId,
};
use vault_core::ports::Known;

use crate::db::{Db, Result, bytes, fault, limit, packed, unreadable, unsigned, with_wanted};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT matter_id, metadata_hash, original_name, last_modified, file_hash, size, folder_paths, ",
            "storage_matter, storage_extension, uploaded_by, updated_at, revision FROM ",
            $rest
        )
    };
}

/// The extension in the name of a blob; empty without one.
pub(super) fn extension(path: &StoragePath) -> String {
    path.file_name().split_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

fn storage_path(team: &TeamId, matter: String, hash: FileHash, extension: &str) -> Result<StoragePath> {
    let matter = MatterId::new(matter).map_err(|_| unreadable("the place of some content"))?;
    Ok(StoragePath::new(team, &matter, hash, &format!("x.{extension}")))
}

/// Where content with these hashes is stored.
pub(super) async fn known(db: &Db, team: &TeamId, hashes: &[FileHash]) -> Result<Vec<Known>> {
    let rows = sqlx::query(with_wanted!(
        "32",
        "SELECT file_hash, matter_id, extension, size FROM wanted CROSS JOIN content ON file_hash = wanted.key"
    ))
    .bind(packed(hashes.iter().map(FileHash::as_bytes)))
    .fetch_all(&db.reading)
    .await
    .map_err(fault)?;
    rows.iter()
        .map(|row| {
            let hash = FileHash::from_bytes(bytes(row.try_get(0).map_err(fault)?)?);
            let path = storage_path(team, row.try_get(1).map_err(fault)?, hash, row.try_get(2).map_err(fault)?)?;
            let size = unsigned(row.try_get(3).map_err(fault)?)?;
            Ok(Known { blob: BlobRef { path, size }, walled: false })
        })
        .collect()
}

/// These records of a matter.
pub(super) async fn of(db: &Db, team: &TeamId, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>> {
    let rows = sqlx::query(with_wanted!(
        "32",
        "SELECT matter_id, metadata_hash, original_name, last_modified, file_hash, size, folder_paths, ",
        "storage_matter, storage_extension, uploaded_by, updated_at, revision ",
        "FROM wanted CROSS JOIN record ON matter_id = ?2 AND metadata_hash = wanted.key"
    ))
    .bind(packed(ids.iter().map(MetadataHash::as_bytes)))
    .bind(matter.as_str())
    .fetch_all(&db.reading)
    .await
    .map_err(fault)?;
    rows.iter().map(|row| Ok(read(row, team)?.1)).collect()
}

/// All records by matter and metadata hash, those after `after`.
pub(super) async fn all(
    db: &Db,
    team: &TeamId,
    after: Option<(&MatterId, MetadataHash)>,
    rows: usize,
) -> Result<Vec<MetadataRecord>> {
    let (matter, hash) = after.map_or(("", [0; 32]), |(matter, hash)| (matter.as_str(), *hash.as_bytes()));
    let rows = sqlx::query(select!(
        "record WHERE (matter_id, metadata_hash) > (?1, ?2) ORDER BY matter_id, metadata_hash LIMIT ?3"
    ))
    .bind(matter)
    .bind(&hash[..])
    .bind(limit(rows))
    .fetch_all(&db.reading)
    .await
    .map_err(fault)?;
    rows.iter().map(|row| Ok(read(row, team)?.1)).collect()
}

/// Records changed after a revision, each with its own.
pub(super) async fn changed(
    connection: &mut SqliteConnection,
    team: &TeamId,
    since: i64,
    rows: i64,
) -> Result<Vec<(i64, MetadataRecord)>> {
    let rows = sqlx::query(select!("record WHERE revision > ?1 ORDER BY revision LIMIT ?2"))
        .bind(since)
        .bind(rows)
        .fetch_all(connection)
        .await
        .map_err(fault)?;
    rows.iter().map(|row| read(row, team)).collect()
}

/// By position, not by name: lists and syncs read hundreds of thousands of these rows, and looking a name up for each
/// column of each row costs more than the column.
fn read(row: &SqliteRow, team: &TeamId) -> Result<(i64, MetadataRecord)> {
    let text = |at: usize| row.try_get::<&str, _>(at).map_err(fault);
    let number = |at: usize| row.try_get::<i64, _>(at).map_err(fault);
    let blob = |at: usize| row.try_get::<&[u8], _>(at).map_err(fault);
    let bad = |_| unreadable("an id of a record");
    let file_hash = FileHash::from_bytes(bytes(blob(4)?)?);
    let record = MetadataRecord {
        matter: MatterId::new(text(0)?).map_err(bad)?,
        metadata_hash: MetadataHash::from_bytes(bytes(blob(1)?)?),
        original_name: text(2)?.to_owned(),
        last_modified: LastModified(number(3)?),
        file_hash,
        size: unsigned(number(5)?)?,
        folder_paths: FolderPaths::parse(text(6)?),
        storage_path: storage_path(team, text(7)?.to_owned(), file_hash, text(8)?)?,
        uploaded_by: UserId::new(text(9)?).map_err(bad)?,
        updated_at: Timestamp(number(10)?),
        revision: None,
    };
    Ok((number(11)?, record))
}
