//! Many keys in one statement: they are passed as one value, so that the statement's text, and with it its plan, is the
//! same for any number of them.

use vault_core::ports::PortError;

use super::{Result, unreadable};

/// SQL that is preceded by a table `wanted (n, key)`: the keys of `$length` bytes in the blob `?1`, numbered from 0.
macro_rules! with_wanted {
    ($length:literal, $($sql:literal),+) => {
        concat!(
            "WITH RECURSIVE wanted (n, key) AS (SELECT 0, substr(?1, 1, ", $length, ") WHERE length(?1) > 0 ",
            "UNION ALL SELECT n + 1, substr(?1, (n + 1) * ", $length, " + 1, ", $length, ") FROM wanted ",
            "WHERE (n + 2) * ", $length, " <= length(?1)) ",
            $($sql),+
        )
    };
}
pub(crate) use with_wanted;

/// The blob for such a statement.
pub(crate) fn packed<'a, const N: usize>(keys: impl IntoIterator<Item = &'a [u8; N]>) -> Vec<u8> {
    keys.into_iter().flatten().copied().collect()
}

/// A stored key or hash.
pub(crate) fn bytes<const N: usize>(stored: &[u8]) -> Result<[u8; N]> {
    stored.try_into().map_err(|_| unreadable("an id or a hash of the wrong length"))
}

/// A length or count for the database, whose integers are signed.
pub(crate) fn signed(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|_| PortError::invalid("A file is longer than the vault can keep."))
}

/// A stored length or count.
pub(crate) fn unsigned(stored: i64) -> Result<u64> {
    u64::try_from(stored).map_err(|_| unreadable("a negative length"))
}

/// The source index within a drop, if stored.
pub(crate) fn source_of(stored: Option<i64>) -> Result<Option<u32>> {
    stored.map(|number| u32::try_from(number).map_err(|_| unreadable("the number of a source"))).transpose()
}

/// A page's row limit for SQL.
pub(crate) fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
