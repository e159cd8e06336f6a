//! Rows of metadata records.

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    FolderPaths, LastModified, MatterId, MetadataHash, MetadataRecord, StoragePath, Timestamp, UserId,
};

use super::keys::Keys;
use crate::db::{Columns, Connections, ManyRows, signed};
use crate::error::{Result, StoreError};

static RECORDS: ManyRows = ManyRows::new(
    "INSERT INTO records (key, matter, metadata_hash, original_name, last_modified, file_hash, size, folder_paths, \
     place, blob_name, uploaded_by, updated_at)",
    12,
    "ON CONFLICT (key) DO UPDATE SET original_name = excluded.original_name, \
     last_modified = excluded.last_modified, file_hash = excluded.file_hash, size = excluded.size, \
     folder_paths = excluded.folder_paths, place = excluded.place, blob_name = excluded.blob_name, \
     uploaded_by = excluded.uploaded_by, updated_at = excluded.updated_at",
);

/// SQL that reads whole records from a table or join that has them as `r`.
macro_rules! select_records {
    ($from:literal) => {
        concat!(
            "SELECT r.key, r.metadata_hash, k.id, r.original_name, r.last_modified, r.file_hash, r.size, ",
            "r.folder_paths, l.folder, r.blob_name, p.id, r.updated_at FROM ",
            $from,
            " JOIN matter_keys k ON k.key = r.matter JOIN places l ON l.key = r.place ",
            "JOIN people p ON p.key = r.uploaded_by "
        )
    };
    ($from:literal, $($rest:literal),+) => {
        concat!(select_records!($from), $($rest),+)
    };
}
pub(super) use select_records;

/// The name of a blob without what the file's hash says already: `.pdf`, or the whole name if it is another's.
fn shortened(record: &MetadataRecord) -> String {
    let name = record.storage_path.file_name();
    if record.storage_path.hash() == record.file_hash {
        name[record.file_hash.as_bytes().len() * 2..].to_owned()
    } else {
        name
    }
}

pub(super) async fn write(
    records: &[(i64, i64, &MetadataRecord)],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<()> {
    let mut rows = Vec::with_capacity(records.len());
    for (key, matter, record) in records {
        let place = keys.place(&record.storage_path, connection).await?;
        let person = keys.person(&record.uploaded_by, connection).await?;
        rows.push((*key, *matter, *record, signed(record.size)?, place, person));
    }
    RECORDS
        .write(connection, &rows, |values, (key, matter, record, size, place, person)| {
            values.add(*key).add(*matter).add(&record.metadata_hash.as_bytes()[..]);
            values.add(record.original_name.as_str()).add(record.last_modified.0);
            values.add(&record.file_hash.as_bytes()[..]).add(*size).add(record.folder_paths.to_wire());
            values.add(*place).add(shortened(record)).add(*person).add(record.updated_at.0);
        })
        .await
}

/// Reads a row of [`select_records`]: the record's key and the record.
pub(super) fn read(row: &SqliteRow) -> Result<(i64, MetadataRecord)> {
    let mut columns = Columns::of(row);
    let key = columns.next()?;
    let metadata_hash = columns.metadata_hash()?;
    let matter = columns.id(MatterId::new)?;
    let original_name = columns.next()?;
    let last_modified = LastModified(columns.next()?);
    let file_hash = columns.file_hash()?;
    let size = columns.count()?;
    let folder_paths = FolderPaths::parse(columns.next()?);
    let (folder, blob_name): (&str, &str) = (columns.next()?, columns.next()?);
    let path = if blob_name.is_empty() || blob_name.starts_with('.') {
        format!("{folder}/{file_hash}{blob_name}")
    } else {
        format!("{folder}/{blob_name}")
    };
    let storage_path: StoragePath = path.parse().map_err(|_| StoreError::Unreadable("the place of a document"))?;
    let uploaded_by = columns.id(UserId::new)?;
    let updated_at = Timestamp(columns.next()?);
    let record = MetadataRecord {
        metadata_hash,
        matter,
        original_name,
        last_modified,
        file_hash,
        size,
        folder_paths,
        storage_path,
        uploaded_by,
        updated_at,
    };
    Ok((key, record))
}

pub(super) async fn one(db: &Connections, matter: &MatterId, id: MetadataHash) -> Result<Option<MetadataRecord>> {
    let row = sqlx::query(select_records!(
        "records r",
        "WHERE substr(r.metadata_hash, 1, 8) = substr(?1, 1, 8) AND r.metadata_hash = ?1 AND k.id = ?2"
    ))
    .bind(&id.as_bytes()[..])
    .bind(matter.as_str())
    .fetch_optional(&db.reading)
    .await?;
    row.as_ref().map(|row| Ok(read(row)?.1)).transpose()
}
