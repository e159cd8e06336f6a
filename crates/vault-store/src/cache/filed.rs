//! Statistics of matters: the number of records, and the time of the last one.

use std::collections::HashMap;

use sqlx::SqliteConnection;
use vault_core::model::Timestamp;

use crate::db::ManyRows;
use crate::error::Result;

static FILED: ManyRows = ManyRows::new(
    "UPDATE matter_keys SET files = files + n.column2, \
     last_filed = max(ifnull(last_filed, n.column3), ifnull(n.column3, last_filed)) FROM (",
    3,
    ") n WHERE key = n.column1",
);

/// Changes of a batch to matters' statistics, by key.
#[derive(Debug, Default)]
pub(super) struct Filed(HashMap<i64, (i64, Option<i64>)>);

impl Filed {
    /// Counts a new record in a matter.
    pub(super) fn record(&mut self, matter: i64) {
        self.0.entry(matter).or_default().0 += 1;
    }

    /// Records the time when something was stored in a matter.
    pub(super) fn stored(&mut self, matter: i64, at: Timestamp) {
        let latest = &mut self.0.entry(matter).or_default().1;
        *latest = (*latest).max(Some(at.0));
    }

    pub(super) async fn write(self, connection: &mut SqliteConnection) -> Result<()> {
        let rows: Vec<_> = self.0.into_iter().collect();
        FILED
            .write(connection, &rows, |values, (matter, (files, last_filed))| {
                values.add(*matter).add(*files).add(*last_filed);
            })
            .await
    }
}
