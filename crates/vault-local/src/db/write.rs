//! One atomic write: a transaction that assigns the revisions and the time of its rows.

use sqlx::{Sqlite, SqliteConnection, Transaction};
use vault_core::model::Timestamp;

use super::{Db, Result, fault};

/// Rows per statement. Each statement is a message to the database's thread, which costs as much as a few rows; beyond
/// some hundred rows nothing is gained.
pub(crate) const ROWS: usize = 256;

/// A write in progress. Rolled back if dropped without [`commit`](Self::commit).
pub(crate) struct Write {
    transaction: Transaction<'static, Sqlite>,
    revision: i64,
    first: i64,
    clock: i64,
    now: i64,
}

impl Db {
    /// Begins a write; waits for the previous one.
    pub(crate) async fn write(&self) -> Result<Write> {
        let mut transaction = self.writing.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
        let (revision, latest): (i64, i64) =
            sqlx::query_as("SELECT revision, latest FROM ledger").fetch_one(&mut *transaction).await.map_err(fault)?;
        let clock = self.clock.now().0;
        Ok(Write { transaction, revision, first: revision, clock, now: latest.max(clock) })
    }
}

impl Write {
    /// The connection to write with.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// The computer's clock. Revisions determine the order: if the clock was ahead once, later writes must not inherit
    /// that time.
    pub(crate) const fn clock(&self) -> Timestamp {
        Timestamp(self.clock)
    }

    /// The time of this write: never before that of an earlier one.
    pub(crate) const fn now(&self) -> Timestamp {
        Timestamp(self.now)
    }

    /// The time of this write if it has to be later than `before`, so that the two can be distinguished.
    pub(crate) fn now_after(&mut self, before: Option<Timestamp>) -> Timestamp {
        self.now = self.now.max(before.map_or(i64::MIN, |time| time.0.saturating_add(1)));
        Timestamp(self.now)
    }

    /// The revision of the next row.
    pub(crate) const fn next_revision(&mut self) -> i64 {
        self.revision += 1;
        self.revision
    }

    /// Reserves revisions for the next rows; returns the first.
    pub(crate) fn next_revisions(&mut self, rows: usize) -> i64 {
        let first = self.revision + 1;
        self.revision += i64::try_from(rows).unwrap_or(i64::MAX);
        first
    }

    /// Makes the write durable. If no revision was assigned, nothing was written.
    pub(crate) async fn commit(mut self) -> Result<()> {
        if self.revision == self.first {
            return self.transaction.rollback().await.map_err(fault);
        }
        sqlx::query("UPDATE ledger SET revision = ?1, latest = ?2")
            .bind(self.revision)
            .bind(self.now)
            .execute(&mut *self.transaction)
            .await
            .map_err(fault)?;
        self.transaction.commit().await.map_err(fault)
    }
}
