//! `journal.db`: the queue of this computer, and the changes that wait to be sent.
//!
//! A drop's row contains the counts of its items, updated in the transaction that changes an item, so that reading them
//! never counts a million rows. A finished item leaves the queue at once: the vault's events record it.

mod backup;
mod drops;
mod edit_fields;
mod folders;
mod item_state;
mod items;
mod left_out;
mod moves;
mod open;
mod outbox;
mod tally;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use vault_core::model::{DropCounts, DropFolder, DropId, EditId, EventKind, Timestamp};
use vault_core::ports::{
    DropPhase, Item, ItemUpdate, Journal, JournaledDrop, LeftOutEntry, NewDrop, NewItem, Outbox, PortError,
    UploadSession, WaitingEdit,
};
use vault_core::queue::PauseReason;

use crate::db::Connections;
use crate::error::{StoreError, Which};

/// The queue of this computer, in a file.
#[derive(Debug, Clone)]
pub struct JournalDb {
    db: Connections,
    file: PathBuf,
}

fn fault(error: StoreError) -> PortError {
    error.for_person(Which::Journal)
}

impl JournalDb {
    /// Opens `journal.db` at `file`, or creates it; its folder must exist. Before the tables of a non-empty queue are
    /// migrated, a backup is made beside it.
    ///
    /// # Errors
    /// `Damaged` for a file that is damaged, is no journal, or has a newer version of Strongroom; it is left untouched.
    pub async fn open(file: &Path) -> Result<Self, PortError> {
        let db = open::open(file).await.map_err(fault)?;
        Ok(Self { db, file: file.to_owned() })
    }

    /// Closes the file, so that the caller can move it; later reads fail.
    ///
    /// # Errors
    /// [`PortError`] if the last pages could not be written; they are in the log beside the file.
    pub async fn close_file(&self) -> Result<(), PortError> {
        self.db.close().await.map_err(fault)
    }
}

#[async_trait]
impl Journal for JournalDb {
    async fn accept(&self, drop: &NewDrop) -> Result<(), PortError> {
        drops::accept(&self.db, drop).await.map_err(fault)
    }

    async fn enqueue(
        &self,
        drop: DropId,
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError> {
        items::enqueue(&self.db, drop, items, left_out, folders).await.map_err(fault)
    }

    async fn replace(
        &self,
        drop: DropId,
        seqs: &[u64],
        items: &mut (dyn Iterator<Item = NewItem> + Send),
        left_out: &[LeftOutEntry],
        folders: &[DropFolder],
    ) -> Result<(), PortError> {
        items::replace(&self.db, drop, seqs, items, left_out, folders).await.map_err(fault)
    }

    async fn drop_by_id(&self, drop: DropId) -> Result<Option<JournaledDrop>, PortError> {
        drops::by_id(&self.db, drop).await.map_err(fault)
    }

    async fn unfinished(&self) -> Result<Vec<JournaledDrop>, PortError> {
        drops::unfinished(&self.db).await.map_err(fault)
    }

    async fn needing_attention(&self) -> Result<Vec<JournaledDrop>, PortError> {
        drops::needing_attention(&self.db).await.map_err(fault)
    }

    async fn open_items(&self, drop: DropId, from_seq: u64, limit: usize) -> Result<Vec<Item>, PortError> {
        items::open(&self.db, drop, from_seq, limit).await.map_err(fault)
    }

    async fn attention_items(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        items::needing_attention(&self.db, drop).await.map_err(fault)
    }

    async fn waiting_items(&self, drop: DropId) -> Result<Vec<Item>, PortError> {
        items::waiting(&self.db, drop).await.map_err(fault)
    }

    async fn advance(&self, drop: DropId, changes: &[ItemUpdate]) -> Result<Vec<u64>, PortError> {
        moves::advance(&self.db, drop, changes).await.map_err(fault)
    }

    async fn relocate(&self, drop: DropId, places: &[(u64, PathBuf)]) -> Result<(), PortError> {
        moves::relocate(&self.db, drop, places).await.map_err(fault)
    }

    async fn done(&self, drop: DropId, seqs: &[(u64, EventKind)]) -> Result<(), PortError> {
        moves::done(&self.db, drop, seqs).await.map_err(fault)
    }

    async fn pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError> {
        drops::pause(&self.db, drop, reason).await.map_err(fault)
    }

    async fn resume(&self, drop: DropId) -> Result<(), PortError> {
        drops::resume(&self.db, drop).await.map_err(fault)
    }

    async fn clear_pause(&self, drop: DropId, reason: &PauseReason) -> Result<(), PortError> {
        drops::clear_pause(&self.db, drop, reason).await.map_err(fault)
    }

    async fn close(&self, drop: DropId, phase: DropPhase, at: Timestamp) -> Result<DropCounts, PortError> {
        drops::close(&self.db, drop, phase, at).await.map_err(fault)
    }

    async fn reopen(&self, drop: DropId) -> Result<(), PortError> {
        drops::reopen(&self.db, drop).await.map_err(fault)
    }

    async fn left_out(&self, drop: DropId) -> Result<Vec<LeftOutEntry>, PortError> {
        left_out::of_drop(&self.db, drop).await.map_err(fault)
    }

    async fn folders(&self, drop: DropId) -> Result<Vec<DropFolder>, PortError> {
        folders::of_drop(&self.db, drop).await.map_err(fault)
    }

    async fn keep_session(&self, drop: DropId, seq: u64, session: &UploadSession) -> Result<(), PortError> {
        moves::keep_session(&self.db, drop, seq, session).await.map_err(fault)
    }

    async fn backup(&self) -> Result<PathBuf, PortError> {
        backup::backup(&self.db.reading, &self.file).await.map_err(fault)
    }
}

#[async_trait]
impl Outbox for JournalDb {
    async fn keep(&self, edit: &WaitingEdit) -> Result<WaitingEdit, PortError> {
        outbox::keep(&self.db, edit).await.map_err(fault)
    }

    async fn waiting(&self) -> Result<Vec<WaitingEdit>, PortError> {
        outbox::all(&self.db).await.map_err(fault)
    }

    async fn refuse(&self, id: EditId, reason: &str) -> Result<(), PortError> {
        outbox::refuse(&self.db, id, reason).await.map_err(fault)
    }

    async fn take_up(&self, id: EditId, based_on: Option<Timestamp>) -> Result<(), PortError> {
        outbox::take_up(&self.db, id, based_on).await.map_err(fault)
    }

    async fn sent(&self, edit: &WaitingEdit, at: Timestamp) -> Result<(), PortError> {
        outbox::sent(&self.db, edit, at).await.map_err(fault)
    }

    async fn confirm_sent(&self, id: EditId) -> Result<(), PortError> {
        outbox::confirm_sent(&self.db, id).await.map_err(fault)
    }
}
