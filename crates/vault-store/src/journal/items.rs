//! The files of a drop in the queue: putting them in and reading them.

use sqlx::sqlite::SqliteRow;
use vault_core::model::{DropFolder, DropId, EventId, FileHash, LastModified};
use vault_core::ports::{DropPhase, Item, LeftOutEntry, NewItem, PortError, Reading};

use super::drops::find;
use super::folders::FolderNumbers;
use super::item_state::{self, LAST_OPEN, NEEDS_ATTENTION, StateColumns};
use super::left_out;
use super::tally::{Tally, size_of};
use crate::db::{Columns, Connections, ManyRows, limit, path, signed, sized};
use crate::error::{Result, StoreError};

static ITEMS: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO items (drop_key, seq, source, folder, name, name_exact, size, last_modified, hash, event, state, \
     session_url, session_offset, until, attempt, problem, detail)",
    17,
    "",
);

/// SQL that reads items of the drop `?1`, with a condition after it.
macro_rules! select_items {
    ($($rest:literal),+) => {
        concat!(
            "SELECT i.seq, i.source, f.path, f.path_exact, i.name, i.name_exact, i.size, i.last_modified, i.hash, ",
            "i.event, i.state, i.session_url, i.session_offset, i.until, i.attempt, i.problem, i.detail ",
            "FROM items i JOIN folders f ON f.drop_key = i.drop_key AND f.place = i.folder ",
            "WHERE i.drop_key = (SELECT key FROM drops WHERE id = ?1) AND ",
            $($rest),+
        )
    };
}

/// Items taken from the iterator at a time, so that a million of them are never in memory.
const CHUNK: usize = 2048;

pub(super) async fn enqueue(
    db: &Connections,
    drop: DropId,
    items: &mut (dyn Iterator<Item = NewItem> + Send),
    left_out: &[LeftOutEntry],
    folders: &[DropFolder],
) -> Result<()> {
    let mut transaction = db.write().await?;
    let (key, phase) = find(&mut transaction, drop).await?;
    if phase != DropPhase::Preparing {
        return Err(PortError::invalid(format!("The files of drop {drop} are in the queue already.")).into());
    }
    left_out::write(key, left_out, &mut transaction).await?;
    let mut numbers = FolderNumbers::of(folders);
    let mut tally = Tally::default();
    let mut seq = 0;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        for item in items.take(CHUNK) {
            tally.enter(&item.state, size_of(item.read.as_ref())?);
            chunk.push((seq, numbers.number(&item.folder), item));
            seq += 1;
        }
        numbers.write(key, &mut transaction).await?;
        if chunk.is_empty() {
            break;
        }
        let rows = chunk.iter().map(|(seq, folder, item)| Ok((*seq, *folder, item, columns_of(item)?)));
        let rows: Vec<_> = rows.collect::<Result<_>>()?;
        ITEMS
            .write(&mut transaction, &rows, |values, (seq, folder, item, columns)| {
                let (name, name_exact) = path(&item.name);
                values.add(key).add(*seq).add(i64::from(item.source)).add(*folder).add(name).add(name_exact);
                values.add(columns.size).add(item.read.map(|read| read.last_modified.0));
                values.add(item.read.as_ref().map(|read| &read.hash.as_bytes()[..])).add(&item.event.as_bytes()[..]);
                columns.state.add_to(values);
            })
            .await?;
    }
    tally.add_to(key, &mut transaction).await?;
    sqlx::query("UPDATE drops SET phase = 'filing', left_out = ?2 WHERE key = ?1")
        .bind(key)
        .bind(signed(left_out.len() as u64)?)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

/// What can be refused about an item, computed before it is written.
struct ItemColumns<'a> {
    size: Option<i64>,
    state: StateColumns<'a>,
}

fn columns_of(item: &NewItem) -> Result<ItemColumns<'_>> {
    let size = item.read.map(|read| signed(read.size)).transpose()?;
    let state = StateColumns::of(&item.state)?;
    let state = state.ok_or_else(|| PortError::invalid("A file that is done does not belong in the queue."))?;
    Ok(ItemColumns { size, state })
}

pub(super) async fn open(db: &Connections, drop: DropId, from_seq: u64, most: usize) -> Result<Vec<Item>> {
    let rows = sqlx::query(select_items!("i.seq >= ?2 AND i.state <= ?3 ORDER BY i.seq LIMIT ?4"))
        .bind(&drop.as_bytes()[..])
        .bind(i64::try_from(from_seq).unwrap_or(i64::MAX))
        .bind(LAST_OPEN)
        .bind(limit(most))
        .fetch_all(&db.reading)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn needing_attention(db: &Connections, drop: DropId) -> Result<Vec<Item>> {
    const { assert!(NEEDS_ATTENTION == 4, "the condition is spelled out for the index over it") };
    let rows = sqlx::query(select_items!("i.state = 4 ORDER BY i.seq"))
        .bind(&drop.as_bytes()[..])
        .fetch_all(&db.reading)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<Item> {
    let mut columns = Columns::of(row);
    let seq = columns.count()?;
    let source = u32::try_from(columns.next::<i64>()?).map_err(|_| StoreError::Unreadable("the source of a file"))?;
    let folder = columns.path()?;
    let name = columns.path()?;
    let read = reading(&mut columns)?;
    let event = EventId::from_bytes(columns.bytes()?);
    let state = item_state::read(&mut columns)?;
    Ok(Item { seq, file: NewItem { source, folder, name, read, event, state } })
}

fn reading(columns: &mut Columns<'_>) -> Result<Option<Reading>> {
    let (size, last_modified): (Option<i64>, Option<i64>) = (columns.next()?, columns.next()?);
    let hash: Option<&[u8]> = columns.next()?;
    let (Some(size), Some(last_modified), Some(hash)) = (size, last_modified, hash) else { return Ok(None) };
    Ok(Some(Reading {
        size: u64::try_from(size).map_err(|_| StoreError::Unreadable("the length of a file"))?,
        last_modified: LastModified(last_modified),
        hash: FileHash::from_bytes(sized(hash)?),
    }))
}
