//! Which records stand in which folder.

use sqlx::SqliteConnection;

use crate::db::ManyRows;
use crate::error::Result;

static ADDED: ManyRows = ManyRows::new("INSERT OR FAIL INTO placements (folder, sort_key, record)", 3, "");
static TAKEN: ManyRows = ManyRows::new("DELETE FROM placements WHERE (folder, sort_key, record) IN (", 3, ")");

/// A record in a folder, under the key by which the folder sorts it.
#[derive(Debug)]
pub(super) struct Placement {
    pub(super) folder: i64,
    pub(super) sort_key: Vec<u8>,
    pub(super) record: i64,
}

pub(super) async fn add(placements: &[Placement], connection: &mut SqliteConnection) -> Result<()> {
    ADDED
        .write(connection, placements, |values, placement| {
            values.add(placement.folder).add(&placement.sort_key[..]).add(placement.record);
        })
        .await
}

pub(super) async fn take(placements: &[Placement], connection: &mut SqliteConnection) -> Result<()> {
    TAKEN
        .write(connection, placements, |values, placement| {
            values.add(placement.folder).add(&placement.sort_key[..]).add(placement.record);
        })
        .await
}
