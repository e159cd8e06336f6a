//! The folders of matters as a tree, with the number of records in each.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;

use super::keys::next_key;
use super::words::{self, Index, indexed, nearest};
use crate::db::{Columns, ManyRows, list};
use crate::error::Result;

static FOLDERS: ManyRows =
    ManyRows::new("INSERT OR FAIL INTO folders (key, matter, parent, name, direct, total)", 6, "");
static COUNTS: ManyRows = ManyRows::new(
    "UPDATE folders SET direct = direct + n.column2, total = total + n.column3 FROM (",
    3,
    ") n WHERE key = n.column1",
);

/// The parent of a matter's root.
const NONE: i64 = 0;

/// The folders that a batch's records are added to or removed from, and the differences in their counts.
#[derive(Debug, Default)]
pub(super) struct FolderTree {
    /// By matter and path.
    keys: HashMap<i64, HashMap<String, i64>>,
    parents: HashMap<i64, i64>,
    differences: HashMap<i64, (i64, i64)>,
}

/// A folder to find or create.
struct Step<'a> {
    matter: i64,
    /// The step of its parent; `None` for a matter's root.
    from: Option<usize>,
    name: &'a str,
    /// The parent's path.
    above: &'a str,
}

/// All folders on the way to these, each after its parent; and the step of each path.
fn steps<'a>(paths: &BTreeSet<(i64, &'a str)>) -> (Vec<Step<'a>>, Vec<usize>) {
    let (mut steps, mut ends): (Vec<Step<'a>>, Vec<usize>) = (Vec::new(), Vec::with_capacity(paths.len()));
    let mut known: HashMap<(i64, Option<usize>, &'a str), usize> = HashMap::new();
    for &(matter, path) in paths {
        let mut step = |from, name, above| {
            *known.entry((matter, from, name)).or_insert_with(|| {
                steps.push(Step { matter, from, name, above });
                steps.len() - 1
            })
        };
        let (mut at, mut below) = (step(None, "", ""), path);
        while !below.is_empty() {
            let above = &path[..path.len() - below.len()];
            let (name, rest) = below.split_once('/').unwrap_or((below, ""));
            at = step(Some(at), name, above);
            below = rest;
        }
        ends.push(at);
    }
    (steps, ends)
}

impl FolderTree {
    /// Finds or creates these folders (matter and path). One query, however deep they are.
    pub(super) async fn of(paths: &BTreeSet<(i64, &str)>, connection: &mut SqliteConnection) -> Result<Self> {
        let mut tree = Self::default();
        let (steps, ends) = steps(paths);
        let found = find(&steps, connection).await?;
        let mut next = next_key!("folders", connection)?;
        let (mut keys, mut made): (Vec<i64>, Vec<Made<'_>>) = (Vec::with_capacity(steps.len()), Vec::new());
        for (number, step) in (0..).zip(&steps) {
            let parent = step.from.map_or(NONE, |from| keys[from]);
            let key = found.get(&number).copied().unwrap_or_else(|| {
                made.push((next, parent, step));
                next += 1;
                next - 1
            });
            tree.parents.insert(key, parent);
            keys.push(key);
        }
        make(&made, connection).await?;
        for ((matter, path), end) in paths.iter().zip(ends) {
            tree.keys.entry(*matter).or_default().insert((*path).to_owned(), keys[end]);
        }
        Ok(tree)
    }

    /// Counts a record that is added to a folder (`by` 1) or removed from it (-1). Returns the folder's key.
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

    /// Writes the counts, and removes empty folders.
    pub(super) async fn write(self, connection: &mut SqliteConnection) -> Result<()> {
        let changed: Vec<(i64, (i64, i64))> =
            self.differences.iter().filter(|(_, by)| **by != (0, 0)).map(|(key, by)| (*key, *by)).collect();
        COUNTS
            .write(connection, &changed, |values, (key, (direct, total))| {
                values.add(*key).add(*direct).add(*total);
            })
            .await?;
        // A folder created for a path that was removed in the same batch has no difference but is empty, too.
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

/// The keys of the existing folders, by the number of the step. A folder without an existing parent cannot exist.
async fn find(steps: &[Step<'_>], connection: &mut SqliteConnection) -> Result<HashMap<i64, i64>> {
    if steps.is_empty() {
        return Ok(HashMap::new());
    }
    // Roots of matters have the parent step -1.
    let from = |step: &Step<'_>| step.from.and_then(|from| i64::try_from(from).ok()).unwrap_or(-1);
    let wanted: Vec<(i64, i64, i64, &str)> =
        (0..).zip(steps).map(|(number, step)| (from(step), number, step.matter, step.name)).collect();
    let rows = sqlx::query(
        "WITH RECURSIVE wanted (above, number, matter, name) AS MATERIALIZED (              SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)),          found (number, key) AS (              VALUES (-1, 0)              UNION ALL              SELECT w.number, f.key FROM found d CROSS JOIN wanted w ON w.above = d.number CROSS JOIN folders f              ON f.matter = w.matter AND f.parent = d.key AND f.name = w.name)          SELECT number, key FROM found WHERE number >= 0",
    )
    .bind(serde_json::json!(wanted).to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok((columns.next()?, columns.next()?))
        })
        .collect()
}

/// A new folder: its key, its parent's key, and the rest.
type Made<'a> = (i64, i64, &'a Step<'a>);

async fn make(folders: &[Made<'_>], connection: &mut SqliteConnection) -> Result<()> {
    FOLDERS
        .write(connection, folders, |values, (key, parent, step)| {
            values.add(*key).add(step.matter).add(*parent).add(step.name).add(0_i64).add(0_i64);
        })
        .await?;
    if folders.is_empty() {
        return Ok(());
    }
    let rows = folders.iter().map(|(key, _, step)| (*key, indexed(step.name, [nearest(step.above)])));
    words::add(Index::Folders, rows, connection).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_ancestor_of_several_folders_is_queried_once() {
        let deep = (0..2_000).map(|n| n.to_string()).collect::<Vec<_>>().join("/");
        let paths = BTreeSet::from([(1, ""), (1, "0/1"), (1, "0/x"), (1, deep.as_str()), (2, "0/1")]);
        let (steps, ends) = steps(&paths);
        // The steps of the deep folder and its root, and `x`; then three of the other matter.
        assert_eq!(steps.len(), 2_001 + 1 + 3);
        let path = |end: &usize| format!("{}{}", steps[*end].above, steps[*end].name);
        let led: Vec<(i64, String)> = ends.iter().map(|end| (steps[*end].matter, path(end))).collect();
        assert_eq!(led, paths.iter().map(|(matter, path)| (*matter, (*path).to_owned())).collect::<Vec<_>>());
        assert!(steps.iter().enumerate().all(|(number, step)| step.from.is_none_or(|from| from < number)));
    }
}
