//! The folders of matters as a tree, with how many records stand in each.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;

use super::keys::next_key;
use super::words::{self, Index, indexed};
use crate::db::{Columns, ManyRows, list};
use crate::error::Result;

static FOLDERS: ManyRows =
    ManyRows::new("INSERT OR FAIL INTO folders (key, matter, parent, name, direct, total)", 6, "");
static COUNTS: ManyRows = ManyRows::new(
    "UPDATE folders SET direct = direct + n.column2, total = total + n.column3 FROM (",
    3,
    ") n WHERE key = n.column1",
);

/// The parent of the top of a matter.
const NONE: i64 = 0;

/// A folder by what it is called where.
type Name<'a> = (i64, i64, &'a str);

/// The folders a batch of records stands in or leaves, and the differences in their counts.
#[derive(Debug, Default)]
pub(super) struct FolderTree {
    /// By matter and path.
    keys: HashMap<i64, HashMap<String, i64>>,
    parents: HashMap<i64, i64>,
    differences: HashMap<i64, (i64, i64)>,
}

/// A path on its way down from the top of its matter.
struct Descent<'a> {
    matter: i64,
    path: &'a str,
    above: &'a str,
    name: &'a str,
    below: &'a str,
    at: i64,
}

impl<'a> Descent<'a> {
    fn new(matter: i64, path: &'a str) -> Self {
        Self { matter, path, above: "", name: "", below: path, at: NONE }
    }

    /// Goes one folder down; `None` at the end of the path.
    fn down(&mut self) -> Option<()> {
        if self.below.is_empty() {
            return None;
        }
        let begins = self.path.len() - self.below.len();
        let (name, below) = self.below.split_once('/').unwrap_or((self.below, ""));
        self.above = &self.path[..begins];
        self.name = name;
        self.below = below;
        Some(())
    }
}

impl FolderTree {
    /// Finds these folders (matter and path), or makes them.
    pub(super) async fn of(paths: &BTreeSet<(i64, &str)>, connection: &mut SqliteConnection) -> Result<Self> {
        let mut tree = Self::default();
        let mut level: Vec<Descent<'_>> = paths.iter().map(|(matter, path)| Descent::new(*matter, path)).collect();
        let mut next = next_key!("folders", connection)?;
        let first_new = next;
        while !level.is_empty() {
            let mut found = find(&level, first_new, connection).await?;
            let mut made = Vec::new();
            for step in &mut level {
                let name: Name<'_> = (step.matter, step.at, step.name);
                let key = *found.entry((name.0, name.1, name.2.to_owned())).or_insert_with(|| {
                    made.push((next, name, step.above));
                    next += 1;
                    next - 1
                });
                tree.parents.insert(key, step.at);
                step.at = key;
            }
            make(&made, connection).await?;
            level.retain_mut(|step| {
                let goes_on = step.down().is_some();
                if !goes_on {
                    tree.keys.entry(step.matter).or_default().insert(step.path.to_owned(), step.at);
                }
                goes_on
            });
        }
        Ok(tree)
    }

    /// Counts a record that comes to stand in a folder (`by` 1) or leaves it (-1). Returns the folder's key.
    pub(super) fn count(&mut self, matter: i64, path: &str, by: i64) -> Option<i64> {
        let folder = *self.keys.get(&matter)?.get(path)?;
        self.differences.entry(folder).or_default().0 += by;
        let mut at = folder;
        while at != NONE {
            self.differences.entry(at).or_default().1 += by;
            at = *self.parents.get(&at)?;
        }
        Some(folder)
    }

    /// Writes the counts, and removes the folders that were left empty.
    pub(super) async fn write(self, connection: &mut SqliteConnection) -> Result<()> {
        let changed: Vec<(i64, (i64, i64))> =
            self.differences.iter().filter(|(_, by)| **by != (0, 0)).map(|(key, by)| (*key, *by)).collect();
        COUNTS
            .write(connection, &changed, |values, (key, (direct, total))| {
                values.add(*key).add(*direct).add(*total);
            })
            .await?;
        // A folder that was made for a path that is gone by now, in the same batch, has no difference but is empty too.
        let keys = list(self.parents.keys().copied());
        let empty: Vec<i64> = sqlx::query_scalar(
            "DELETE FROM folders WHERE total = 0 AND key IN (SELECT value FROM json_each(?1)) RETURNING key",
        )
        .bind(keys)
        .fetch_all(&mut *connection)
        .await?;
        if !empty.is_empty() {
            sqlx::query("DELETE FROM folder_words WHERE rowid IN (SELECT value FROM json_each(?1))")
                .bind(list(empty))
                .execute(connection)
                .await?;
        }
        Ok(())
    }
}

/// The folders of one level that exist. A folder in one that was just made cannot.
async fn find(
    level: &[Descent<'_>],
    first_new: i64,
    connection: &mut SqliteConnection,
) -> Result<HashMap<(i64, i64, String), i64>> {
    let wanted: BTreeSet<Name<'_>> =
        level.iter().filter(|step| step.at < first_new).map(|step| (step.matter, step.at, step.name)).collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query(
        "SELECT f.matter, f.parent, f.name, f.key FROM json_each(?1) w CROSS JOIN folders f \
         ON f.matter = w.value ->> 0 AND f.parent = w.value ->> 1 AND f.name = w.value ->> 2",
    )
    .bind(serde_json::json!(wanted).to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(((columns.next()?, columns.next()?, columns.next()?), columns.next()?))
        })
        .collect()
}

async fn make(folders: &[(i64, Name<'_>, &str)], connection: &mut SqliteConnection) -> Result<()> {
    FOLDERS
        .write(connection, folders, |values, (key, (matter, parent, name), _)| {
            values.add(*key).add(*matter).add(*parent).add(*name).add(0_i64).add(0_i64);
        })
        .await?;
    if folders.is_empty() {
        return Ok(());
    }
    let rows = folders.iter().map(|(key, (_, _, name), above)| (*key, indexed(name, [*above])));
    words::add(Index::Folders, rows, connection).await
}
