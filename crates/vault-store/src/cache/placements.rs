//! Which records are in which folder.

use sqlx::SqliteConnection;

use crate::db::ManyRows;
use crate::error::Result;

static ADDED: ManyRows = ManyRows::new("INSERT OR FAIL INTO placements (folder, record)", 2, "");
static TAKEN: ManyRows = ManyRows::new("DELETE FROM placements WHERE (folder, record) IN (", 2, ")");

/// A record in a folder.
#[derive(Debug)]
pub(super) struct Placement {
    pub(super) folder: i64,
    pub(super) record: i64,
}

pub(super) async fn add(placements: &[Placement], connection: &mut SqliteConnection) -> Result<()> {
    ADDED
        .write(connection, placements, |values, placement| {
            values.add(placement.folder).add(placement.record);
        })
        .await
}

pub(super) async fn take(placements: &[Placement], connection: &mut SqliteConnection) -> Result<()> {
    TAKEN
        .write(connection, placements, |values, placement| {
            values.add(placement.folder).add(placement.record);
        })
        .await
}
