//! Multi-row statements. Each statement is a message to `SQLite`'s thread, which costs as much as some ten rows; so
//! rows are written in a few fixed group sizes, up to hundreds, so that a statement's text and plan are made once.
//!
//! Inserts say `OR FAIL`: a statement that may have to undo a part of itself copies every page it changes. Callers roll
//! back the whole transaction when a statement fails.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe, Sqlite, SqliteConnection, Type};

use crate::error::Result;

/// The possible numbers of rows per statement.
const SIZES: [usize; 4] = [256, 32, 4, 1];

/// SQL with a list of rows in it.
pub(crate) struct ManyRows {
    before: &'static str,
    columns: usize,
    after: &'static str,
    texts: [OnceLock<Arc<str>>; SIZES.len()],
}

/// The values of one statement's rows, in order.
pub(crate) struct Values {
    arguments: SqliteArguments,
    failed: Option<BoxDynError>,
}

impl Values {
    /// Adds the value of the next column.
    pub(crate) fn add<'t, T: Encode<'t, Sqlite> + Type<Sqlite>>(&mut self, value: T) -> &mut Self {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(error);
        }
        self
    }
}

impl ManyRows {
    /// `before`, then `VALUES` and rows of this many `columns`, then `after`.
    pub(crate) const fn new(before: &'static str, columns: usize, after: &'static str) -> Self {
        Self { before, columns, after, texts: [const { OnceLock::new() }; SIZES.len()] }
    }

    /// Executes the statement for all rows; `values` adds those of one row.
    pub(crate) async fn write<T: Sync>(
        &self,
        connection: &mut SqliteConnection,
        rows: &[T],
        values: impl Fn(&mut Values, &T) + Sync,
    ) -> Result<()> {
        let mut chunks = self.chunks(rows).map(|(text, rows)| Ok((text, self.bound(rows, &values)?)));
        let mut next: Option<Result<_>> = chunks.next();
        while let Some(statement) = next {
            let (text, arguments) = statement?;
            let running = sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut *connection);
            // While one statement runs on the database's thread, this thread prepares the next one's values.
            let (done, following) = tokio::join!(running, async { chunks.next() });
            done?;
            next = following;
        }
        Ok(())
    }

    /// Splits the rows into as few statements as possible.
    fn chunks<'a, T>(&'a self, mut rows: &'a [T]) -> impl Iterator<Item = (Arc<str>, &'a [T])> {
        std::iter::from_fn(move || {
            let (size, text) = SIZES.iter().zip(&self.texts).find(|(size, _)| **size <= rows.len())?;
            let (now, later) = rows.split_at(*size);
            rows = later;
            Some((Arc::clone(text.get_or_init(|| self.text(*size))), now))
        })
    }

    fn bound<T>(&self, rows: &[T], values: &impl Fn(&mut Values, &T)) -> Result<SqliteArguments> {
        let mut bound = Values { arguments: SqliteArguments::default(), failed: None };
        bound.arguments.reserve(rows.len() * self.columns, 0);
        for row in rows {
            values(&mut bound, row);
        }
        bound.failed.map_or(Ok(bound.arguments), |error| Err(sqlx::Error::Encode(error).into()))
    }

    fn text(&self, rows: usize) -> Arc<str> {
        let row = format!("({})", vec!["?"; self.columns].join(","));
        let mut text = String::with_capacity(self.before.len() + self.after.len() + rows * (row.len() + 1) + 16);
        let _ = write!(text, "{} VALUES {}", self.before, vec![row.as_str(); rows].join(","));
        let _ = write!(text, " {}", self.after);
        text.into()
    }
}
