//! Writing metadata records: a batch's own are merged first, then with the stored ones.

use std::collections::HashMap;

use sqlx::{QueryBuilder, Sqlite};
use vault_core::model::{FolderPaths, MatterId, MetadataHash, UploadEvent, UserId};
use vault_core::ports::{Outcome, PortError, RecordWrite};

use super::metadata::extension;
use crate::db::{ROWS, Result, Write, bytes, fault, packed, signed, with_wanted};

/// A record as the batch would write it.
struct Merged<'a> {
    matter: &'a MatterId,
    write: &'a RecordWrite,
    uploaded_by: &'a UserId,
    folder_paths: FolderPaths,
}

type Key<'a> = (&'a MatterId, MetadataHash);

/// Merges the records of these outcomes into the stored ones. Unchanged records are not written.
///
/// # Errors
/// `Invalid` for a stored file whose record is neither in the database nor in the batch.
pub(super) async fn merge(write: &mut Write, outcomes: &[Outcome]) -> Result<()> {
    let mut merged = among_themselves(outcomes);
    let without: Vec<&UploadEvent> = outcomes
        .iter()
        .map(|outcome| &outcome.event)
        .filter(|e| e.kind.is_stored() && !merged.contains_key(&(&e.matter, e.metadata_hash)))
        .collect();
    let keys = merged.keys().copied().chain(without.iter().map(|e| (&e.matter, e.metadata_hash)));
    let standing = standing(write, keys).await?;
    if let Some(event) = without.iter().find(|e| !standing.contains_key(&(&e.matter, e.metadata_hash))) {
        return Err(PortError::invalid(format!("The event {} says stored, but there is no record of it.", event.id)));
    }
    merged.retain(|key, record| {
        let Some(stored) = standing.get(key) else { return true };
        let mut all = stored.clone();
        all.merge_all(&record.folder_paths);
        record.folder_paths = all;
        record.folder_paths != *stored
    });
    let mut rows: Vec<Merged<'_>> = merged.into_values().collect();
    // In index order, so that neighbours are written together.
    rows.sort_unstable_by_key(|row| (row.matter, row.write.metadata_hash));
    store(write, &rows).await?;
    store_places(write, &rows).await
}

fn among_themselves(outcomes: &[Outcome]) -> HashMap<Key<'_>, Merged<'_>> {
    let mut merged: HashMap<Key<'_>, Merged<'_>> = HashMap::with_capacity(outcomes.len());
    for Outcome { event, record } in outcomes {
        let Some(write) = record else { continue };
        merged
            .entry((&event.matter, write.metadata_hash))
            .and_modify(|record| record.folder_paths.merge_all(&write.folder_paths))
            .or_insert_with(|| Merged {
                matter: &event.matter,
                write,
                uploaded_by: &event.user,
                folder_paths: write.folder_paths.clone(),
            });
    }
    merged
}

/// The folders of the stored records.
async fn standing<'a>(write: &mut Write, keys: impl Iterator<Item = Key<'a>>) -> Result<HashMap<Key<'a>, FolderPaths>> {
    let mut by_matter: HashMap<&MatterId, Vec<MetadataHash>> = HashMap::new();
    for (matter, hash) in keys {
        by_matter.entry(matter).or_default().push(hash);
    }
    let mut standing = HashMap::new();
    for (matter, hashes) in by_matter {
        let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(with_wanted!(
            "32",
            "SELECT metadata_hash, folder_paths FROM wanted ",
            "CROSS JOIN record ON matter_id = ?2 AND metadata_hash = wanted.key"
        ))
        .bind(packed(hashes.iter().map(MetadataHash::as_bytes)))
        .bind(matter.as_str())
        .fetch_all(write.connection())
        .await
        .map_err(fault)?;
        for (hash, folders) in rows {
            standing.insert((matter, MetadataHash::from_bytes(bytes(&hash)?)), FolderPaths::parse(&folders));
        }
    }
    Ok(standing)
}

async fn store(write: &mut Write, records: &[Merged<'_>]) -> Result<()> {
    let now = write.clock().0;
    for chunk in records.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO record (matter_id, metadata_hash, original_name, last_modified, file_hash, size, \
             folder_paths, storage_matter, storage_extension, uploaded_by, updated_at, revision) ",
        );
        let rows = chunk
            .iter()
            .map(|record| Ok((record, signed(record.write.size)?, write.next_revision())))
            .collect::<Result<Vec<_>>>()?;
        query.push_values(rows, |mut row, (record, size, revision)| {
            let new = record.write;
            row.push_bind(record.matter.as_str())
                .push_bind(&new.metadata_hash.as_bytes()[..])
                .push_bind(&new.original_name)
                .push_bind(new.last_modified.0)
                .push_bind(&new.file_hash.as_bytes()[..])
                .push_bind(size)
                .push_bind(record.folder_paths.to_wire())
                .push_bind(new.storage_path.matter().as_str())
                .push_bind(extension(&new.storage_path))
                .push_bind(record.uploaded_by.as_str())
                .push_bind(now)
                .push_bind(revision);
        });
        query.push(
            " ON CONFLICT (matter_id, metadata_hash) DO UPDATE SET folder_paths = excluded.folder_paths, \
             updated_at = excluded.updated_at, revision = excluded.revision",
        );
        query.build().execute(write.connection()).await.map_err(fault)?;
    }
    Ok(())
}

/// Writes the storage paths of these records.
async fn store_places(write: &mut Write, records: &[Merged<'_>]) -> Result<()> {
    let mut places: Vec<_> = records.iter().map(|record| (&record.write.storage_path, record.write.size)).collect();
    places.sort_unstable_by_key(|(path, _)| (path.hash(), path.matter()));
    places.dedup();
    for chunk in places.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO content (file_hash, matter_id, extension, size) ");
        let rows = chunk.iter().map(|(path, size)| Ok((path, signed(*size)?))).collect::<Result<Vec<_>>>()?;
        query.push_values(rows, |mut row, (path, size)| {
            row.push_bind(&path.hash().as_bytes()[..])
                .push_bind(path.matter().as_str())
                .push_bind(extension(path))
                .push_bind(size);
        });
        query.push(" ON CONFLICT DO NOTHING");
        query.build().execute(write.connection()).await.map_err(fault)?;
    }
    Ok(())
}
