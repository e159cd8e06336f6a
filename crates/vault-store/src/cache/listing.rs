//! Record lists of any length.
//!
//! The records of a folder are one short row each; their sort columns are read in pages, each page as one value, and
//! sorted here: a database would write them to a file and read them back.

use std::cmp::Ordering;

use sqlx::{AssertSqlSafe, SqliteConnection};
use tokio::task::spawn_blocking;
use vault_core::model::{FolderPaths, MetadataHash};
use vault_core::ports::{ListQuery, SortBy};

use super::folders;
use super::sort_key::sort_key;
use super::words::fold;
use crate::db::{Connections, list as number_list};
use crate::error::{Result, StoreError};

/// Records read at a time.
const PAGE: usize = 8192;

pub(super) async fn list(db: &Connections, query: &ListQuery) -> Result<Vec<MetadataHash>> {
    // A consistent snapshot, whatever is written meanwhile.
    let mut snapshot = db.reading.begin().await?;
    let keys = placed(query, &mut snapshot).await?;
    let text = page_text(query);
    let mut listing = Listing::new(query, keys.len());
    let mut pages = keys.chunks(PAGE);
    let mut next = pages.next();
    let mut rows = None;
    // While a page is read, the previous one is processed.
    loop {
        let taking = spawn_blocking(move || {
            rows.map_or(Ok(()), |rows: String| listing.take(&rows))?;
            Ok::<_, StoreError>(listing)
        });
        let reading = async {
            match next {
                Some(page) => Ok::<_, StoreError>(Some(read(&text, page, &mut snapshot).await?)),
                None => Ok(None),
            }
        };
        let (taken, read) = tokio::join!(taking, reading);
        listing = taken.map_err(|_| StoreError::Unreadable("a list of documents"))??;
        rows = read?;
        if rows.is_none() {
            break;
        }
        next = pages.next();
    }
    drop(snapshot);
    spawn_blocking(move || listing.sorted()).await.map_err(|_| StoreError::Unreadable("a list of documents"))
}

/// The keys of the folder's records, in order of arrival.
async fn placed(query: &ListQuery, connection: &mut SqliteConnection) -> Result<Vec<i64>> {
    let Some(folder) = folders::find(&query.folder, connection).await? else { return Ok(Vec::new()) };
    let keys: String = if query.deep {
        sqlx::query_scalar(
            "WITH RECURSIVE below (key, matter) AS (\
               SELECT key, matter FROM folders WHERE key = ?1 \
               UNION ALL \
               SELECT f.key, f.matter FROM below b JOIN folders f ON f.matter = b.matter AND f.parent = b.key) \
             SELECT json_group_array(p.record) FROM below b CROSS JOIN placements p ON p.folder = b.key",
        )
    } else {
        sqlx::query_scalar("SELECT json_group_array(record) FROM placements WHERE folder = ?1")
    }
    .bind(folder)
    .fetch_one(connection)
    .await?;
    let mut keys: Vec<i64> = serde_json::from_str(&keys).map_err(|_| StoreError::Unreadable("a list of documents"))?;
    // A record can be in several folders.
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// The statement that reads a page of records as one value: a JSON array of [`Row`]s.
fn page_text(query: &ListQuery) -> String {
    let value = match query.sort {
        SortBy::Name => "0",
        SortBy::Modified => "r.last_modified",
        SortBy::Size => "r.size",
        SortBy::Filed => "r.updated_at",
    };
    let folders = if query.deep && !query.containing.is_empty() { "r.folder_paths" } else { "''" };
    format!(
        "SELECT json_group_array(json_array(hex(r.metadata_hash), r.original_name, {value}, {folders})) \
         FROM json_each(?1) w CROSS JOIN records r ON r.key = w.value"
    )
}

/// Identity, name, sort value, and the folders in wire form if needed.
type Row<'r> = (&'r str, String, i64, String);

async fn read(text: &str, page: &[i64], connection: &mut SqliteConnection) -> Result<String> {
    let rows = sqlx::query_scalar(AssertSqlSafe(text.to_owned())).bind(number_list(page.iter().copied()));
    Ok(rows.fetch_one(connection).await?)
}

/// The rows read so far.
struct Listing {
    wanted: Wanted,
    sort: SortBy,
    descending: bool,
    ids: Vec<MetadataHash>,
    entries: Vec<Entry>,
    /// The sort keys of all names, concatenated, and where each begins.
    names: Vec<u8>,
    begins: Vec<usize>,
}

/// One record, small enough to be moved cheaply.
struct Entry {
    value: i64,
    /// The first bytes of the name's sort key, which decide in most cases.
    name: [u8; 8],
    /// Its position in order of arrival.
    at: u32,
}

impl Listing {
    fn new(query: &ListQuery, most: usize) -> Self {
        let most = if query.containing.is_empty() { most } else { 0 };
        Self {
            wanted: Wanted::new(query),
            sort: query.sort,
            descending: query.descending,
            ids: Vec::with_capacity(most),
            entries: Vec::with_capacity(most),
            names: Vec::new(),
            begins: Vec::with_capacity(most),
        }
    }

    fn take(&mut self, rows: &str) -> Result<()> {
        let rows: Vec<Row<'_>> =
            serde_json::from_str(rows).map_err(|_| StoreError::Unreadable("a list of documents"))?;
        for (id, name, value, folders) in rows {
            if !self.wanted.has(&name, &folders) {
                continue;
            }
            let mut bytes = [0; 32];
            hex::decode_to_slice(id, &mut bytes).map_err(|_| StoreError::Unreadable("the identity of a document"))?;
            let key = sort_key(&name);
            let mut first = [0; 8];
            let length = key.len().min(first.len());
            first[..length].copy_from_slice(&key[..length]);
            let at = u32::try_from(self.ids.len()).map_err(|_| StoreError::Unreadable("a list that is too long"))?;
            self.entries.push(Entry { value, name: first, at });
            self.begins.push(self.names.len());
            self.names.extend_from_slice(&key);
            self.ids.push(MetadataHash::from_bytes(bytes));
        }
        Ok(())
    }

    fn sorted(self) -> Vec<MetadataHash> {
        let Self { ids, mut entries, names, begins, sort, descending, .. } = self;
        let name = |entry: &Entry| {
            let at = entry.at as usize;
            &names[begins[at]..begins.get(at + 1).copied().unwrap_or(names.len())]
        };
        let by_name = |a: &Entry, b: &Entry| a.name.cmp(&b.name).then_with(|| name(a).cmp(name(b)));
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        if sort == SortBy::Name {
            entries.sort_unstable_by(|a, b| turned(by_name(a, b)).then(a.at.cmp(&b.at)));
        } else {
            entries.sort_unstable_by(|a, b| {
                turned(a.value.cmp(&b.value)).then_with(|| by_name(a, b)).then(a.at.cmp(&b.at))
            });
        }
        entries.iter().map(|entry| ids[entry.at as usize]).collect()
    }
}

/// The filter of a list.
struct Wanted {
    text: String,
    /// The listed folder, without a `/` at its ends; `None` if only names are filtered.
    folder: Option<String>,
}

impl Wanted {
    fn new(query: &ListQuery) -> Self {
        let folder = query.deep.then(|| folders::segments(&query.folder.path).collect::<Vec<_>>().join("/"));
        Self { text: fold(&query.containing), folder }
    }

    fn has(&self, name: &str, folders: &str) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let name = fold(name);
        name.contains(&self.text)
            || self.folder.as_deref().is_some_and(|top| {
                let paths = FolderPaths::parse(folders);
                paths.iter().filter_map(|path| below(path, top)).any(|below| {
                    let path = format!("{}/{name}", fold(below));
                    path.contains(&self.text)
                })
            })
    }
}

/// The part of a path below a folder; `None` if it is not below it.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path).filter(|path| !path.is_empty());
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}
