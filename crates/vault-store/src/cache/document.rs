//! All data about one content.

use std::collections::HashSet;

use vault_core::model::{BlobRef, FileHash, MetadataRecord, StoragePath, UploadEvent};
use vault_core::ports::{Document, Known};

use super::event_rows::{self, select_events};
use super::record_rows::{self, select_records};
use super::sources;
use crate::db::{Columns, Connections, head, limit, list, sized};
use crate::error::Result;

pub(super) async fn of(db: &Connections, hash: FileHash) -> Result<Option<Document>> {
    let rows =
        sqlx::query(select_records!("records r", "WHERE r.file_head = ?2 AND r.file_hash = ?1 ORDER BY k.id, r.key"))
            .bind(&hash.as_bytes()[..])
            .bind(head(hash.as_bytes()))
            .fetch_all(&db.reading)
            .await?;
    let records: Vec<MetadataRecord> = rows.iter().map(|row| Ok(record_rows::read(row)?.1)).collect::<Result<_>>()?;
    let rows = sqlx::query(select_events!(
        "WHERE e.record IN (SELECT key FROM records WHERE file_head = ?2 AND file_hash = ?1)"
    ))
    .bind(&hash.as_bytes()[..])
    .bind(head(hash.as_bytes()))
    .fetch_all(&db.reading)
    .await?;
    let without_record = sqlx::query(select_events!("WHERE e.file_head = ?2 AND e.file_hash = ?1"))
        .bind(&hash.as_bytes()[..])
        .bind(head(hash.as_bytes()))
        .fetch_all(&db.reading)
        .await?;
    let mut events: Vec<UploadEvent> =
        rows.iter().chain(&without_record).map(event_rows::read).collect::<Result<_>>()?;
    events.sort_unstable_by_key(|event| (event.timestamp, event.id));
    let sources = sources::of_events(db, &events).await?;
    let known = !records.is_empty() || !events.is_empty();
    Ok(known.then_some(Document { file_hash: hash, records, events, sources }))
}

/// Where content with these hashes is stored, each path once.
pub(super) async fn known(db: &Connections, hashes: &[FileHash]) -> Result<Vec<Known>> {
    let wanted: HashSet<&FileHash> = hashes.iter().collect();
    let rows = sqlx::query(
        "SELECT DISTINCT r.file_hash, l.folder, r.blob_name, r.size \
         FROM json_each(?1) w CROSS JOIN records r ON r.file_head = w.value JOIN places l ON l.key = r.place",
    )
    .bind(list(wanted.iter().map(|hash| head(hash.as_bytes()))))
    .fetch_all(&db.reading)
    .await?;
    let mut known = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut columns = Columns::of(row);
        let hash = columns.file_hash()?;
        let path: StoragePath = record_rows::storage_path(hash, columns.next()?, columns.next()?)?;
        // A path with another content's hash comes from an invalid record; the vault would not return it either.
        if wanted.contains(&hash) && path.hash() == hash {
            known.push(Known { blob: BlobRef { path, size: columns.count()? }, walled: false });
        }
    }
    Ok(known)
}

/// Contents whose hash, or one of whose records' identities, begins with these digits.
pub(super) async fn by_prefix(db: &Connections, digits: &str, most: usize) -> Result<Vec<FileHash>> {
    let Some((first, last)) = range(digits) else { return Ok(Vec::new()) };
    let found: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT file_hash FROM records WHERE file_head BETWEEN ?4 AND ?5 AND file_hash BETWEEN ?1 AND ?2 \
         UNION \
         SELECT file_hash FROM records WHERE metadata_head BETWEEN ?4 AND ?5 AND metadata_hash BETWEEN ?1 AND ?2 \
         ORDER BY file_hash LIMIT ?3",
    )
    .bind(&first[..])
    .bind(&last[..])
    .bind(limit(most))
    .bind(head(&first))
    .bind(head(&last))
    .fetch_all(&db.reading)
    .await?;
    found.iter().map(|hash| Ok(FileHash::from_bytes(sized(hash)?))).collect()
}

/// The first and the last hash with these digits; `None` if no hash can have them.
fn range(digits: &str) -> Option<([u8; 32], [u8; 32])> {
    if digits.is_empty() || digits.len() > 64 {
        return None;
    }
    let bound = |fill: &str| {
        let mut bytes = [0; 32];
        let text = format!("{digits}{}", fill.repeat(64 - digits.len()));
        hex::decode_to_slice(text, &mut bytes).ok().map(|()| bytes)
    };
    Some((bound("0")?, bound("f")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_range_of_hashes() {
        let (first, last) = range("aBc").expect("digits");
        assert_eq!((first[..2].to_vec(), last[..2].to_vec()), (vec![0xAB, 0xC0], vec![0xAB, 0xCF]));
        for bad in ["", "xyz", "ä", &"0".repeat(65)] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }
}
