//! The folders of a drop, each once, with the number that items refer to.

use std::collections::{HashMap, HashSet};

use sqlx::SqliteConnection;
use vault_core::model::{DropFolder, DropId, LastModified, PathText};

use crate::db::{Columns, Connections, ManyRows, path};
use crate::error::Result;

static FOLDERS: ManyRows =
    ManyRows::new("INSERT OR FAIL INTO folders (drop_key, place, path, path_exact, last_modified, source)", 6, "");

/// A folder that is not written yet.
#[derive(Debug)]
struct New {
    number: i64,
    path: PathText,
    last_modified: Option<LastModified>,
    source: Option<u32>,
}

/// Folders with a number, and those that are not written yet.
#[derive(Debug, Default)]
pub(super) struct FolderNumbers {
    /// The next number.
    next: i64,
    /// The number that items use for a path: folders of different sources may have the same path.
    numbers: HashMap<PathText, i64>,
    /// The folders of the drop.
    known: HashSet<(Option<u32>, PathText)>,
    new: Vec<New>,
}

impl FolderNumbers {
    /// Numbers the drop's folders, in order, from the first number.
    pub(super) fn of(folders: &[DropFolder]) -> Self {
        let mut numbered = Self::default();
        numbered.add_new(folders);
        numbered
    }

    fn add_new(&mut self, folders: &[DropFolder]) {
        for DropFolder { path, source, last_modified } in folders {
            // Folders written by an older version have no source.
            let known = [*source, None].iter().any(|source| self.known.contains(&(*source, path.clone())));
            if !known {
                self.known.insert((*source, path.clone()));
                self.add(path, Some(*last_modified), *source);
            }
        }
    }

    /// Loads the stored folders of a drop, and numbers new ones.
    pub(super) async fn more(drop_key: i64, folders: &[DropFolder], connection: &mut SqliteConnection) -> Result<Self> {
        let rows = sqlx::query(
            "SELECT place, path, path_exact, source, last_modified FROM folders WHERE drop_key = ?1 ORDER BY place DESC",
        )
        .bind(drop_key)
        .fetch_all(connection)
        .await?;
        let mut numbered = Self::default();
        for row in &rows {
            let mut columns = Columns::of(row);
            let place: i64 = columns.next()?;
            let path = columns.path()?;
            let source = columns.source()?;
            numbered.next = numbered.next.max(place + 1);
            numbered.numbers.insert(path.clone(), place);
            if columns.next::<Option<i64>>()?.is_some() {
                numbered.known.insert((source, path));
            }
        }
        numbered.add_new(folders);
        Ok(numbered)
    }

    /// The number of a folder; a new one for a folder that is not part of the drop.
    pub(super) fn number(&mut self, folder: &PathText) -> i64 {
        self.numbers.get(folder).copied().unwrap_or_else(|| self.add(folder, None, None))
    }

    fn add(&mut self, path: &PathText, last_modified: Option<LastModified>, source: Option<u32>) -> i64 {
        let number = self.next;
        self.next += 1;
        self.numbers.entry(path.clone()).or_insert(number);
        self.new.push(New { number, path: path.clone(), last_modified, source });
        number
    }

    /// Writes the folders that are not stored yet.
    pub(super) async fn write(&mut self, drop_key: i64, connection: &mut SqliteConnection) -> Result<()> {
        let new = std::mem::take(&mut self.new);
        FOLDERS
            .write(connection, &new, |values, New { number, path: folder, last_modified, source }| {
                let (text, exact) = path(folder);
                values.add(drop_key).add(*number).add(text).add(exact).add(last_modified.map(|time| time.0));
                values.add(source.map(i64::from));
            })
            .await
    }
}

pub(super) async fn of_drop(db: &Connections, drop: DropId) -> Result<Vec<DropFolder>> {
    let rows = sqlx::query(
        "SELECT path, path_exact, source, last_modified FROM folders \
         WHERE drop_key = (SELECT key FROM drops WHERE id = ?1) AND last_modified IS NOT NULL ORDER BY place",
    )
    .bind(&drop.as_bytes()[..])
    .fetch_all(&db.reading)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(DropFolder {
                path: columns.path()?,
                source: columns.source()?,
                last_modified: LastModified(columns.next()?),
            })
        })
        .collect()
}
