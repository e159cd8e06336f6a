//! Converting values to and from SQL.

use std::fmt::Write as _;

use sqlx::decode::Decode;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Type};
use vault_core::model::{FileHash, MetadataHash, PathText};
use vault_core::ports::PortError;

use crate::error::{Result, StoreError};

/// The columns of a row, read in the statement's order: `sqlx::FromRow` looks each column up by its name in each row, which
/// lists, searches and catching up would feel, and needs a struct of raw values for what is read here as ids, hashes and
/// paths.
pub(crate) struct Columns<'r> {
    row: &'r SqliteRow,
    at: usize,
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r SqliteRow) -> Self {
        Self { row, at: 0 }
    }

    /// The next column.
    pub(crate) fn next<T: Decode<'r, Sqlite> + Type<Sqlite>>(&mut self) -> Result<T> {
        let at = self.at;
        self.at += 1;
        Ok(self.row.try_get(at)?)
    }

    /// A length or count.
    pub(crate) fn count(&mut self) -> Result<u64> {
        u64::try_from(self.next::<i64>()?).map_err(|_| StoreError::Unreadable("a negative count"))
    }

    /// An id or hash.
    pub(crate) fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        sized(self.next::<&[u8]>()?)
    }

    /// The hash of a file's content.
    pub(crate) fn file_hash(&mut self) -> Result<FileHash> {
        Ok(FileHash::from_bytes(self.bytes()?))
    }

    /// The identity of a record.
    pub(crate) fn metadata_hash(&mut self) -> Result<MetadataHash> {
        Ok(MetadataHash::from_bytes(self.bytes()?))
    }

    /// A name or path: two columns.
    pub(crate) fn path(&mut self) -> Result<PathText> {
        let text: String = self.next()?;
        Ok(PathText::from_parts(text, self.next()?))
    }

    /// The source index within a drop, if stored.
    pub(crate) fn source(&mut self) -> Result<Option<u32>> {
        let stored = self.next::<Option<i64>>()?;
        let read = |number| u32::try_from(number).map_err(|_| StoreError::Unreadable("the number of a source"));
        stored.map(read).transpose()
    }

    /// An id that is a text.
    pub(crate) fn id<T, E>(&mut self, read: impl FnOnce(String) -> std::result::Result<T, E>) -> Result<T> {
        read(self.next()?).map_err(|_| StoreError::Unreadable("an id"))
    }
}

pub(crate) fn sized<const N: usize>(stored: &[u8]) -> Result<[u8; N]> {
    stored.try_into().map_err(|_| StoreError::Unreadable("an id or a hash of the wrong length"))
}

/// The two columns of a name or path.
pub(crate) fn path(path: &PathText) -> (&str, Option<&[u8]>) {
    (path.text(), path.exact())
}

/// The first 8 bytes of a hash as a number, for the index. Numbers of hashes with the same first digit have the order
/// of the hashes.
pub(crate) fn head(hash: &[u8; 32]) -> i64 {
    hash.first_chunk().map_or(0, |head| i64::from_be_bytes(*head))
}

/// A length or count for the database, whose integers are signed.
pub(crate) fn signed(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|_| PortError::invalid("A number is larger than can be kept.").into())
}

/// A page's row limit for SQL.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Numbers as one value, for `json_each`: the statement's text is the same for any number of them.
pub(crate) fn list(numbers: impl IntoIterator<Item = i64>) -> String {
    let mut json = String::from("[");
    for number in numbers {
        let _ = write!(json, "{number},");
    }
    closed(json)
}

/// Ids or hashes as one value; `unhex(value)` reads them.
pub(crate) fn hex_list<'a>(keys: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut json = String::from("[");
    for key in keys {
        let _ = write!(json, "\"{}\",", hex::encode(key));
    }
    closed(json)
}

/// Texts as one value.
pub(crate) fn text_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    serde_json::Value::from_iter(texts).to_string()
}

fn closed(mut json: String) -> String {
    if json.ends_with(',') {
        json.pop();
    }
    json.push(']');
    json
}
