//! The folders of a drop, each once, with the number items know it by.

use std::collections::HashMap;

use sqlx::SqliteConnection;
use vault_core::model::{DropFolder, DropId, LastModified, PathText};

use crate::db::{Columns, Connections, ManyRows, path};
use crate::error::Result;

static FOLDERS: ManyRows =
    ManyRows::new("INSERT OR FAIL INTO folders (drop_key, place, path, path_exact, last_modified)", 5, "");

/// Folders that have a number, and those that are still to be written.
#[derive(Debug, Default)]
pub(super) struct FolderNumbers {
    numbers: HashMap<PathText, i64>,
    new: Vec<(i64, PathText, Option<LastModified>)>,
}

impl FolderNumbers {
    /// Gives the drop's folders the first numbers, in their order.
    pub(super) fn of(folders: &[DropFolder]) -> Self {
        let mut numbered = Self::default();
        numbered.add_new(folders);
        numbered
    }

    fn add_new(&mut self, folders: &[DropFolder]) {
        for folder in folders {
            if !self.numbers.contains_key(&folder.path) {
                self.add(&folder.path, Some(folder.last_modified));
            }
        }
    }

    /// Knows the folders a drop has, and gives those that are new the next numbers.
    pub(super) async fn more(drop_key: i64, folders: &[DropFolder], connection: &mut SqliteConnection) -> Result<Self> {
        let rows = sqlx::query("SELECT place, path, path_exact FROM folders WHERE drop_key = ?1")
            .bind(drop_key)
            .fetch_all(connection)
            .await?;
        let mut numbered = Self::default();
        for row in &rows {
            let mut columns = Columns::of(row);
            let place = columns.next()?;
            numbered.numbers.insert(columns.path()?, place);
        }
        numbered.add_new(folders);
        Ok(numbered)
    }

    /// The number of a folder; a new one for a place that is not part of the drop.
    pub(super) fn number(&mut self, folder: &PathText) -> i64 {
        self.numbers.get(folder).copied().unwrap_or_else(|| self.add(folder, None))
    }

    fn add(&mut self, folder: &PathText, last_modified: Option<LastModified>) -> i64 {
        let number = i64::try_from(self.numbers.len()).unwrap_or(i64::MAX);
        self.numbers.insert(folder.clone(), number);
        self.new.push((number, folder.clone(), last_modified));
        number
    }

    /// Writes the folders that are not written yet.
    pub(super) async fn write(&mut self, drop_key: i64, connection: &mut SqliteConnection) -> Result<()> {
        let new = std::mem::take(&mut self.new);
        FOLDERS
            .write(connection, &new, |values, (place, folder, last_modified)| {
                let (text, exact) = path(folder);
                values.add(drop_key).add(*place).add(text).add(exact).add(last_modified.map(|time| time.0));
            })
            .await
    }
}

pub(super) async fn of_drop(db: &Connections, drop: DropId) -> Result<Vec<DropFolder>> {
    let rows = sqlx::query(
        "SELECT path, path_exact, last_modified FROM folders \
         WHERE drop_key = (SELECT key FROM drops WHERE id = ?1) AND last_modified IS NOT NULL ORDER BY place",
    )
    .bind(&drop.as_bytes()[..])
    .fetch_all(&db.reading)
    .await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row);
            Ok(DropFolder { path: columns.path()?, last_modified: LastModified(columns.next()?) })
        })
        .collect()
}
