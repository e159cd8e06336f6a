//! Rows of metadata records.

use std::collections::HashMap;

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use vault_core::model::{
    FileHash, FolderPaths, LastModified, MatterId, MetadataHash, MetadataRecord, Revision, StoragePath, Timestamp,
    UserId,
};

use super::keys::Keys;
use crate::db::{Columns, Connections, ManyRows, head, list, signed};
use crate::error::{Result, StoreError};

static NEW: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO records (key, matter, metadata_hash, metadata_head, original_name, last_modified, file_hash, \
     file_head, size, folder_paths, place, blob_name, uploaded_by, updated_at, revision)",
    15,
    "",
);

/// The other columns of a record are part of its identity and cannot change.
static CHANGED: ManyRows = ManyRows::new(
    "UPDATE OR FAIL records SET original_name = n.column2, size = n.column3, folder_paths = n.column4, \
     place = n.column5, blob_name = n.column6, uploaded_by = n.column7, updated_at = n.column8, \
     revision = n.column9 FROM (",
    9,
    ") n WHERE key = n.column1",
);

/// SQL that reads whole records from a table or join that has them as `r`.
macro_rules! select_records {
    ($from:literal) => {
        concat!(
            "SELECT r.key, r.metadata_hash, k.id, r.original_name, r.last_modified, r.file_hash, r.size, ",
            "r.folder_paths, l.folder, r.blob_name, p.id, r.updated_at, r.revision FROM ",
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

/// A blob's name without the file's hash: `.pdf`, or the whole name if the hash differs.
fn shortened(record: &MetadataRecord) -> String {
    let name = record.storage_path.file_name();
    if record.storage_path.hash() == record.file_hash {
        name[record.file_hash.as_bytes().len() * 2..].to_owned()
    } else {
        name
    }
}

/// Undoes [`shortened`].
pub(super) fn storage_path(file_hash: FileHash, folder: &str, blob_name: &str) -> Result<StoragePath> {
    let path = if blob_name.is_empty() || blob_name.starts_with('.') {
        format!("{folder}/{file_hash}{blob_name}")
    } else {
        format!("{folder}/{blob_name}")
    };
    path.parse().map_err(|_| StoreError::Unreadable("the place of a document"))
}

/// Means that a record has no revision.
const NO_REVISION: i64 = 0;

fn revision(record: &MetadataRecord) -> i64 {
    record.revision.map_or(NO_REVISION, |revision| revision.0)
}

/// A record with the keys of its row and of its matter.
pub(super) type Keyed<'a> = (i64, i64, &'a MetadataRecord);

/// Values computed from a record before it is written.
struct Computed<'a> {
    key: i64,
    matter: i64,
    record: &'a MetadataRecord,
    size: i64,
    place: i64,
    person: i64,
}

async fn computed<'a>(
    records: &[Keyed<'a>],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<Vec<Computed<'a>>> {
    let mut rows = Vec::with_capacity(records.len());
    for &(key, matter, record) in records {
        let place = keys.place(&record.storage_path, connection).await?;
        let person = keys.person(&record.uploaded_by, connection).await?;
        rows.push(Computed { key, matter, record, size: signed(record.size)?, place, person });
    }
    Ok(rows)
}

/// Adds new records.
pub(super) async fn add(records: &[Keyed<'_>], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    let rows = computed(records, keys, connection).await?;
    NEW.write(connection, &rows, |values, row| {
        let Computed { key, matter, record, size, place, person } = row;
        let (metadata_hash, file_hash) = (record.metadata_hash.as_bytes(), record.file_hash.as_bytes());
        values.add(*key).add(*matter).add(&metadata_hash[..]).add(head(metadata_hash));
        values.add(record.original_name.as_str()).add(record.last_modified.0);
        values.add(&file_hash[..]).add(head(file_hash)).add(*size).add(record.folder_paths.to_wire());
        values.add(*place).add(shortened(record)).add(*person).add(record.updated_at.0).add(revision(record));
    })
    .await
}

/// Updates the mutable columns of existing records.
pub(super) async fn change(records: &[Keyed<'_>], keys: &mut Keys, connection: &mut SqliteConnection) -> Result<()> {
    let rows = computed(records, keys, connection).await?;
    CHANGED
        .write(connection, &rows, |values, row| {
            let Computed { key, matter: _, record, size, place, person } = row;
            values.add(*key).add(record.original_name.as_str()).add(*size).add(record.folder_paths.to_wire());
            values.add(*place).add(shortened(record)).add(*person).add(record.updated_at.0).add(revision(record));
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
    let storage_path = storage_path(file_hash, columns.next()?, columns.next()?)?;
    let uploaded_by = columns.id(UserId::new)?;
    let updated_at = Timestamp(columns.next()?);
    let revision = Some(columns.next()?).filter(|revision| *revision != NO_REVISION).map(Revision);
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
        revision,
    };
    Ok((key, record))
}

/// These records of a matter, in the order given; missing ones are left out.
pub(super) async fn of(db: &Connections, matter: &MatterId, ids: &[MetadataHash]) -> Result<Vec<MetadataRecord>> {
    let rows = sqlx::query(select_records!(
        "json_each(?1) w CROSS JOIN records r ON r.metadata_head = w.value",
        "WHERE k.id = ?2"
    ))
    .bind(list(ids.iter().map(|id| head(id.as_bytes()))))
    .bind(matter.as_str())
    .fetch_all(&db.reading)
    .await?;
    let mut found: HashMap<MetadataHash, MetadataRecord> = rows
        .iter()
        .map(|row| {
            let (_, record) = read(row)?;
            Ok((record.metadata_hash, record))
        })
        .collect::<Result<_>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}
