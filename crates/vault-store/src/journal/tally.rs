//! Counts of a drop's items by state, and the effect of state changes.

use sqlx::SqliteConnection;
use vault_core::filing::ItemState;
use vault_core::model::EventKind;
use vault_core::ports::Reading;

use super::item_state::{self, CANCELLED, NEEDS_ATTENTION, WAITING};
use crate::db::signed;
use crate::error::Result;

/// A difference in a drop's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    stored: i64,
    skipped: i64,
    given_up: i64,
    bytes: i64,
    bytes_stored: i64,
    waiting: i64,
    later: i64,
    attention: i64,
    cancelled: i64,
}

/// The length of the read file; 0 for one that could not be read.
pub(super) fn size_of(read: Option<&Reading>) -> Result<i64> {
    read.map_or(Ok(0), |read| signed(read.size))
}

impl Tally {
    /// An item enters this state.
    pub(super) fn enter(&mut self, state: &ItemState, size: i64) {
        self.bytes += size;
        match state {
            ItemState::Done(kind) => self.done(*kind, size),
            other => self.count(item_state::code(other), 1),
        }
    }

    /// An item leaves the state with this code.
    pub(super) fn leave(&mut self, code: i64, size: i64) {
        self.bytes -= size;
        self.count(code, -1);
    }

    fn done(&mut self, kind: EventKind, size: i64) {
        match kind {
            EventKind::Success => {
                self.stored += 1;
                self.bytes_stored += size;
            }
            EventKind::AlreadyStored => self.skipped += 1,
            EventKind::Failed | EventKind::Interrupted => self.given_up += 1,
        }
    }

    fn count(&mut self, code: i64, change: i64) {
        match code {
            NEEDS_ATTENTION => self.attention += change,
            CANCELLED => self.cancelled += change,
            _ => self.waiting += change,
        }
        if code == WAITING {
            self.later += change;
        }
    }

    /// Adds the difference to the drop's counts.
    pub(super) async fn add_to(self, drop_key: i64, connection: &mut SqliteConnection) -> Result<()> {
        if self == Self::default() {
            return Ok(());
        }
        sqlx::query(
            "UPDATE drops SET stored = stored + ?2, skipped = skipped + ?3, given_up = given_up + ?4, \
             bytes = bytes + ?5, bytes_stored = bytes_stored + ?6, waiting = waiting + ?7, \
             attention = attention + ?8, cancelled = cancelled + ?9, later = later + ?10 WHERE key = ?1",
        )
        .bind(drop_key)
        .bind(self.stored)
        .bind(self.skipped)
        .bind(self.given_up)
        .bind(self.bytes)
        .bind(self.bytes_stored)
        .bind(self.waiting)
        .bind(self.attention)
        .bind(self.cancelled)
        .bind(self.later)
        .execute(connection)
        .await?;
        Ok(())
    }
}
