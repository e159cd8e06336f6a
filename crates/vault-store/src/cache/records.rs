//! Applying metadata records: their rows, their folders, and their words.

use std::collections::{BTreeSet, HashMap, HashSet};

use sqlx::SqliteConnection;
use vault_core::model::{FolderPaths, MetadataRecord};

use super::filed::Filed;
use super::folder_tree::FolderTree;
use super::keys::{Identity, Keys, next_key};
use super::placements::{self, Placement};
use super::record_rows;
use super::words::{self, Index, indexed};
use crate::db::{Columns, head, list};
use crate::error::Result;

/// The columns of an existing record that are compared.
struct Stored {
    key: i64,
    original_name: String,
    folder_paths: String,
    updated_at: i64,
}

pub(super) async fn put(
    records: &[&MetadataRecord],
    keys: &mut Keys,
    filed: &mut Filed,
    connection: &mut SqliteConnection,
) -> Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    let (order, latest) = once_each(records, keys, connection).await?;
    let stored = stored(&order, connection).await?;
    let mut next = next_key!("records", connection)?;
    // Rows to write, and those of them whose folders change, with their previous folders.
    let (mut added, mut changed, mut placed) = (Vec::new(), Vec::new(), Vec::new());
    for identity in &order {
        let record = latest[identity];
        let Some(before) = stored.get(identity) else {
            filed.record(identity.0);
            keys.know_record(*identity, record.file_hash, next);
            added.push((next, identity.0, record));
            placed.push((next, identity.0, record, None));
            next += 1;
            continue;
        };
        keys.know_record(*identity, record.file_hash, before.key);
        let moved =
            before.folder_paths != record.folder_paths.to_wire() || before.original_name != record.original_name;
        if before.updated_at > record.updated_at.0 || (before.updated_at == record.updated_at.0 && !moved) {
            continue;
        }
        changed.push((before.key, identity.0, record));
        if moved {
            placed.push((before.key, identity.0, record, Some(before)));
        }
    }
    record_rows::add(&added, keys, connection).await?;
    record_rows::change(&changed, keys, connection).await?;
    place(&placed, connection).await?;
    index(&placed, connection).await
}

/// Each record once, in order of arrival, in its latest form.
async fn once_each<'a>(
    records: &[&'a MetadataRecord],
    keys: &mut Keys,
    connection: &mut SqliteConnection,
) -> Result<(Vec<Identity>, HashMap<Identity, &'a MetadataRecord>)> {
    let mut order = Vec::with_capacity(records.len());
    let mut latest: HashMap<Identity, &MetadataRecord> = HashMap::with_capacity(records.len());
    for &record in records {
        let identity = (keys.matter(&record.matter, connection).await?, record.metadata_hash);
        match latest.insert(identity, record) {
            None => order.push(identity),
            Some(earlier) if earlier.updated_at > record.updated_at => {
                latest.insert(identity, earlier);
            }
            Some(_) => {}
        }
    }
    Ok((order, latest))
}

async fn stored(identities: &[Identity], connection: &mut SqliteConnection) -> Result<HashMap<Identity, Stored>> {
    let rows = sqlx::query(
        "SELECT r.matter, r.metadata_hash, r.key, r.original_name, r.folder_paths, r.updated_at \
         FROM json_each(?1) w CROSS JOIN records r ON r.metadata_head = w.value",
    )
    .bind(list(identities.iter().map(|(_, hash)| head(hash.as_bytes()))))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            let identity = (columns.next()?, columns.metadata_hash()?);
            let (key, original_name) = (columns.next()?, columns.next()?);
            let (folder_paths, updated_at) = (columns.next()?, columns.next()?);
            Ok((identity, Stored { key, original_name, folder_paths, updated_at }))
        })
        .collect()
}

type Placed<'a> = (i64, i64, &'a MetadataRecord, Option<&'a Stored>);

async fn place(records: &[Placed<'_>], connection: &mut SqliteConnection) -> Result<()> {
    let left: Vec<Option<FolderPaths>> =
        records.iter().map(|(.., before)| before.map(|before| FolderPaths::parse(&before.folder_paths))).collect();
    // A record may be in thousands of folders, and be added to one more: only the difference is written.
    let steps: Vec<(&Placed<'_>, Vec<&str>, Vec<&str>)> = records
        .iter()
        .zip(&left)
        .map(|(placed, left)| {
            let before: HashSet<&str> = left.iter().flat_map(FolderPaths::iter).collect();
            let now: HashSet<&str> = placed.2.folder_paths.iter().collect();
            let goes = left.iter().flat_map(FolderPaths::iter).filter(|path| !now.contains(path)).collect();
            let comes = placed.2.folder_paths.iter().filter(|path| !before.contains(path)).collect();
            (placed, goes, comes)
        })
        .collect();
    let mut paths: BTreeSet<(i64, &str)> = BTreeSet::new();
    for ((_, matter, ..), goes, comes) in &steps {
        paths.extend(goes.iter().chain(comes).map(|path| (*matter, *path)));
    }
    let mut tree = FolderTree::of(&paths, connection).await?;
    let (mut taken, mut added) = (Vec::new(), Vec::new());
    for ((record, matter, ..), goes, comes) in &steps {
        let mut step = |paths: &[&str], by: i64, into: &mut Vec<Placement>| {
            let folders = paths.iter().filter_map(|path| tree.count(*matter, path, by));
            into.extend(folders.map(|folder| Placement { folder, record: *record }));
        };
        step(goes, -1, &mut taken);
        step(comes, 1, &mut added);
    }
    placements::take(&taken, connection).await?;
    placements::add(&added, connection).await?;
    tree.write(connection).await
}

async fn index(records: &[Placed<'_>], connection: &mut SqliteConnection) -> Result<()> {
    let known = list(records.iter().filter(|(.., before)| before.is_some()).map(|(key, ..)| *key));
    if known != "[]" {
        sqlx::query("DELETE FROM record_words WHERE rowid IN (SELECT value FROM json_each(?1))")
            .bind(known)
            .execute(&mut *connection)
            .await?;
    }
    let rows =
        records.iter().map(|(key, _, record, _)| (*key, indexed(&record.original_name, record.folder_paths.iter())));
    words::add(Index::Records, rows, connection).await
}
