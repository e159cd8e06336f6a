//! The files of a drop in the queue: adding and reading them.

use sqlx::SqliteConnection;
use vault_core::model::{DropFolder, DropId, EventId, FileHash, LastModified, PathText};
use vault_core::ports::{DropPhase, Item, LeftOutEntry, NewItem, PortError, Reading};

use super::drops::find;
use super::folders::FolderNumbers;
use super::item_state::{self, LAST_OPEN, NEEDS_ATTENTION, StateColumns, WAITING};
use super::left_out;
use super::moves::{forget, standing};
use super::tally::{Tally, size_of};
use crate::db::{Connections, ManyRows, Values, limit, path, signed, sized};
use crate::error::{Result, StoreError};

static ITEMS: ManyRows = ManyRows::new(
    "INSERT OR FAIL INTO items (drop_key, seq, source, folder, name, name_exact, size, last_modified, hash, event, state, \
     session, session_offset, until, attempt, problem, detail, moved_to, moved_to_exact)",
    19,
    "",
);

/// SQL that reads items of the drop `?1`, followed by a condition, as one value: a JSON array of [`Row`]s. A message to
/// this thread per item, with a copy of each value, costs several times as much.
macro_rules! select_items {
    ($($rest:literal),+) => {
        concat!(
            "SELECT json_group_array(json_array(i.seq, i.source, f.path, hex(f.path_exact), i.name, ",
            "hex(i.name_exact), i.size, i.last_modified, hex(i.hash), hex(i.event), json_array(i.state, ",
            "i.session, i.session_offset, i.until, i.attempt, i.problem, i.detail), ",
            "json_array(i.moved_to, hex(i.moved_to_exact)))) FROM (",
            "SELECT * FROM items WHERE drop_key = (SELECT key FROM drops WHERE id = ?1) AND ",
            $($rest,)+
            ") i JOIN folders f ON f.drop_key = i.drop_key AND f.place = i.folder"
        )
    };
}

/// The columns of [`select_items`]; bytes are hexadecimal digits, or empty.
type Row = (
    u64,
    u32,
    String,
    String,
    String,
    String,
    Option<u64>,
    Option<i64>,
    String,
    String,
    item_state::StateRow,
    MovedRow,
);

/// A file's new path, if the user moved it.
type MovedRow = (Option<String>, String);

/// Items taken from the iterator at a time, so that a million of them are never in memory.
const CHUNK: usize = 2048;

pub(super) async fn enqueue(
    db: &Connections,
    drop: DropId,
    items: &mut (dyn Iterator<Item = NewItem> + Send),
    left_out: &[LeftOutEntry],
    folders: &[DropFolder],
) -> Result<()> {
    let mut write = db.write().await?;
    let (key, phase) = find(&mut write, drop).await?;
    if phase != DropPhase::Preparing {
        return Err(PortError::invalid(format!("The files of drop {drop} are in the queue already.")).into());
    }
    left_out::add(key, left_out, &mut write).await?;
    let mut tally = Tally::default();
    add(key, 0, items, FolderNumbers::of(folders), &mut tally, &mut write).await?;
    tally.add_to(key, &mut write).await?;
    sqlx::query("UPDATE drops SET phase = 'filing' WHERE key = ?1").bind(key).execute(&mut *write).await?;
    write.commit().await
}

pub(super) async fn replace(
    db: &Connections,
    drop: DropId,
    seqs: &[u64],
    items: &mut (dyn Iterator<Item = NewItem> + Send),
    left_out: &[LeftOutEntry],
    folders: &[DropFolder],
) -> Result<()> {
    let mut write = db.write().await?;
    let (key, phase) = find(&mut write, drop).await?;
    if phase == DropPhase::Preparing {
        return Err(PortError::invalid(format!("The files of drop {drop} are not in the queue yet.")).into());
    }
    let seqs: Vec<i64> = seqs.iter().map(|seq| signed(*seq)).collect::<Result<_>>()?;
    let mut tally = Tally::default();
    for (state, size) in standing(key, seqs.iter().copied(), &mut write).await?.into_values() {
        tally.leave(state, size);
    }
    // Above every number ever assigned, as far as known: the rows of finished items are gone.
    let first: i64 = sqlx::query_scalar(
        "SELECT max(d.stored + d.skipped + d.given_up + d.waiting + d.attention + d.cancelled, \
         (SELECT ifnull(max(seq), -1) + 1 FROM items WHERE drop_key = d.key)) FROM drops d WHERE d.key = ?1",
    )
    .bind(key)
    .fetch_one(&mut *write)
    .await?;
    forget(key, seqs, &mut write).await?;
    left_out::add(key, left_out, &mut write).await?;
    let numbers = FolderNumbers::more(key, folders, &mut write).await?;
    add(key, first, items, numbers, &mut tally, &mut write).await?;
    tally.add_to(key, &mut write).await?;
    write.commit().await
}

/// Writes items, numbered from `seq` on, and their folders.
async fn add(
    key: i64,
    mut seq: i64,
    items: &mut (dyn Iterator<Item = NewItem> + Send),
    mut numbers: FolderNumbers,
    tally: &mut Tally,
    connection: &mut SqliteConnection,
) -> Result<()> {
    loop {
        let mut chunk = Vec::with_capacity(CHUNK);
        for item in items.take(CHUNK) {
            tally.enter(&item.state, size_of(item.read.as_ref())?);
            chunk.push((seq, numbers.number(&item.folder), item));
            seq += 1;
        }
        numbers.write(key, connection).await?;
        if chunk.is_empty() {
            return Ok(());
        }
        let rows = chunk.iter().map(|(seq, folder, item)| Ok((*seq, *folder, item, columns_of(item)?)));
        let rows: Vec<_> = rows.collect::<Result<_>>()?;
        ITEMS
            .write(connection, &rows, |values, (seq, folder, item, columns)| {
                let (name, name_exact) = path(&item.name);
                values.add(key).add(*seq).add(i64::from(item.source)).add(*folder).add(name).add(name_exact);
                values.add(columns.size).add(item.read.map(|read| read.last_modified.0));
                values.add(item.read.as_ref().map(|read| &read.hash.as_bytes()[..])).add(&item.event.as_bytes()[..]);
                columns.state.add_to(values);
                let moved_to = item.moved_to.as_ref().map(|place| PathText::from_os(place.as_os_str()));
                add_place(values, moved_to.as_ref());
            })
            .await?;
    }
}

/// The fallible columns of an item, computed before it is written.
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

/// The columns `moved_to, moved_to_exact`.
pub(super) fn add_place(values: &mut Values, place: Option<&PathText>) {
    let (text, exact) = place.map(path).unzip();
    values.add(text).add(exact.flatten());
}

pub(super) async fn open(db: &Connections, drop: DropId, from_seq: u64, most: usize) -> Result<Vec<Item>> {
    let rows: String = sqlx::query_scalar(select_items!("seq >= ?2 AND state <= ?3 ORDER BY seq LIMIT ?4"))
        .bind(&drop.as_bytes()[..])
        .bind(i64::try_from(from_seq).unwrap_or(i64::MAX))
        .bind(LAST_OPEN)
        .bind(limit(most))
        .fetch_one(&db.reading)
        .await?;
    read(&rows)
}

pub(super) async fn needing_attention(db: &Connections, drop: DropId) -> Result<Vec<Item>> {
    const { assert!(NEEDS_ATTENTION == 4, "the condition is spelled out for the index over it") };
    let rows: String =
        sqlx::query_scalar(select_items!("state = 4")).bind(&drop.as_bytes()[..]).fetch_one(&db.reading).await?;
    read(&rows)
}

pub(super) async fn waiting(db: &Connections, drop: DropId) -> Result<Vec<Item>> {
    const { assert!(WAITING == 3, "the condition is spelled out for the index over it") };
    let rows: String =
        sqlx::query_scalar(select_items!("state = 3")).bind(&drop.as_bytes()[..]).fetch_one(&db.reading).await?;
    read(&rows)
}

fn read(rows: &str) -> Result<Vec<Item>> {
    let rows: Vec<Row> = serde_json::from_str(rows).map_err(|_| StoreError::Unreadable("a list of files"))?;
    let mut items: Vec<Item> = rows.into_iter().map(item).collect::<Result<_>>()?;
    items.sort_unstable_by_key(|item| item.seq);
    Ok(items)
}

fn item(row: Row) -> Result<Item> {
    let (seq, source, folder, folder_exact, name, name_exact, size, last_modified, hash, event, state, moved) = row;
    let read = match (size, last_modified) {
        (Some(size), Some(last_modified)) => Some(Reading {
            size,
            last_modified: LastModified(last_modified),
            hash: FileHash::from_bytes(sized(&bytes(&hash)?)?),
        }),
        _ => None,
    };
    let file = NewItem {
        source,
        folder: path_text(folder, &folder_exact)?,
        name: path_text(name, &name_exact)?,
        read,
        event: EventId::from_bytes(sized(&bytes(&event)?)?),
        state: item_state::read(state)?,
        moved_to: match moved {
            (Some(text), exact) => Some(path_text(text, &exact)?.to_os().into()),
            (None, _) => None,
        },
    };
    Ok(Item { seq, file })
}

fn bytes(digits: &str) -> Result<Vec<u8>> {
    hex::decode(digits).map_err(|_| StoreError::Unreadable("an id or a hash"))
}

fn path_text(text: String, exact: &str) -> Result<PathText> {
    let exact = if exact.is_empty() { None } else { Some(bytes(exact)?) };
    Ok(PathText::from_parts(text, exact))
}
