//! Files of a drop that need attention: put back into the queue, or dismissed.

use std::path::PathBuf;
use std::sync::Arc;

use super::enqueue::{folders, items};
use super::locate::{Moved, moved_with};
use super::{DropPhase, Item, ItemEvent, ItemState, ItemUpdate, JournaledDrop, LeftOutEntry, QueuedDrop};
use crate::intake::{IntakeProgress, LeftOut, Root, is_folder, scan_and_hash_roots};
use crate::ports::{Fingerprints, PortError};
use crate::preflight::{Preflight, StoredContent};
use crate::reason::Reason;
use crate::vault::VaultError;

/// How to read the folders that could not be read before.
pub(crate) struct Rereading {
    pub(crate) left_out: LeftOut,
    pub(crate) fingerprints: Arc<dyn Fingerprints>,
    pub(crate) progress: Arc<IntakeProgress>,
}

impl QueuedDrop<'_> {
    /// Puts these files back into the queue, or if none are given, all that need attention or wait for a retry; entries
    /// that are folders now are read again.
    pub(crate) async fn retry(&self, seqs: &[u64], rereading: Rereading) -> Result<(), VaultError> {
        let journal = self.context.journal;
        match self.drop.phase {
            DropPhase::Filing | DropPhase::Finished => {}
            DropPhase::Preparing => {
                return Err(PortError::invalid(Reason::DropNotRead).into());
            }
            DropPhase::Cancelled => return Err(given_up()),
        }
        if self.drop.is_cancelling() {
            return Err(given_up());
        }
        if self.drop.is_paused_by_user() {
            return Err(PortError::invalid(Reason::DropPaused).into());
        }
        let chosen = self.chosen(seqs).await?;
        let (unlisted, files) = self.folders_among(chosen).await;
        let found = self.read_anew(&unlisted, rereading).await?;
        let mut waiting = journal.waiting_items(self.id()).await?;
        waiting.retain(|item| seqs.is_empty() || seqs.contains(&item.seq));
        if self.drop.phase == DropPhase::Finished && !(unlisted.is_empty() && files.is_empty()) {
            journal.reopen(self.id()).await?;
        }
        if let Some(preflight) = found {
            let seqs: Vec<u64> = unlisted.iter().map(|item| item.seq).collect();
            let moved = self.moved(&unlisted);
            let mut items = items(self.context.clock, &preflight).map(|item| moved_with(&moved, item));
            let found = &preflight.found;
            journal.replace(self.id(), &seqs, &mut items, &found.left_out, &folders(found)).await?;
        }
        let again = |item: &Item| ItemUpdate { event: Some(self.fresh_event()), ..item.after(ItemEvent::Retry) };
        let now = |item: &Item| item.after(ItemEvent::Retry);
        let steps: Vec<ItemUpdate> = files.iter().map(again).chain(waiting.iter().map(now)).collect();
        journal.advance(self.id(), &steps).await?;
        Ok(())
    }

    /// Dismisses these files, or if none are given, all that need attention.
    pub(crate) async fn dismiss_failed(&self, seqs: &[u64]) -> Result<JournaledDrop, PortError> {
        let journal = self.context.journal;
        let chosen = self.chosen(seqs).await?;
        // The history has a failed event for a file that was read. One that could never be read has no event, because
        // its content is unknown; it is listed as left out instead.
        let (failed, unread): (Vec<Item>, Vec<Item>) = chosen.into_iter().partition(|item| item.file.read.is_some());
        let steps: Vec<ItemUpdate> = failed.iter().map(|item| item.after(ItemEvent::Dismissed)).collect();
        journal.advance(self.id(), &steps).await?;
        if !unread.is_empty() {
            let seqs: Vec<u64> = unread.iter().map(|item| item.seq).collect();
            let left_out: Vec<LeftOutEntry> = unread.iter().map(left_out).collect();
            journal.replace(self.id(), &seqs, &mut std::iter::empty(), &left_out, &[]).await?;
        }
        self.tell_counts().await
    }

    /// Those of these items that need attention; if none are given, all that do.
    async fn chosen(&self, seqs: &[u64]) -> Result<Vec<Item>, PortError> {
        let mut items = self.context.journal.attention_items(self.id()).await?;
        items.retain(|item| seqs.is_empty() || seqs.contains(&item.seq));
        Ok(items)
    }

    /// Separates items that were never read and are folders now from all others.
    async fn folders_among(&self, items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
        let places: Vec<Option<PathBuf>> =
            items.iter().map(|item| item.file.read.is_none().then(|| self.place_of(item))).collect();
        let looking = tokio::task::spawn_blocking(move || {
            places.iter().map(|place| place.as_deref().is_some_and(is_folder)).collect::<Vec<_>>()
        });
        let folders = looking.await.unwrap_or_else(|_| vec![false; items.len()]);
        let (folders, files): (Vec<_>, Vec<_>) = items.into_iter().zip(folders).partition(|(_, folder)| *folder);
        let items = |part: Vec<(Item, bool)>| part.into_iter().map(|(item, _)| item).collect();
        (items(folders), items(files))
    }

    /// Those of these folders that the user located in another place.
    fn moved(&self, folders: &[Item]) -> Vec<Moved> {
        let elsewhere = folders.iter().filter(|item| item.file.moved_to.is_some());
        elsewhere.map(|item| (item.file.folder.join(&item.file.name), self.place_of(item))).collect()
    }

    /// The content of these folders, in the order of filing.
    async fn read_anew(&self, folders: &[Item], rereading: Rereading) -> Result<Option<Preflight>, VaultError> {
        if folders.is_empty() {
            return Ok(None);
        }
        let root = |item: &Item| {
            let (source, above) = (item.file.source, item.file.folder.clone());
            Root { source, above, path: self.place_of(item) }
        };
        let Rereading { left_out, fingerprints, progress } = rereading;
        let found = scan_and_hash_roots(folders.iter().map(root).collect(), left_out, fingerprints, progress).await?;
        // The vault is asked again when a file's turn comes.
        Ok(Some(Preflight::plan(self.drop.new.matter.clone(), found, &StoredContent::default())))
    }
}

fn given_up() -> VaultError {
    PortError::invalid(Reason::DropCancelled).into()
}

fn left_out(item: &Item) -> LeftOutEntry {
    let reason = match &item.file.state {
        ItemState::NeedsAttention(problem) => format!("Skipped by a person, because it could not be read. {problem}"),
        _ => "Skipped by a person.".to_owned(),
    };
    LeftOutEntry { path: item.file.folder.join(&item.file.name), reason }
}
